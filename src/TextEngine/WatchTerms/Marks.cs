using System.Buffers;

namespace TextEngine.WatchTerms;

/// <summary>Reads from a word as written what folding drops: the long or hamza-bearing alef inside it.</summary>
static class Marks
{
    /// <summary>
    /// True when an alef inside the word carries a hamza or madda or is doubled: قاآني, قآني, قأني, but not قاني nor the first alef of أحمد.
    /// </summary>
    public static bool HasLongAlef(ReadOnlySpan<char> raw)
    {
        var inside = false;

        // Two of them are a long one; more are a drawl (لقااااني).
        var alefs = 0;
        foreach (var c in raw)
        {
            if (c is 'آ' or 'أ' or 'إ' or 'ٲ' or 'ٵ' or '\u0653' or '\u0654' or '\u0655' or 'ﺂ' or 'ﺁ' or 'ﺄ' or 'ﺃ')
            {
                if (inside)
                {
                    return true;
                }
            }

            if (c is 'ا' or 'آ' or 'أ' or 'إ')
            {
                alefs++;
            }
            else if (c is not ('ئ' or 'ء') && char.IsLetter(c))
            {
                if (alefs == 2)
                {
                    return true;
                }

                alefs = 0;
                inside |= c is not ('و' or 'ف' or 'ب' or 'ل' or 'ك' or 'س');
            }
        }

        return alefs == 2;
    }

    static readonly SearchValues<char> PersianLetters = SearchValues.Create("یکگچپژہےەۆێڵڕ");

    /// <summary>True for a text with a letter that Arabic is not written with, but Persian, Kurdish or Urdu.</summary>
    public static bool HasPersianLetter(ReadOnlySpan<char> text) => text.IndexOfAny(PersianLetters) >= 0;

    static readonly SearchValues<char> KurdishLetters = SearchValues.Create("ەۆێڵڕ");

    /// <summary>True for a text with a letter of Kurdish alone.</summary>
    public static bool HasKurdishLetter(ReadOnlySpan<char> text) => text.IndexOfAny(KurdishLetters) >= 0;

    /// <summary>True for a word with one letter more often in a row than any word has it: twice, ل thrice (لللجنة).</summary>
    public static bool HasDrawnOut(ReadOnlySpan<char> letters)
    {
        // Three in a row have an even place and the one before it among them, so every other pair is enough for nearly all words.
        for (var i = 2; i < letters.Length; i += 2)
        {
            if (letters[i] == letters[i - 1] && IsDrawnOut(letters[i], RunAt(letters, i)))
            {
                return true;
            }
        }

        return false;
    }

    static int RunAt(ReadOnlySpan<char> letters, int at)
    {
        var (first, last) = (at, at);
        while (first > 0 && letters[first - 1] == letters[at])
        {
            first--;
        }

        while (last + 1 < letters.Length && letters[last + 1] == letters[at])
        {
            last++;
        }

        return last - first + 1;
    }

    static bool IsDrawnOut(char letter, int run) => run > (letter == 'ل' ? 3 : 2);

    /// <summary>Writes a word with each drawn-out letter a number of times; returns its length.</summary>
    public static int Shorten(ReadOnlySpan<char> letters, int times, Span<char> shortened)
    {
        var length = 0;
        while (!letters.IsEmpty)
        {
            var run = letters.IndexOfAnyExcept(letters[0]) is var end and > 0 ? end : letters.Length;
            var count = IsDrawnOut(letters[0], run) ? times : run;
            shortened.Slice(length, count).Fill(letters[0]);
            length += count;
            letters = letters[run..];
        }

        return length;
    }

    /// <summary>A word as written without its first letters; marks and joining signs are no letters.</summary>
    public static ReadOnlySpan<char> SkipLetters(ReadOnlySpan<char> raw, int letters)
    {
        var at = 0;
        while (at < raw.Length && (letters > 0 || !char.IsLetter(raw[at]) || raw[at] == 'ـ'))
        {
            letters -= char.IsLetter(raw[at]) && raw[at] != 'ـ' ? 1 : 0;
            at++;
        }

        return raw[at..];
    }
}
