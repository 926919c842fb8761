using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NewsMonitor.Database;

namespace NewsMonitor.Review.Views;

/// <summary>A filter of the alert list that the team keeps under a name.</summary>
public sealed class SavedView
{
    public long Id { get; set; }
    public required string Name { get; set; }
    public required ViewFilter Filter { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public uint Version { get; set; }
}

/// <summary>The fields of the alert list's query, as they are kept.</summary>
public sealed record ViewFilter
{
    public IReadOnlyList<string>? Status { get; init; }
    public IReadOnlyList<string>? Watch { get; init; }
    public IReadOnlyList<string>? Severity { get; init; }
    public IReadOnlyList<string>? Source { get; init; }
    public IReadOnlyList<string>? Language { get; init; }
    public string? Assignee { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Q { get; init; }

    internal Triage.AlertQuery Query() =>
        new(Status?.ToArray(), Watch?.ToArray(), Severity?.ToArray(), Source?.ToArray(), Language?.ToArray(), Assignee, From, To, Q);
}

sealed class SavedViewTable : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("saved_views");
        view.Property(v => v.Filter).IsJson();
        view.Property(v => v.Version).IsRowVersion();
    }
}
