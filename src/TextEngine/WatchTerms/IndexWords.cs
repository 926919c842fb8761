using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// What a text is to be found by in a full-text index: every word folded, without each stack of letters that Arabic may have written as
/// one with it, and, where a hyphen or apostrophe joins parts, the parts as one word too. One instance serves one thread.
/// </summary>
public sealed class IndexWords
{
    const int LongestJoined = 48;
    const int LongestWord = 100;
    readonly WordReader reader = new();

    /// <summary>Calls <paramref name="add"/> with each word and its position, counted from <paramref name="first"/>; returns the next one.</summary>
    public int Read(string text, int first, Action<string, int> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        reader.Read(text);
        for (var i = 0; i < reader.Count; i++)
        {
            Add(reader.LettersOf(reader.Words[i]), first + i, add);
            AddJoined(i, first + i, add);
        }

        return first + reader.Count;
    }

    static void Add(ReadOnlySpan<char> letters, int position, Action<string, int> add)
    {
        if (letters.Length > LongestWord)
        {
            letters = letters[..LongestWord];
        }

        add(letters.ToString(), position);
        if (letters.Length < 3 || !Proclitics.MayStart(letters[0]))
        {
            return;
        }

        Span<int> cuts = stackalloc int[Proclitics.Most];
        var count = Proclitics.Cuts(letters, cuts);
        foreach (var cut in cuts[..count])
        {
            add(letters[Math.Abs(cut)..].ToString(), position);
        }

        // لله is ل before الله, whose article is a part of the name.
        if (letters is "لله" or "ولله" or "فلله")
        {
            add("الله", position);
        }
    }

    void AddJoined(int first, int position, Action<string, int> add)
    {
        var words = reader.Words;
        for (var last = first + 1; last < words.Length && last - first < 8 && (words[last].Gap & (WordGap.Joint | WordGap.Dot)) != 0; last++)
        {
            var letters = reader.Letters[words[first].FoldedStart..(words[last].FoldedStart + words[last].FoldedLength)];
            if (letters.Length > LongestJoined)
            {
                return;
            }

            Add(letters, position, add);
        }
    }
}
