using NewsMonitor.Operations.Http;
using TextEngine.WatchTerms;

namespace NewsMonitor.Review.Search;

/// <summary>Reads a <c>q</c> parameter, or notes why it cannot be read, with line and column.</summary>
static class SearchErrors
{
    /// <summary>A word of eight letters makes some six hundred.</summary>
    const int MostEdits = 10_000;

    public static SearchText? ReadSearch(this FieldErrors errors, string field, string? query)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return null;
        }

        if (query.Length > SearchText.Longest)
        {
            errors.Add(field, $"has {query.Length} characters; at most {SearchText.Longest} are read.");
            return null;
        }

        try
        {
            var search = SearchText.Read(query);
            if (WordQuery.Edits(search.Tree).Count is > MostEdits and var words)
            {
                errors.Add(field, $"stands for {words} words with one edit each; at most {MostEdits} are looked for. Use fewer words with ~.");
                return null;
            }

            return search;
        }
        catch (WatchDefinitionException wrong)
        {
            foreach (var problem in wrong.Problems)
            {
                errors.Add(field, $"line {problem.Line}, column {problem.Column}: {problem.Message}");
            }

            return null;
        }
    }
}
