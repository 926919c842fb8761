using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>Reads from the words around a doubtful name whether it is an ordinary word or belongs to somebody else.</summary>
static class Bearers
{
    const int Near = 2, MostTitles = 4;

    /// <summary>True when the word beside it shows the ordinary meaning: the red that is قاني, the prayer وقاني الله.</summary>
    public static bool IsOrdinaryWord(WordReader reader, in RawHit hit)
    {
        var words = reader.Words;
        var word = reader.LettersOf(hit.FirstWord);
        if (IsFather(words, reader, hit.LastWord + 1) || IsFamilysHouse(words, reader, hit.FirstWord) || IsVerb(words, reader, hit, word))
        {
            return true;
        }

        for (var i = hit.FirstWord; i > 0 && i > hit.FirstWord - Near && (words[i].Gap & WordGap.Stop) == 0; i--)
        {
            if (Lexicon.ShowsOrdinarySense(word, reader.LettersOf(i - 1), false))
            {
                return true;
            }
        }

        for (var i = hit.LastWord + 1; i < words.Length && i <= hit.LastWord + Near && (words[i].Gap & WordGap.Stop) == 0; i++)
        {
            if (Lexicon.ShowsOrdinarySense(word, reader.LettersOf(i), i == hit.LastWord + 1))
            {
                return true;
            }
        }

        return false;
    }

    // Who is named with his father bears the doubtful name as his first.
    static bool IsFather(ReadOnlySpan<Word> words, WordReader reader, int next) =>
        next < words.Length && (words[next].Gap & (WordGap.Stop | WordGap.Break)) == 0
        && reader.LettersOf(next) is "بن" or "ابن" or "bin" or "ben";

    // The house of a family, or what is called after it.
    static bool IsFamilysHouse(ReadOnlySpan<Word> words, WordReader reader, int name) =>
        name > 0 && (words[name].Gap & (WordGap.Stop | WordGap.Break)) == 0 && Lexicon.PrecedesFamily(reader.LettersOf(name - 1));

    // لقاني at the start of a clause, before who did it, is "he met me".
    static bool IsVerb(ReadOnlySpan<Word> words, WordReader reader, in RawHit hit, ReadOnlySpan<char> word)
    {
        if (word is not ['ل', .., 'ن', 'ي'] || hit.LastWord + 1 >= words.Length
            || (hit.FirstWord > 0 && (words[hit.FirstWord].Gap & (WordGap.Stop | WordGap.Break)) == 0))
        {
            return false;
        }

        var next = reader.LettersOf(hit.LastWord + 1);
        return next.StartsWith("ال") || Lexicon.IsNamePart(next, reader.Folded(hit.LastWord + 1).Hash);
    }

    /// <summary>
    /// True when a first name that is not the watch's own stands before it: Ashraf Ghani, أشرف غني, al-Ghani. The watch's own full name
    /// would have been found as a phrase.
    /// </summary>
    public static bool IsSomebodyElse(WordReader reader, string text, in RawHit hit)
    {
        if (IsFirstOfOther(reader, text, hit))
        {
            return true;
        }

        if (hit.FirstWord == 0)
        {
            return false;
        }

        ref readonly var word = ref reader.Words[hit.FirstWord];
        if ((word.Gap & (WordGap.Break | WordGap.Stop)) != 0)
        {
            return false;
        }

        ref readonly var before = ref reader.Words[hit.FirstWord - 1];
        var letters = reader.LettersOf(hit.FirstWord - 1);
        switch (Scripts.Of(letters[0]))
        {
            case Script.Latin or Script.Cyrillic or Script.Greek:
                return (char.IsUpper(text[before.Start]) && !Lexicon.IsTitle(letters))
                    || (word.Gap & (WordGap.Joint | WordGap.Apostrophe)) == WordGap.Joint;
            case Script.Arabic:
                if (Lexicon.FollowsName(letters))
                {
                    return hit.FirstWord > 1 && Lexicon.IsGivenName(reader.LettersOf(hit.FirstWord - 2));
                }

                return Lexicon.IsGivenName(letters) || (letters[0] == 'و' && Lexicon.IsGivenName(letters[1..]));
            default:
                return Lexicon.IsGivenName(letters);
        }
    }

    // A name right after it makes it somebody's first one: Ghani Khan, Ghani Baradar.
    static bool IsFirstOfOther(WordReader reader, string text, in RawHit hit)
    {
        if (hit.LastWord + 1 >= reader.Count)
        {
            return false;
        }

        ref readonly var next = ref reader.Folded(hit.LastWord + 1);
        var letters = reader.LettersOf(next);
        return next.Gap == WordGap.Space && letters[0] < 'א' && char.IsUpper(text[next.Start])
            && (Lexicon.IsFirstName(letters, next.Hash) || Lexicon.IsBorneLast(letters)) && !Lexicon.IsTitle(letters);
    }

    /// <summary>
    /// True when the article speaks of the country of others who bear the name, and no rank stands before it: Ghani of Afghanistan.
    /// </summary>
    public static bool IsOfOtherCountry(WordReader reader, in RawHit hit, WordReader where)
    {
        var name = reader.LettersOf(hit.LastWord);
        if (hit.FirstWord > 0 && Lexicon.IsRank(reader.LettersOf(hit.FirstWord - 1)))
        {
            return false;
        }

        for (var word = 0; word < where.Count; word++)
        {
            if (Lexicon.IsCountryOfOthers(name, where.LettersOf(word), where.Folded(word).Hash))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True when what the context names is led by the bearer of a name that a first name stands before: Quds Force commander Esmail Ghani, or
    /// Esmail Ghani, commander of the Quds Force.
    /// </summary>
    public static bool IsInOffice(WordReader reader, in RawHit name, in RawHit context)
    {
        var words = reader.Words;
        var isBefore = context.LastWord < name.FirstWord - 1;
        var (from, to) = isBefore ? (context.LastWord + 1, name.FirstWord - 1) : (name.LastWord + 1, context.FirstWord);
        if (to < from || to - from > MostTitles || (!isBefore && (words[from].Gap & WordGap.Stop) != 0))
        {
            return false;
        }

        var hasRank = isBefore && context.FirstWord > 0 && Lexicon.IsRank(reader.LettersOf(context.FirstWord - 1));
        for (var i = from; i < to; i++)
        {
            var letters = reader.LettersOf(i);
            var isRank = Lexicon.IsRank(letters);
            if (!isRank && (isBefore || !(Lexicon.IsTitle(letters) || Particles.MayStandBetween(letters, false))))
            {
                return false;
            }

            hasRank |= isRank;
        }

        return hasRank;
    }
}
