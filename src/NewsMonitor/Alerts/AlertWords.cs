using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace NewsMonitor.Alerts;

/// <summary>What an alert is found by: the words of the article that raised it, copied by the database when the alert commits.</summary>
public sealed class AlertWords
{
    public long AlertId { get; set; }
    public required NpgsqlTsVector Words { get; set; }
}

sealed class AlertWordsTable : IEntityTypeConfiguration<AlertWords>
{
    public void Configure(EntityTypeBuilder<AlertWords> words)
    {
        words.ToTable("alert_words");
        words.HasKey(w => w.AlertId);
        words.Property(w => w.AlertId).ValueGeneratedNever();
    }
}
