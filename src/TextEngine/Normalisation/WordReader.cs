using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace TextEngine.Normalisation;

/// <summary>
/// Reads a text into folded words, each with its place in the original. One reader serves one thread; its buffers grow to the largest
/// text and are reused, so reading allocates nothing once warm. Reading is one pass, linear in the text.
/// </summary>
/// <remarks>
/// Words follow Unicode's default rules with what news needs on top: tatweel, vowel signs, bidi and zero-width controls vanish inside
/// a word; a hyphen, apostrophe, underscore or zero-width non-joiner between two letters splits the word and leaves
/// <see cref="WordGap.Joint"/>, so that the reader's user may also take the two as one; so does a capital inside a hashtag. Tags and character
/// references that are left of HTML are read as what they stand for; signs of scripts without spaces are words each.
/// </remarks>
public sealed class WordReader
{
    Word[] words = new Word[512];
    char[] letters = new char[4096];
    int letterCount;

    string source = "";

    // Units of the text after the part that is being read.
    int beyond;

    /// <summary>How many words the last text had.</summary>
    public int Count { get; private set; }

    /// <summary>The words of the last text, in order; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<Word> Words => words.AsSpan(0, Count);

    /// <summary>The folded letters of all words, one after another; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Letters => letters.AsSpan(0, letterCount);

    /// <summary>The folded letters of one word.</summary>
    public ReadOnlySpan<char> LettersOf(in Word word) => letters.AsSpan(word.FoldedStart, word.FoldedLength);

    /// <summary>The same for a word of a text that was split.</summary>
    internal ReadOnlySpan<char> LettersOf(int word) => LettersOf(Folded(word));

    /// <summary>A word of a text that was split, with its folded letters.</summary>
    internal ref readonly Word Folded(int word)
    {
        if (words[word].FoldedLength == 0)
        {
            Fold(word);
        }

        return ref words[word];
    }

    /// <summary>The folded letters of words that follow one another, as one.</summary>
    internal ReadOnlySpan<char> LettersOf(int first, int last)
    {
        var (length, lieTogether) = (Folded(first).FoldedLength, true);
        for (var word = first + 1; word <= last; word++)
        {
            lieTogether &= Folded(word).FoldedStart == words[first].FoldedStart + length;
            length += words[word].FoldedLength;
        }

        if (lieTogether)
        {
            return letters.AsSpan(words[first].FoldedStart, length);
        }

        // Words that were folded out of their order are put together behind all others.
        Reserve(length);
        var from = letterCount;
        for (var word = first; word <= last; word++)
        {
            LettersOf(words[word]).CopyTo(letters.AsSpan(letterCount));
            letterCount += words[word].FoldedLength;
        }

        return letters.AsSpan(from, length);
    }

    /// <summary>Reads a text; the words of the text before are gone.</summary>
    public void Read(ReadOnlySpan<char> text) => ReadWords(text, false);

    /// <summary>
    /// Reads a text, but leaves words of plain letters unfolded until they are asked for by number, since who knows such a word as it is written
    /// needs no more of it.
    /// </summary>
    internal void Split(string text)
    {
        source = text;
        ReadWords(text, true);
    }

    void ReadWords(ReadOnlySpan<char> text, bool lazily)
    {
        Count = 0;
        letterCount = 0;
        if (letters.Length < text.Length + 64)
        {
            letters = new char[Math.Max(text.Length + 64, letters.Length * 2)];
        }

        var table = CharacterFolding.Table;
        for (var at = 0; ;)
        {
            at = lazily ? SplitPlain(text, at) : at;

            // Nearly always, one space stands between two words.
            var gap = WordGap.Space;
            if (at + 1 < text.Length && text[at] == ' ' && table[text[at + 1]] >= CharacterFolding.FirstLetter)
            {
                at++;
            }
            else
            {
                var next = at;
                if (!ReadGap(text, ref next, out gap))
                {
                    return;
                }

                at = next;
            }

            gap = Count == 0 ? gap & ~WordGap.Joint : gap;
            if ((gap & WordGap.Quote) != 0 && text[at - 1] is '#' or '@')
            {
                (at, gap) = ReadTag(text, at, gap);
            }

            at = ReadWord(text, at, gap);
        }
    }

    // Plain words with one space before each and one behind; returns where the last one ends.
    int SplitPlain(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            var (letters, spaces) = PlainWord.Read(text, at);
            var ends = ~letters;

            // A word is read up to the first end that is no space, or has no letter before it; the space at hand is the lowest bit.
            var wrong = ends & (~spaces | (ends << 1));
            var right = ends & ((wrong & (0 - wrong)) - 1);
            var first = at;
            for (right &= right - 1; right != 0; right &= right - 1)
            {
                var end = first + BitOperations.TrailingZeroCount(right);
                Add(new Word(at + 1, end, 0, 0, 0, WordGap.Space));
                at = end;
            }

            if (at == first)
            {
                break;
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Add(in Word word)
    {
        if (Count == words.Length)
        {
            Array.Resize(ref words, words.Length * 2);
        }

        words[Count++] = word;
    }

    void Fold(int word)
    {
        ref var plain = ref words[word];
        Reserve(plain.Length);
        var from = letterCount;
        ReadLetters(source.AsSpan(0, plain.End), plain.Start, out _, out var hash);
        plain = new Word(plain.Start, plain.End, from, letterCount - from, hash, plain.Gap);
    }

    // A hashtag's words are told by their capitals: #QudsForce, @IRGCNavy. Reads all but the last one, and says
    // where that starts and what stands before it.
    (int At, WordGap Gap) ReadTag(ReadOnlySpan<char> text, int at, WordGap gap)
    {
        for (var i = at + 1; i < text.Length && char.IsLetterOrDigit(text[i]); i++)
        {
            if (char.IsUpper(text[i]) && (char.IsLower(text[i - 1]) || (char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]))))
            {
                beyond = text.Length - i;
                at = ReadWord(text[..i], at, gap);
                beyond = 0;
                gap = WordGap.Joint;
            }
        }

        return (at, gap);
    }

    // Skips what is no letter and says what it was; false at the end of the text.
    static bool ReadGap(ReadOnlySpan<char> text, ref int at, out WordGap gap)
    {
        var table = CharacterFolding.Table;
        gap = WordGap.None;
        int joints = 0, dots = 0, hyphens = 0, lines = 0, first = at;
        var apostrophe = false;
        for (; at < text.Length; at++)
        {
            var code = table[text[at]];
            if (code >= CharacterFolding.FirstLetter)
            {
                break;
            }

        again:
            switch (code)
            {
                case CharacterFolding.Space:
                    gap |= WordGap.Space;
                    continue;
                case CharacterFolding.Mark or CharacterFolding.Ignorable:
                    continue;
                case CharacterFolding.Apostrophe:
                    joints++;
                    apostrophe = true;
                    continue;
                case CharacterFolding.NonJoiner:
                    joints++;
                    continue;
                case CharacterFolding.Hyphen:
                    hyphens++;
                    joints++;
                    continue;
                case CharacterFolding.Quote:
                    gap |= WordGap.Quote;
                    continue;
                case CharacterFolding.Dash:
                    gap |= WordGap.Break;
                    continue;
                case CharacterFolding.Stop:
                    gap |= WordGap.Stop;
                    continue;
                case CharacterFolding.Dot:
                    dots++;
                    continue;
                case CharacterFolding.Line:
                    lines += text[at] == '\n' && at > first && text[at - 1] == '\r' ? 0 : 1;
                    continue;
                case CharacterFolding.Markup:
                    code = Markup.Read(text, ref at);
                    goto again;
                case CharacterFolding.Surrogate or CharacterFolding.Expansion or CharacterFolding.Standalone
                    when IsLetterAt(text, at):
                    goto done;
                case CharacterFolding.Surrogate:
                    gap |= IsPicture(text, at) ? WordGap.Quote : WordGap.Break;
                    at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 1 : 0;
                    continue;
                default:
                    gap |= text[at] is >= '\u2600' and < '\u2768' ? WordGap.Quote : WordGap.Break;
                    continue;
            }
        }

    done:
        if (joints + dots + lines > 0)
        {
            gap = Judge(gap, joints, dots, hyphens, lines, apostrophe);
        }

        return at < text.Length;
    }

    static WordGap Judge(WordGap gap, int joints, int dots, int hyphens, int lines, bool apostrophe)
    {
        var bare = gap == WordGap.None;
        if (lines > 0)
        {
            gap |= lines > 1 ? WordGap.Stop | WordGap.Line : WordGap.Line;
        }

        if (dots > 0)
        {
            gap |= bare && dots == 1 && joints == 0 && lines == 0 ? WordGap.Stop | WordGap.Dot : WordGap.Stop;
        }

        if (joints == 1 && bare && dots == 0 && lines == 0)
        {
            return apostrophe ? WordGap.Joint | WordGap.Apostrophe : WordGap.Joint;
        }

        // ʿAyn after the article's hyphen: al-'Abadi.
        if (joints == 2 && hyphens == 1 && apostrophe && bare && dots == 0 && lines == 0)
        {
            return WordGap.Joint;
        }

        // A hyphen with space around it is a dash; an apostrophe with space beside it is a quotation mark.
        return joints == 0 ? gap : hyphens > 0 && (gap & (WordGap.Quote | WordGap.Space)) != WordGap.Quote ? gap | WordGap.Break : gap | WordGap.Quote;
    }

    // A flag or another picture may stand inside a name; circles, squares and triangles are bullets of lists.
    static bool IsPicture(ReadOnlySpan<char> text, int at) =>
        Rune.DecodeFromUtf16(text[at..], out var rune, out _) == System.Buffers.OperationStatus.Done
        && rune.Value is (>= 0x1F1E6 and < 0x1F200) or (>= 0x1F300 and < 0x1F534)
            or (> 0x1F53D and < 0x1F780) or (>= 0x1F900 and < 0x1FB00);

    static bool IsLetterAt(ReadOnlySpan<char> text, int at) =>
        Rune.DecodeFromUtf16(text[at..], out var rune, out _) == System.Buffers.OperationStatus.Done
        && CharacterFolding.Expand(rune).Length > 0;

    // Reads the word that starts at a place; returns where it ends.
    int ReadWord(ReadOnlySpan<char> text, int start, WordGap gap)
    {
        var from = letterCount;
        var at = ReadLetters(text, start, out var end, out var hash);
        Add(new Word(start, end, from, letterCount - from, hash, gap));
        return at;
    }

    // Adds the folded letters of the word that starts at a place; returns where reading stopped.
    int ReadLetters(ReadOnlySpan<char> text, int start, out int end, out ulong wordHash)
    {
        // Most words are plain letters up to a space. All else, an alef that may be doubled included, is read by ReadRest.
        var table = CharacterFolding.Table;
        var output = letters;
        int at = start, from = letterCount, count = from;
        ulong hash = 0;
        uint code = CharacterFolding.Space;

        // Zero where an alef may be doubled: after an alef or hamza, that is after a unit up to alef or another that folds to it. Nobody
        // foresees where alefs stand, the processor neither, so there is no branch for one by itself.
        var before = -1;
        for (; at < text.Length; at++)
        {
            var unit = text[at];
            code = table[unit];
            var unlikeAlef = (int)code ^ 'ا';
            if (code < CharacterFolding.FirstLetter || (unlikeAlef | before) == 0)
            {
                break;
            }

            before = unlikeAlef & (('ا' - unit) >> 31);
            output[count++] = (char)code;
            hash = hash * WordHash.Base + code;
        }

        letterCount = count;
        end = at;
        if (at < text.Length && code != CharacterFolding.Space)
        {
            (at, end) = ReadRest(text, at, from, ref hash);
        }

        wordHash = hash;
        return at;
    }

    // Goes on with a word whose letters start at a place among all letters; returns where reading stopped and where the word ends.
    (int At, int End) ReadRest(ReadOnlySpan<char> text, int at, int from, ref ulong wordHash)
    {
        var table = CharacterFolding.Table;
        var output = letters;
        int end = at, count = letterCount;
        var hash = wordHash;
        for (; at < text.Length; at++)
        {
            var code = table[text[at]];
            if (code >= CharacterFolding.FirstLetter)
            {
                // قاآني, قااني and قاءاني are one: a doubled alef is one long vowel, with or without a hamza in its middle.
                if (code == 'ا' && count > from && IsDoubled(output, text, at, from, ref count, ref hash))
                {
                    end = at + 1;
                    continue;
                }

                output[count++] = (char)code;
                hash = hash * WordHash.Base + code;
                end = at + 1;
            }
            else if (code == CharacterFolding.Mark)
            {
                end = at + 1;
            }
            else if (code == CharacterFolding.Ignorable)
            {
                continue;
            }
            else if (code is CharacterFolding.Expansion or CharacterFolding.Surrogate or CharacterFolding.Standalone)
            {
                if (!IsLetterAt(text, at))
                {
                    break;
                }

                Rune.DecodeFromUtf16(text[at..], out var rune, out var units);
                var expansion = CharacterFolding.Expand(rune);
                expansion = expansion[0] == 'ا' && count > from && output[count - 1] == 'ا' ? expansion[1..] : expansion;
                var standalone = table[expansion[0]] == CharacterFolding.Standalone;
                if (standalone && count > from)
                {
                    break;
                }

                letterCount = count;
                hash = Append(expansion, hash, text.Length - at + beyond);
                output = letters;
                count = letterCount;
                at += units - 1;
                end = at + 1;
                if (standalone)
                {
                    at++;
                    break;
                }
            }
            else
            {
                break;
            }
        }

        letterCount = count;
        wordHash = hash;
        return (at, end);
    }

    // True when the alef at hand only lengthens the one before; then it is dropped, and so is a hamza between the two.
    static bool IsDoubled(char[] output, ReadOnlySpan<char> text, int at, int from, ref int count, ref ulong hash)
    {
        if (output[count - 1] == 'ا')
        {
            return true;
        }

        if (text[at - 1] is 'ئ' or 'ء' && count - from >= 2 && output[count - 2] == 'ا')
        {
            hash = (hash - output[--count]) * WordHash.Inverse;
            return true;
        }

        return false;
    }

    void Reserve(int length)
    {
        if (letterCount + length > letters.Length)
        {
            Array.Resize(ref letters, letters.Length * 2 + length);
        }
    }

    ulong Append(string expansion, ulong hash, int unitsLeft)
    {
        Reserve(expansion.Length + unitsLeft + 64);
        foreach (var letter in expansion)
        {
            letters[letterCount++] = letter;
            hash = hash * WordHash.Base + letter;
        }

        return hash;
    }
}
