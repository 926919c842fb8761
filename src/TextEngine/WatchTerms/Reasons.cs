using System.Text;

namespace TextEngine.WatchTerms;

/// <summary>Says in a few words why a stretch counts as a mention of its term.</summary>
static class Reasons
{
    const string AsWritten = "as written";

    public static string Of(in RawHit hit, TermIndex index, string surface)
    {
        var atom = index.Atoms[hit.Atom];
        if (hit.Traits == WordTraits.None && hit.Path == PathTraits.None && surface == atom.Text)
        {
            return AsWritten;
        }

        var why = new StringBuilder();
        foreach (var (trait, words) in Words)
        {
            if ((hit.Traits & trait) != 0)
            {
                Append(why, words);
            }
        }

        return why.Length == 0 ? "other spelling" : why.ToString();
    }

    static readonly (WordTraits Trait, string Words)[] Words =
    [
        (WordTraits.Proclitic, "proclitic"),
        (WordTraits.ArticleAdded, "with the article"),
        (WordTraits.ArticleMissing, "without the article"),
        (WordTraits.Typo, "misspelt by one letter"),
        (WordTraits.Sound, "same name by sound"),
        (WordTraits.LooseSound, "may be the same name by sound"),
        (WordTraits.Translated, "translated"),
        (WordTraits.Ending, "with an ending"),
        (WordTraits.Joined, "joined parts"),
        (WordTraits.Prefix, "starts so"),
        (WordTraits.OneEdit, "one letter different"),
        (WordTraits.MarksLost, "long alef not written; context stands in the article"),
    ];

    static void Append(StringBuilder why, string words) => why.Append(why.Length > 0 ? "; " : "").Append(words);
}
