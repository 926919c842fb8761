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
            var definitions = terms.Select((term, i) => new WatchDefinition { Id = $"t{i}", Terms = [term], CrossScript = false })
                .Concat(queries.Select((query, i) => new WatchDefinition { Id = $"q{i}", Query = query.ToString(), CrossScript = false })).ToList();
            var set = WatchSet.Compile(definitions);
            for (var article = 0; article < 12; article++)
            {
                var title = world.Text(random.Next(6));
                var text = world.Text(random.Next(40));
                var hits = set.Match(new ArticleText(title.Written, text.Written));
                var oracle = new Oracle(title, text);
                var place = $"seed {seed}, round {round}, article {article}: «{title.Written}» «{text.Written}»";
                Assert.All(hits, hit => Assert.Equal((hit.Field == HitField.Title ? title : text).Written.Substring(hit.Start, hit.Length), hit.Surface));
                for (var i = 0; i < terms.Count; i++)
                {
                    var found = hits.Where(hit => hit.Watch == $"t{i}").Select(hit => (hit.Field, hit.Start, hit.Length)).ToHashSet();
                    var expected = oracle.Find(terms[i]).Select(oracle.PlaceOf).ToHashSet();
                    Assert.True(found.SetEquals(expected), $"{place}, term {terms[i]}: found {string.Join(' ', found)}, expected {string.Join(' ', expected)}");
                }

                for (var i = 0; i < queries.Count; i++)
                {
                    Assert.True(hits.Any(hit => hit.Watch == $"q{i}") == oracle.Holds(queries[i]), $"{place}, query {queries[i]}");
                }
            }
        }
    }
}
