using System.Globalization;
using System.Text;

namespace TextEngine.NearDuplicates;

/// <summary>
/// Reads a text into hashes of its words in one pass: spelling variants of one word give one hash (case, diacritics, tatweel, forms of alef,
/// yeh, kaf and hamza, Arabic-Indic digits, a doubled alef, zero-width joiners). Reused from article to article.
/// </summary>
sealed class WordReader
{
    /// <summary>Longer articles are read up to here; a copy of so long a text is known by less.</summary>
    public const int MaxWords = 4096;

    const ushort Separator = 0, Ignored = 1, NewLine = 2;
    static readonly ushort[] Fold = BuildFold();

    public readonly ulong[] Hash = new ulong[MaxWords];
    public readonly ulong[] Term = new ulong[MaxWords];
    public readonly WordKind[] Kind = new WordKind[MaxWords];
    public readonly byte[] Length = new byte[MaxWords];

    /// <summary>True at the first word of a line.</summary>
    public readonly bool[] LineStart = new bool[MaxWords];

    /// <summary>True where a dash, bar, slash or colon stands between the word and the next one.</summary>
    public readonly bool[] DashAfter = new bool[MaxWords];

    readonly char[] _word = new char[64];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Drops the words from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    public void Remove(int start, int end)
    {
        var tail = Count - end;
        Array.Copy(Hash, end, Hash, start, tail);
        Array.Copy(Term, end, Term, start, tail);
        Array.Copy(Kind, end, Kind, start, tail);
        Array.Copy(Length, end, Length, start, tail);
        Array.Copy(LineStart, end, LineStart, start, tail);
        Array.Copy(DashAfter, end, DashAfter, start, tail);
        Count -= end - start;
    }

    public void Read(ReadOnlySpan<char> text)
    {
        var fold = Fold;
        var word = _word;
        var lineStart = true;
        for (var i = 0; i < text.Length && Count < MaxWords;)
        {
            var c = fold[text[i]];
            if (c <= NewLine)
            {
                if (c == NewLine)
                {
                    lineStart = true;
                }
                else if (Count > 0 && text[i] is '-' or '–' or '—' or '|' or '/' or ':' or ')')
                {
                    DashAfter[Count - 1] = true;
                }

                i++;
                continue;
            }

            var hash = WordHash.Start;
            var length = 0;
            var digits = 0;
            var capital = char.IsAsciiLetterUpper(text[i]);
            ushort previous = 0;
            for (; i < text.Length; i++)
            {
                c = fold[text[i]];
                if (c <= NewLine)
                {
                    var joins = c == Ignored
                        || (digits > 0 && i + 1 < text.Length && text[i] is '.' or ',' or ':' or '٫' or '٬' or '٪' && IsDigit(fold[text[i + 1]]));
                    if (joins)
                    {
                        continue;
                    }

                    break;
                }

                if (c == 'ا' && previous == 'ا')
                {
                    continue;
                }

                previous = c;
                hash = WordHash.Add(hash, c);
                if (length < word.Length)
                {
                    word[length] = (char)c;
                }

                length++;
                digits += IsDigit(c) ? 1 : 0;
            }

            if (length > 0)
            {
                Keep(hash, length, digits, capital, lineStart);
                lineStart = false;
            }
        }
    }

    /// <summary>The hash that a single word gets, without asking what kind of word it is.</summary>
    public static ulong HashOf(string word)
    {
        Span<char> folded = stackalloc char[64];
        var length = FoldInto(word, folded, 0);
        return WordHash.Of(folded[..length]);
    }

    /// <summary>The folded letters of <paramref name="text"/>, words parted by one space, for character shingles.</summary>
    public static int FoldInto(ReadOnlySpan<char> text, Span<char> folded, int length)
    {
        foreach (var letter in text)
        {
            var c = Fold[letter];
            if (c == Ignored || length >= folded.Length)
            {
                continue;
            }

            var separator = c is Separator or NewLine;
            var last = length == 0 ? ' ' : folded[length - 1];
            if (!(separator && last == ' ') && !(c == 'ا' && last == 'ا'))
            {
                folded[length++] = separator ? ' ' : (char)c;
            }
        }

        return length;
    }

    void Keep(ulong hash, int length, int digits, bool capital, bool lineStart)
    {
        var kind = digits > 0 ? WordKind.Figure : Lexicon.KindOf(hash);
        var term = hash;
        if (kind == WordKind.Plain)
        {
            var stem = ArabicPrefix(_word.AsSpan(0, Math.Min(length, _word.Length)));
            if (stem > 0)
            {
                term = WordHash.Of(_word.AsSpan(stem, Math.Min(length, _word.Length) - stem));
                kind = Lexicon.KindOf(term) == WordKind.Date ? WordKind.Date : kind;
            }

            kind = kind == WordKind.Plain && capital ? WordKind.Capital : kind;
        }

        Hash[Count] = hash;
        Term[Count] = term;
        Kind[Count] = kind;
        Length[Count] = (byte)Math.Min(length, byte.MaxValue);
        LineStart[Count] = lineStart;
        DashAfter[Count] = false;
        Count++;
    }

    /// <summary>How many letters of conjunction, preposition and article a word starts with, where at least three letters remain.</summary>
    static int ArabicPrefix(ReadOnlySpan<char> word)
    {
        var at = 0;
        if (word.Length >= 5 && word[0] is 'و' or 'ف')
        {
            at = 1;
        }

        if (word.Length - at >= 5 && word[at] == 'ا' && word[at + 1] == 'ل')
        {
            return at + 2;
        }

        if (word.Length - at >= 6 && word[at] is 'ب' or 'ك' && word[at + 1] == 'ا' && word[at + 2] == 'ل')
        {
            return at + 3;
        }

        return word.Length - at >= 5 && word[at] == 'ل' && word[at + 1] == 'ل' ? at + 2 : at;
    }

    static bool IsDigit(ushort c) => c is >= '0' and <= '9';

    static ushort[] BuildFold()
    {
        var fold = new ushort[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++)
        {
            fold[i] = FoldOne((char)i);
        }

        return fold;
    }

    static ushort FoldOne(char c)
    {
        if (c is '\n' or '\r' or '\u2028' or '\u2029')
        {
            return NewLine;
        }

        if (c is '\u0640' or '\u00AD' or '\'' or '\u2019' or '\u02BC' or 'ء')
        {
            return Ignored;
        }

        var category = char.GetUnicodeCategory(c);
        switch (category)
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                return Ignored;
            case UnicodeCategory.DecimalDigitNumber:
                return (ushort)('0' + CharUnicodeInfo.GetDecimalDigitValue(c));
            case UnicodeCategory.Surrogate:
                return c;
        }

        if (!char.IsLetterOrDigit(c))
        {
            return Separator;
        }

        var basic = char.ToLowerInvariant(c.ToString().Normalize(NormalizationForm.FormKD)[0]);
        return basic switch
        {
            'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
            'ى' or 'ی' or 'ئ' or 'ې' => 'ي',
            'ؤ' => 'و',
            'ة' or 'ۀ' or 'ہ' or 'ھ' or 'ە' => 'ه',
            'ک' or 'ڪ' => 'ك',
            _ => char.IsLetterOrDigit(basic) ? basic : c,
        };
    }
}
