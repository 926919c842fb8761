using System.Globalization;
using System.Text;

namespace TextEngine.Normalisation;

/// <summary>
/// The one table that says what each UTF-16 unit is worth: a folded letter, or one of the codes below <see cref="FirstLetter"/>.
/// Letters that newsrooms use for one another fold to one: alef forms to ا, yeh forms to ي, kaf forms to ك, heh forms and teh marbuta
/// to ه, hamza seats to their seat; Latin loses case and diacritics, Hebrew its final forms and points, Cyrillic ё and й become е and и.
/// </summary>
public static class CharacterFolding
{
    internal const ushort Space = 1, Mark = 2, Ignorable = 3, Apostrophe = 4, Hyphen = 5, NonJoiner = 6, Quote = 7, Break = 8, Stop = 9,
        Dot = 10, Line = 11, Expansion = 12, Surrogate = 13, Standalone = 14, Dash = 15, Markup = 16;

    internal const ushort FirstLetter = 32;

    internal static readonly ushort[] Table = new ushort[65536];

    static readonly Dictionary<int, string> Expansions = [];

    // Letters folded beyond what Unicode decomposition does, as pairs "from to".
    const string Pairs =
        "أا إا آا ٱا ٲا ٳا ٵا ىي یي ێي ېي ۍي ۑي ےي ئي ٸي ۓي ؤو ۆو ۇو ۈو ۉو ۊو ۋو ٶو ٷو ۅو ةه ۀه ہه ۂه ۃه ھه ەه ۿه کك ڪك ګك ڬك ڭك " +
        "ڵل ڶل ڕر ڑر ړر ڒر ںن ڼن ڻن ٹت ټت ڈد ډد ڤف " +
        "ıi đd ħh łl øo ŧt ðd þt ƙk ɓb ɗd əa " +
        "ךכ םמ ןנ ףפ ץצ " +
        "ёе йи іи їи ґг єе ўу ѓг ќк ҳх қк ғг ӣи ӯу әа өо үу ұу һх ңн ҷч ѝи " +
        "ςσ ";

    static CharacterFolding()
    {
        for (var i = 0; i < 0x10000; i++)
        {
            Table[i] = Code((char)i);
        }

        FoldPairs();
        FoldDecompositions();
        for (var i = 0; i < 0x10000; i++)
        {
            Settle(i);
        }
    }

    /// <summary>
    /// The folded letter of a UTF-16 unit; '\0' for one that is no letter of its own: a separator, a mark that is dropped, half of a
    /// surrogate pair, or a ligature that stands for several letters.
    /// </summary>
    public static char Fold(char unit) => Table[unit] is >= FirstLetter and var letter ? (char)letter : '\0';

    /// <summary>What a ligature, compatibility form or supplementary character folds to; empty when it is no letter.</summary>
    internal static string Expand(Rune rune)
    {
        lock (Expansions)
        {
            if (!Expansions.TryGetValue(rune.Value, out var letters))
            {
                Expansions.Add(rune.Value, letters = Decompose(rune.ToString()));
            }

            return letters;
        }
    }

    static ushort Code(char c)
    {
        switch (c)
        {
            case '\'' or '’' or '‘' or '‛' or '`' or '´' or 'ʿ' or 'ʾ' or 'ʼ' or 'ʻ' or 'ʽ' or 'ʹ' or 'ˈ' or '′' or '＇' or '׳' or 'ʔ' or 'ʕ' or 'ꞌ':
                return Apostrophe;
            case '-' or '‐' or '‑' or '_' or '־' or '﹣' or '－' or '﹘':
                return Hyphen;
            case '–' or '—' or '―' or '−' or '‒':
                return Dash;
            case '\u200C':
                return NonJoiner;

            // Numbers of footnotes belong to no word: Hezbollah¹.
            case '\u00B9' or '\u00B2' or '\u00B3' or (>= '\u2070' and <= '\u2079') or (>= '\u2080' and <= '\u2089'):
                return Mark;
            case '\u0640' or '\u00AD' or '\uFEFF' or '\u061C' or '\u034F' or '\u180E':
                return Ignorable;
            case '.':
                return Dot;
            case '!' or '?' or '؟' or '…' or '۔' or '。' or '！' or '？' or '।' or '׃' or '‼' or '⁇':
                return Stop;
            case '\n' or '\r' or '\u2028' or '\u0085' or '\v' or '\f':
                return Line;
            case '\u2029':
                return Stop;
            case '&' or '<':
                return Markup;
            case '"' or '״' or '*' or '#' or '@' or '~' or '″' or '＂':
                return Quote;
        }

        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.SpaceSeparator => Space,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark => Mark,
            UnicodeCategory.Format => Ignorable,
            UnicodeCategory.Control => c == '\t' ? Space : c < ' ' || c == 0x7F ? Ignorable : Space,
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation => Quote,
            UnicodeCategory.Surrogate => Surrogate,
            UnicodeCategory.DecimalDigitNumber => (ushort)('0' + (int)char.GetNumericValue(c)),
            UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Expansion,
            UnicodeCategory.OtherLetter when IsStandalone(c) => Standalone,
            UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter => c,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => char.ToLowerInvariant(c),
            _ => Break,
        };
    }

    // Scripts written without spaces: each sign is a word, and a name in them is a phrase of its signs.
    static bool IsStandalone(char c) => c is >= '\u3041' and <= '\u3096' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF'
        or >= '\u0E01' and <= '\u0EDF' or >= '\u1780' and <= '\u17B3' or >= '\u1000' and <= '\u103F';

    static void FoldPairs()
    {
        for (var i = 0; i + 1 < Pairs.Length; i += 3)
        {
            Table[Pairs[i]] = Pairs[i + 1];
            Table[char.ToUpperInvariant(Pairs[i])] = Pairs[i + 1];
        }

        Table['İ'] = 'i';
    }

    // Blocks whose characters decompose: accented Latin, Greek and Cyrillic, presentation forms of Arabic, full-width forms.
    static void FoldDecompositions()
    {
        foreach (var (first, last) in new[] { (0xAA, 0x24F), (0x386, 0x4FF), (0x5D0, 0x6FF), (0x1E00, 0x1FFF), (0x2070, 0x218F), (0x2460, 0x24FF),
            (0x30A1, 0x30FF), (0xF900, 0xFBFF), (0xFC00, 0xFDFF), (0xFE70, 0xFEFC), (0xFF00, 0xFFEF) })
        {
            for (var i = first; i <= last; i++)
            {
                if (Table[i] is < FirstLetter and not Expansion and not Standalone)
                {
                    continue;
                }

                var letters = Decompose(((char)i).ToString());
                if (letters.Length == 1)
                {
                    Table[i] = IsStandalone(letters[0]) ? Standalone : letters[0];
                }
                else if (letters.Length > 1 && letters != ((char)i).ToString())
                {
                    Table[i] = Expansion;
                }
                else if (letters.Length == 0)
                {
                    Table[i] = Break;
                }
            }
        }
    }

    // Folding twice changes nothing: a letter whose folded form folds on takes the last form.
    static void Settle(int unit)
    {
        while (Table[unit] >= FirstLetter && Table[unit] != unit && Table[Table[unit]] != Table[unit])
        {
            Table[unit] = Table[Table[unit]];
        }
    }

    // Decomposes, drops what is no letter or digit, folds each; ligature pairs that Unicode keeps whole are written out here.
    static string Decompose(string text)
    {
        var letters = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            switch (c)
            {
                case 'ß' or 'ẞ': letters.Append("ss"); continue;
                case 'æ' or 'Æ': letters.Append("ae"); continue;
                case 'œ' or 'Œ': letters.Append("oe"); continue;
            }

            if (Table[c] is >= FirstLetter and var letter)
            {
                letters.Append((char)letter);
            }
            else if (Table[c] == Standalone && letters.Length == 0)
            {
                return c.ToString();
            }
        }

        return letters.ToString();
    }
}
