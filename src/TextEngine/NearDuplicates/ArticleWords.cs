using TextEngine.Normalisation;

namespace TextEngine.NearDuplicates;

/// <summary>One word of an article as the comparison needs it.</summary>
/// <param name="Hash">Hash of its folded letters.</param>
/// <param name="Place">Its place among the reader's words.</param>
/// <param name="Kind">What it is to the comparison.</param>
/// <param name="StartsLine">True at the first word of a line.</param>
readonly record struct ArticleWord(ulong Hash, int Place, WordKind Kind, bool StartsLine);

/// <summary>The words of a headline and a text, in one list. Reused from article to article.</summary>
sealed class ArticleWords
{
    /// <summary>Longer articles are read up to here; a copy of so long a text is known by less.</summary>
    public const int MaxWords = 4096;

    readonly WordReader _reader = new();
    readonly ArticleWord[] _words = new ArticleWord[MaxWords];
    char[] _text = new char[8192];
    int _length;

    /// <summary>Words kept.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are the headline's.</summary>
    public int TitleCount { get; private set; }

    public ReadOnlySpan<ArticleWord> Words => _words.AsSpan(0, Count);

    /// <summary>What was read, headline and text one after the other.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public void Read(ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        _length = title.Length + text.Length + 1;
        if (_text.Length < _length)
        {
            _text = new char[_length * 2];
        }

        title.CopyTo(_text);
        _text[title.Length] = '\n';
        text.CopyTo(_text.AsSpan(title.Length + 1));
        _reader.Read(Text);
        var words = _reader.Words;
        Count = Math.Min(words.Length, MaxWords);
        TitleCount = 0;
        for (var i = 0; i < Count; i++)
        {
            ref readonly var word = ref words[i];
            var first = _reader.Letters[word.FoldedStart];
            var kind = char.IsAsciiDigit(first) ? WordKind.Figure : Lexicon.KindOf(word.Hash);
            _words[i] = new ArticleWord(word.Hash, i, kind, (word.Gap & WordGap.Line) != 0 || i == 0);
            TitleCount += word.Start < title.Length ? 1 : 0;
        }
    }

    /// <summary>Drops the words from <paramref name="start"/> up to <paramref name="end"/>; the word after them starts a line.</summary>
    public void Remove(int start, int end)
    {
        if (end < Count)
        {
            _words[end] = _words[end] with { StartsLine = true };
        }

        Array.Copy(_words, end, _words, start, Count - end);
        Count -= end - start;
    }

    /// <summary>True where a sign that ends a dateline stands between the word and the next one.</summary>
    public bool EndsDateline(int i)
    {
        var words = _reader.Words;
        var next = _words[i].Place + 1;
        return next < words.Length
            && Text[words[next - 1].End..words[next].Start] is var gap && gap.IndexOfAny("-–—|/:") >= 0 && gap.Length > 1;
    }

    /// <summary>The hash of a word without its Arabic conjunction, preposition and article, where at least three letters remain.</summary>
    public ulong Stem(in ArticleWord word)
    {
        var letters = _reader.LettersOf(_reader.Words[word.Place]);
        return ArabicPrefix(letters) is var prefix and > 0 ? WordHash.Of(letters[prefix..]) : word.Hash;
    }

    /// <summary>How many letters the word has, and whether it is written with a Latin capital.</summary>
    public (int Length, bool Capital) Look(in ArticleWord word)
    {
        var read = _reader.Words[word.Place];
        return (read.FoldedLength, char.IsAsciiLetterUpper(_text[read.Start]));
    }

    /// <summary>The folded letters of the words that were kept, a space between each two, as far as there is room.</summary>
    public int CopyLetters(Span<char> letters)
    {
        var length = 0;
        foreach (ref readonly var word in Words)
        {
            var source = _reader.LettersOf(_reader.Words[word.Place]);
            if (length + source.Length + 1 > letters.Length)
            {
                break;
            }

            source.CopyTo(letters[length..]);
            length += source.Length;
            letters[length++] = ' ';
        }

        return length;
    }

    static int ArabicPrefix(ReadOnlySpan<char> word)
    {
        var at = word.Length >= 5 && word[0] is 'و' or 'ف' ? 1 : 0;
        var rest = word[at..];
        if (rest.Length >= 5 && rest[0] == 'ا' && rest[1] == 'ل')
        {
            return at + 2;
        }

        if (rest.Length >= 6 && rest[0] is 'ب' or 'ك' && rest[1] == 'ا' && rest[2] == 'ل')
        {
            return at + 3;
        }

        return rest.Length >= 5 && rest[0] == 'ل' && rest[1] == 'ل' ? at + 2 : at;
    }
}
