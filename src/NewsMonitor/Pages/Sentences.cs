using System.Globalization;
using System.Text.RegularExpressions;
using NewsMonitor.Deliveries;

namespace NewsMonitor.Pages;

/// <summary>
/// What the service says in whole sentences, wherever it says it (refusals of the API, problems of a query or a file, reasons of the
/// outbox), for readers of Arabic. The sentence is its own key, as everywhere on the page; {0} stands for what differs.
/// </summary>
static partial class Sentences
{
    // The one that says the most comes first: "is '{0}', which is no whole number." before "is '{0}'; it may be {1}."
    static readonly (Regex English, string Arabic)[] Patterns =
    [
        .. ArabicSentences.All.Where(pair => pair.Key.Contains("{0}", StringComparison.Ordinal)).OrderByDescending(pair => pair.Key.Length)
            .Select(pair => (Pattern(pair.Key), pair.Value)),
    ];

    /// <summary>
    /// As the reader reads, line by line; what nobody has put into Arabic, such as another server's words, stays as it is.
    /// </summary>
    public static string In(Reader reader, string said) =>
        reader.IsArabic ? string.Join('\n', said.Split('\n').Select(line => Line(reader, line))) : said;

    /// <summary>Puts a refusal into the reader's language where the page's script asked.</summary>
    public static void Put(ProblemDetailsContext context)
    {
        if (!context.HttpContext.Request.Headers.ContainsKey(Session.PageHeader)
            || context.HttpContext.RequestServices.GetService<Reader>() is not { } reader)
        {
            return;
        }

        context.ProblemDetails.Detail = context.ProblemDetails.Detail is { } detail ? In(reader, detail) : null;
        if (context.ProblemDetails is HttpValidationProblemDetails { Errors: { } errors })
        {
            foreach (var (field, said) in errors)
            {
                errors[field] = [.. said.Select(text => In(reader, text))];
            }
        }
    }

    static Regex Pattern(string english) => new("^" + Hole().Replace(Regex.Escape(english), "(.+?)") + "$", RegexOptions.Singleline);

    static string Line(Reader reader, string said)
    {
        if (ArabicSentences.All.TryGetValue(said, out var whole))
        {
            return whole;
        }

        foreach (var (english, arabic) in Patterns)
        {
            if (english.Match(said) is { Success: true } match)
            {
                var values = match.Groups.Values.Skip(1).Select(part => new Value(reader, part.Value));
                return string.Format(CultureInfo.InvariantCulture, arabic, [.. values]);
            }
        }

        return said;
    }

    /// <summary>What stands in a sentence: a number, in the reader's digits; a sentence within the sentence; a name, which must not turn
    /// the line around; or, where the Arabic says <c>{0:reason}</c>, a reason of the engine.</summary>
    sealed record Value(Reader Reader, string Part) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? provider) =>
            format == "reason" ? Reasons.In(Reader, Part)
            : long.TryParse(Part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Reader.Number(number, "0")
            : Line(Reader, Part) is var said && said != Part ? said
            : Bidi.Isolate(Part);
    }

    /// <summary>Where a placeholder stands in an escaped pattern.</summary>
    [GeneratedRegex(@"\\\{\d}")]
    private static partial Regex Hole();
}
