using System.Text.RegularExpressions;
using NewsMonitor.Alerts;
using NewsMonitor.Watches;

namespace NewsMonitor.Pages;

/// <summary>Why a stretch of text is a hit, in the reader's language. The engine says it in English, in parts that "; "
/// separates.</summary>
static partial class Reasons
{
    /// <summary>One line for a highlight.</summary>
    public static string In(Reader reader, Hit hit) => reader.Format("{0}: {1}", hit.Term, In(reader, hit.Why));

    public static string In(Reader reader, string why) =>
        string.Join(reader.IsArabic ? "؛ " : "; ", why.Split("; ").Select(part => Part(reader, part)));

    /// <summary>What to mark in a title.</summary>
    public static IEnumerable<(int Start, int Length, string Why)> Title(Reader reader, IEnumerable<Hit> hits) =>
        hits.Where(h => h.Field == "title").Select(h => (h.Start, h.Length, In(reader, h)));

    /// <summary>What to mark in an excerpt: a highlight is explained by the hit of the same spelling.</summary>
    public static IEnumerable<(int Start, int Length, string Why)> Excerpt(
        Reader reader, Excerpt excerpt, IReadOnlyList<Hit> hits, string otherwise) =>
        excerpt.Highlights.Select(m => (m.Start, m.Length,
            hits.FirstOrDefault(h => h.Surface == excerpt.Text.Substring(m.Start, m.Length)) is { } hit ? In(reader, hit) : otherwise));

    static string Part(Reader reader, string part) =>
        Proclitic().Match(part) is { Success: true } proclitic ? reader.Format("proclitic {0}", proclitic.Groups[1].Value)
        : Sound().Match(part) is { Success: true } sound
            ? reader.Format("{0} script, {1} by sound: {2}", reader["script:" + sound.Groups[1].Value], sound.Groups[2].Value,
                reader[sound.Groups[3].Value])
        : Translation().Match(part) is { Success: true } words
            ? reader.Format("translations of {0} inside the phrase, in either order", words.Groups[1].Value)
        : reader[part];

    [GeneratedRegex("^proclitic (.+)$")]
    private static partial Regex Proclitic();

    [GeneratedRegex(@"^(\w+) script, (.+) by sound: (.+)$")]
    private static partial Regex Sound();

    [GeneratedRegex("^translations of (.+) inside the phrase, in either order$")]
    private static partial Regex Translation();
}
