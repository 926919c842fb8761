using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>Reads a term as its author wrote it into the words that are searched for.</summary>
sealed class TermReader
{
    readonly WordReader reader = new();

    /// <summary>The words of a term; empty when it has no letter.</summary>
    public TermWord[] Read(string term)
    {
        reader.Read(term);
        var words = new List<TermWord>();
        var index = 0;
        while (index < reader.Count)
        {
            var last = LastOfJoined(index);
            var comma = (reader.Words[index].Gap & WordGap.Break) != 0;
            Add(words, term, index, last, comma);
            index = last + 1;
        }

        return [.. words];
    }

    // Parts with an apostrophe between them are one word (Qa'ani), unless the first is an elided article (l'Iran) or the last a
    // possessive (Iran's); single letters with dots between them are an acronym.
    int LastOfJoined(int index)
    {
        var words = reader.Words;
        var last = index;
        while (last + 1 < words.Length && (words[last + 1].Gap & (WordGap.Apostrophe | WordGap.Dot)) != 0)
        {
            var dotted = (words[last + 1].Gap & WordGap.Dot) != 0;
            if (dotted ? words[last].FoldedLength > 1 || words[last + 1].FoldedLength > 1
                : Particles.IsElided(reader.LettersOf(words[last])) && last == index && words[last].Length <= 2)
            {
                break;
            }

            last++;
        }

        return last;
    }

    void Add(List<TermWord> words, string term, int first, int last, bool comma)
    {
        var folded = "";
        for (var i = first; i <= last; i++)
        {
            folded += reader.LettersOf(reader.Words[i]).ToString();
        }

        if (first == last && reader.Words[first].Gap != WordGap.None && folded == "s" && (reader.Words[first].Gap & WordGap.Apostrophe) != 0)
        {
            return;
        }

        var start = reader.Words[first].Start;
        var raw = term[start..reader.Words[last].End];
        var script = Scripts.Of(folded[0]);
        if (script == Script.Latin && last + 1 < reader.Count
            && Particles.IsLatinArticle(folded, (reader.Words[last + 1].Gap & WordGap.Joint) != 0)
            && (words.Count > 0 || (reader.Words[last + 1].Gap & (WordGap.Joint | WordGap.Space)) != 0)
            && !IsHouse(folded, last + 1))
        {
            return;
        }

        var article = script == Script.Arabic && Particles.HasArticle(term.AsSpan(start), folded);
        if (script == Script.Arabic && Marks.HasKurdishLetter(raw))
        {
            script = Script.Kurdish;
        }

        var joined = words.Count > 0 && (reader.Words[first].Gap & WordGap.Joint) != 0
            && !Particles.IsLatinArticle(reader.LettersOf(reader.Words[first - 1]), true);
        words.Add(article
            ? new TermWord(WithoutArticle(raw), folded[2..], true, script, comma, joined)
            : new TermWord(raw, folded, false, script, comma, joined));
    }

    // Al Thani is the house of Thani; in longer names the house is not told from the article, as there it need not be.
    bool IsHouse(string folded, int next) => folded is "al" && next == 1 && reader.Count == 2
        && Places.IsHouse(reader.LettersOf(reader.Words[next]));

    static string WithoutArticle(string raw)
    {
        var at = raw.IndexOf('ل', StringComparison.Ordinal);
        return at < 0 ? raw : raw[(at + 1)..];
    }
}
