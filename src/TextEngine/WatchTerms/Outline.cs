using System.Runtime.Intrinsics;

namespace TextEngine.WatchTerms;

/// <summary>
/// What a word of a text may be meant for, as up to eight keys. It has one in common with every word of the terms that it may be, or be
/// misspelt as (see <see cref="Edits"/>). A word with more keys meets all words.
/// </summary>
readonly struct Outline
{
    const int Most = 8;

    // The first numbers of all keys, then the second ones. What is left over repeats the first key.
    Outline(Vector128<byte> keys) => Keys = keys;

    /// <summary>Of a word that is meant for nothing.</summary>
    public static Outline None => Only(OutlineKey.None);

    public Vector128<byte> Keys { get; }

    /// <summary>All that a word may be meant for, as it is written.</summary>
    public static Outline Of(ReadOnlySpan<char> word)
    {
        var outline = None.WithSlips(word);
        if (word.Length is 2 or 3)
        {
            outline = outline.With(OutlineKey.End(word));
        }

        if (word.Length < 3 || !Proclitics.MayStart(word[0]))
        {
            return outline;
        }

        Span<int> cuts = stackalloc int[Proclitics.Most];
        foreach (var cut in cuts[..Proclitics.Cuts(word, cuts)])
        {
            outline = outline.WithSlips(word[Math.Abs(cut)..]);
        }

        // Its article may be misspelt as well.
        foreach (var article in (ReadOnlySpan<string>)["لا", "الل", "ا"])
        {
            if (word.StartsWith(article) && word.Length >= article.Length + 3)
            {
                outline = outline.With(OutlineKey.Frame(word[article.Length..]));
            }
        }

        return outline;
    }

    Outline WithSlips(ReadOnlySpan<char> word) => word.Length switch
    {
        < 3 => this,

        // The two letters before the last may be swapped.
        4 or 5 => With(OutlineKey.Frame(word)).With(OutlineKey.Start(word[0], word[1], word[2])).With(OutlineKey.Start(word[0], word[1], word[3])),
        _ => With(OutlineKey.Frame(word)).With(OutlineKey.Start(word[0], word[1], word[2])),
    };

    /// <summary>With a word that it is, whatever its letters.</summary>
    public Outline With(OutlineKey key)
    {
        var last = 0;
        for (var i = 0; i < Most; i++)
        {
            var known = new OutlineKey(Keys[i], Keys[Most + i]);
            if (known == key || known == OutlineKey.Any)
            {
                return this;
            }

            last = i > 0 && known != new OutlineKey(Keys[0], Keys[Most]) ? i : last;
        }

        return Keys[0] == OutlineKey.None.First && Keys[Most] == OutlineKey.None.Second ? Only(key)
            : last + 1 < Most ? new(Keys.WithElement(last + 1, key.First).WithElement(Most + last + 1, key.Second))
            : Only(OutlineKey.Any);
    }

    static Outline Only(OutlineKey key) => new(Vector128.Create(Vector64.Create(key.First), Vector64.Create(key.Second)));
}
