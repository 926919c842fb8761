using System.Text;
using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>Says in a few words why a stretch counts as a mention of its term.</summary>
static class Reasons
{
    static readonly (WordTraits Trait, string Words)[] Words =
    [
        (WordTraits.ArticleAdded, "article ال"),
        (WordTraits.ArticleMissing, "without the article ال"),
        (WordTraits.Typo, "one letter wrong"),
        (WordTraits.Sound, "same name by sound"),
        (WordTraits.LooseSound, "by sound"),
        (WordTraits.Translated, "translated word"),
        (WordTraits.Ending, "with an ending"),
        (WordTraits.Joined, "joined parts"),
        (WordTraits.LongerName, "other names in between"),
        (WordTraits.Prefix, "begins so"),
        (WordTraits.OneEdit, "one letter different"),
        (WordTraits.MarksLost, "long alef not written"),
    ];

    /// <summary>The reason; <paramref name="hasContext"/> is whether the watch has context beside which a weak hit counts.</summary>
    public static string Of(Atom atom, WordTraits traits, PathTraits path, string surface, bool hasContext)
    {
        if (traits == WordTraits.None && path == PathTraits.None && surface == atom.Text)
        {
            return "as written";
        }

        var why = new StringBuilder();
        if ((traits & WordTraits.Proclitic) != 0)
        {
            Append(why, "proclitic " + Proclitic(atom, surface));
        }

        foreach (var (trait, words) in Words)
        {
            if ((traits & trait) != 0)
            {
                Append(why, words);
            }
        }

        if ((traits & WordTraits.Weak) != 0)
        {
            Append(why, hasContext ? "counts beside the watch's context or a sure mention" : "counts beside a sure mention");
        }

        if ((path & PathTraits.OtherName) != 0)
        {
            Append(why, "the name in another language");
        }

        if ((path & PathTraits.Reversed) != 0)
        {
            Append(why, "words in the other order");
        }

        if ((traits & (WordTraits.Sound | WordTraits.LooseSound | WordTraits.Translated | WordTraits.Typo)) == 0 && !atom.IsPattern && (path & PathTraits.OtherName) == 0)
        {
            Letters(atom, path, surface, why);
        }

        return why.Length == 0 ? "as written, by its letters" : why.ToString();
    }

    // What stands before the term's first word: as many letters as the folded surface is longer.
    static string Proclitic(Atom atom, string surface)
    {
        var reader = new WordReader();
        reader.Read(surface);
        var written = reader.LettersOf(reader.Words[0]);
        var at = written.IndexOf(atom.Words[0].Folded);
        return at > 0 ? written[..at].ToString() : written[..1].ToString();
    }

    // Which family of letters makes the difference.
    static void Letters(Atom atom, PathTraits path, string surface, StringBuilder why)
    {
        var term = atom.Text;
        if ((path & PathTraits.Fused) != 0)
        {
            Append(why, "written as one word or as two");
        }

        if (Marks.HasLongAlef(surface) && HasDoubledAlef(surface) != HasDoubledAlef(term))
        {
            Append(why, HasDoubledAlef(surface) ? "doubled alef" : "single alef with hamza or madda");
        }
        else if (Differ(term, surface, "أإآٱ"))
        {
            Append(why, "alef form");
        }

        if (Differ(term, surface, "يىیئې"))
        {
            Append(why, "yeh form");
        }

        if (Differ(term, surface, "كک"))
        {
            Append(why, "kaf form");
        }

        if (Differ(term, surface, "ةهە"))
        {
            Append(why, "teh marbuta or heh");
        }

        if (surface.Any(c => c is 'ـ' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark))
        {
            Append(why, "vowel signs or tatweel");
        }

        if (Marks.HasDrawnOut(surface))
        {
            Append(why, "letters drawn out");
        }

        if (why.Length == 0 && surface.Any(char.IsUpper) && string.Equals(surface, term, StringComparison.OrdinalIgnoreCase))
        {
            Append(why, "upper or lower case");
        }
    }

    static bool HasDoubledAlef(string text) =>
        text.Contains("اآ", StringComparison.Ordinal) || text.Contains("اا", StringComparison.Ordinal) || text.Contains("اءا", StringComparison.Ordinal)
        || text.Contains("ائا", StringComparison.Ordinal);

    static bool Differ(string term, string surface, string family)
    {
        foreach (var letter in family)
        {
            if (term.Count(c => c == letter) != surface.Count(c => c == letter))
            {
                return true;
            }
        }

        return false;
    }

    static void Append(StringBuilder why, string words) => why.Append(why.Length > 0 ? "; " : "").Append(words);
}
