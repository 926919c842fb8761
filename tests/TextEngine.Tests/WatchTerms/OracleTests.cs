using TextEngine.WatchTerms;

namespace TextEngine.Tests.WatchTerms;

/// <summary>The engine against a slow reading of the same rules, on random watches and texts. A failure prints its seed.</summary>
public class OracleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TheEngineFiresWhatTheOracleFires(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
        {
            var world = new RandomWorld(random);
            var terms = world.Terms(12);
            var queries = world.Queries(12);
            var (not, context) = (world.Term(), world.Term());
            var definitions = terms.Select((term, i) => new WatchDefinition { Id = $"t{i}", Terms = [term], CrossScript = false })
                .Concat(terms.Select((term, i) => new WatchDefinition { Id = $"n{i}", Terms = [term], Not = [not], CrossScript = false }))
                .Append(new WatchDefinition { Id = "weak", Terms = [RandomWorld.Everyday], Context = [context], CrossScript = false })
                .Concat(queries.Select((query, i) => new WatchDefinition { Id = $"q{i}", Query = query.ToString(), CrossScript = false })).ToList();
            var set = WatchSet.Compile(definitions);
            for (var article = 0; article < 12; article++)
            {
                var title = world.Text(random.Next(6));
                var text = world.Text(random.Next(40));
                var source = RandomWorld.Sources[random.Next(RandomWorld.Sources.Length)] + (random.Next(2) == 0 ? " online" : "");
                var language = RandomWorld.Languages[random.Next(RandomWorld.Languages.Length)] + (random.Next(2) == 0 ? "-IQ" : "");
                var hits = set.Match(new ArticleText(title.Written, text.Written, source, language));
                var oracle = new Oracle(title, text, source, language);
                var place = $"seed {seed}, round {round}, article {article}: «{title.Written}» «{text.Written}»";
                Assert.All(hits, hit => Assert.Equal((hit.Field == HitField.Title ? title : text).Written.Substring(hit.Start, hit.Length), hit.Surface));

                void Same(string id, string what, IEnumerable<Oracle.Hit> places)
                {
                    var found = hits.Where(hit => hit.Watch == id).Select(hit => (hit.Field, hit.Start, hit.Length)).ToHashSet();
                    var expected = places.Select(oracle.PlaceOf).ToHashSet();
                    Assert.True(found.SetEquals(expected), $"{place}, {what}: found {string.Join(' ', found)}, expected {string.Join(' ', expected)}");
                }

                for (var i = 0; i < terms.Count; i++)
                {
                    Same($"t{i}", $"term {terms[i]}", oracle.Find(terms[i]));
                    Same($"n{i}", $"term {terms[i]} not {not}", oracle.Find(terms[i], not));
                }

                var everyday = oracle.Find(RandomWorld.Everyday);
                Same("weak", $"weak {RandomWorld.Everyday} context {context}", oracle.Find(context).Count > 0 ? everyday : []);
                for (var i = 0; i < queries.Count; i++)
                {
                    Assert.True(hits.Any(hit => hit.Watch == $"q{i}") == oracle.Holds(queries[i]), $"{place}, query {queries[i]}");
                }
            }
        }
    }
}
