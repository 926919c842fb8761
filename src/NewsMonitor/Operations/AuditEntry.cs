using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Database;

namespace NewsMonitor.Operations;

/// <summary>A change that somebody made, with what was there before and after, in JSON.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Actor { get; set; }

    /// <summary>"watch.update", "recipient.delete" and so on.</summary>
    public required string Action { get; set; }
    public required string Subject { get; set; }
    public string? Before { get; set; }
    public string? After { get; set; }
}

/// <summary>Writes the audit within the caller's own transaction: a change without its entry cannot be committed.</summary>
public static class Audit
{
    /// <summary>Adds an entry to <paramref name="db"/>; the caller saves. Pass views without secrets: they are kept as they are.</summary>
    public static void Audited(
        this MonitorDbContext db, DateTimeOffset at, string actor, string action, string subject, object? before = null, object? after = null) =>
        db.Set<AuditEntry>().Add(new AuditEntry
        {
            At = at,
            Actor = actor,
            Action = action,
            Subject = subject,
            Before = Json(before),
            After = Json(after),
        });

    static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, JsonColumn.Options);
}

sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit");
        entry.Property(e => e.Before).HasColumnType("jsonb");
        entry.Property(e => e.After).HasColumnType("jsonb");
    }
}
