using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NewsMonitor.Database;
using NewsMonitor.Deliveries;
using NewsMonitor.Operations.Http;
using NewsMonitor.Watches;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.WatchEditing;

/// <summary>A watch as it is sent: the same keys as in watches.yaml, and <c>enabled</c>.</summary>
public sealed partial record WatchBody
{
    const int MostTerms = 2000;
    const int LongestTerm = 500;
    const int LongestQuery = 20_000;

    /// <summary>A slug, unique; it stays what it is.</summary>
    public string? Id { get; init; }
    public string? Name { get; init; }
    public Severity? Severity { get; init; }

    /// <summary>Words or phrases; any of them.</summary>
    public IReadOnlyList<string>? Terms { get; init; }

    /// <summary>What a weak spelling needs in the same article.</summary>
    public IReadOnlyList<string>? Context { get; init; }

    /// <summary>Phrases that cancel a hit they cover.</summary>
    public IReadOnlyList<string>? Not { get; init; }
    public string? Query { get; init; }
    public ExampleBody? Examples { get; init; }

    /// <summary>Ids of the recipients; the default ones when empty.</summary>
    public IReadOnlyList<string>? Recipients { get; init; }

    /// <summary>Whether terms are also found in scripts that they were not written in; true when left out.</summary>
    public bool? CrossScript { get; init; }
    public bool? Enabled { get; init; }

    internal static WatchBody Of(Watch watch)
    {
        var entry = WatchEntry.FromJson(watch.Definition);
        return Of(entry) with { Name = watch.Name, Severity = watch.Severity, Enabled = watch.Enabled };
    }

    internal static WatchBody Of(WatchEntry entry)
    {
        var d = entry.Definition;
        return new WatchBody
        {
            Id = d.Id,
            Name = d.Name,
            Severity = Names.Parse<Severity>(entry.Severity),
            Terms = d.Terms,
            Context = d.Context,
            Not = d.Not,
            Query = d.Query,
            Examples = new ExampleBody(d.Examples.Match, d.Examples.NoMatch),
            Recipients = entry.Recipients,
            CrossScript = d.CrossScript,
            Enabled = true,
        };
    }

    internal WatchEntry Entry() => new(
        new WatchDefinition
        {
            Id = Id!,
            Name = string.IsNullOrWhiteSpace(Name) ? Id! : Name.Trim(),
            Terms = Terms ?? [],
            Context = Context ?? [],
            Not = Not ?? [],
            Query = string.IsNullOrWhiteSpace(Query) ? null : Query,
            Examples = new WatchExamples(Examples?.Match ?? [], Examples?.NoMatch ?? []),
            CrossScript = CrossScript ?? true,
        },
        Names.Kebab(Severity ?? NewsMonitor.Watches.Severity.Medium),
        Recipients ?? []);

    /// <summary>The compiled watch, or null with everything that is wrong with it noted under its field.</summary>
    internal WatchSet? Compile(FieldErrors errors, string path = "")
    {
        if (Id is null || !Slug().IsMatch(Id))
        {
            errors.Add(path + "id", "is wanted: a slug of letters, digits, . _ and -, such as qaani.");
        }

        errors.Text(path + "name", Name, 200, required: false);
        errors.Text(path + "query", Query, LongestQuery, required: false);
        Check(errors, path + "terms", Terms);
        Check(errors, path + "context", Context);
        Check(errors, path + "not", Not);
        Check(errors, path + "recipients", Recipients);
        Check(errors, path + "examples.match", Examples?.Match);
        Check(errors, path + "examples.noMatch", Examples?.NoMatch);
        if (errors.Any)
        {
            return null;
        }

        try
        {
            return WatchSet.Compile([Entry().Definition]);
        }
        catch (WatchDefinitionException wrong)
        {
            foreach (var problem in wrong.Problems)
            {
                errors.Add(path + problem.Field, $"line {problem.Line}, column {problem.Column}: {problem.Message}");
            }

            return null;
        }
    }

    internal async Task CheckRecipientsAsync(FieldErrors errors, MonitorDbContext db, CancellationToken cancel)
    {
        var wanted = (Recipients ?? []).ToArray();
        var known = await db.Set<Recipient>().Where(r => wanted.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancel);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (!known.Contains(wanted[i]))
            {
                errors.Add($"recipients[{i}]", $"is '{wanted[i]}', and there is no such recipient.");
            }
        }
    }

    static void Check(FieldErrors errors, string field, IReadOnlyList<string>? texts)
    {
        if (texts?.Count > MostTerms)
        {
            errors.Add(field, $"has {texts.Count} entries; at most {MostTerms} are taken.");
            return;
        }

        for (var i = 0; i < texts?.Count; i++)
        {
            errors.Text($"{field}[{i}]", texts[i], LongestTerm * (field.Contains("examples", StringComparison.Ordinal) ? 20 : 1));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\z")]
    private static partial Regex Slug();
}

public sealed record ExampleBody(IReadOnlyList<string>? Match, IReadOnlyList<string>? NoMatch);
