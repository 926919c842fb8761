using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>The watches of seeds/watches.yaml, read as far as this library asks: ids and the lists of texts.</summary>
static class SeedWatches
{
    public static IReadOnlyList<WatchDefinition> Read()
    {
        var watches = new List<(string Id, Dictionary<string, List<string>> Lists)>();
        var key = "";
        foreach (var line in Repository.Read("seeds", "watches.yaml").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("- id:", StringComparison.Ordinal))
            {
                watches.Add((line["- id:".Length..].Trim(), []));
            }
            else if (line.StartsWith("- \"", StringComparison.Ordinal))
            {
                watches[^1].Lists[key].Add(line[3..^1]);
            }
            else if (line[^1] == ':' && watches.Count > 0)
            {
                watches[^1].Lists.TryAdd(key = line[..^1], []);
            }
        }

        return [.. watches.Select(watch => new WatchDefinition
        {
            Id = watch.Id, Terms = watch.Lists["terms"], Context = watch.Lists.GetValueOrDefault("context", []),
            Not = watch.Lists.GetValueOrDefault("not", []), Examples = new(watch.Lists["match"], watch.Lists["noMatch"]),
        })];
    }
}
