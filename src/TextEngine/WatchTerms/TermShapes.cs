using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// The other ways of cutting a term into words, and the forms that grammar gives to some: حزب الله is also حزبالله, محمدباقر also محمد باقر,
/// and أبو مهدي is أبي مهدي after a preposition. None of it is about spelling within a word, which folding and sound see to.
/// </summary>
static class TermShapes
{
    const int MostChanges = 2;

    /// <summary>Every other shape of a term, up to two changes away; none for most terms.</summary>
    public static List<TermWord[]> Of(TermWord[] term)
    {
        var shapes = new List<TermWord[]>();
        var from = 0;
        Change(term, shapes);
        for (var change = 1; change < MostChanges; change++)
        {
            for (var end = shapes.Count; from < end; from++)
            {
                Change(shapes[from], shapes);
            }
        }

        shapes.RemoveAll(shape => AreSame(shape, term));
        return shapes;
    }

    static void Change(TermWord[] term, List<TermWord[]> shapes)
    {
        for (var i = 0; i < term.Length; i++)
        {
            var word = term[i];
            if (i > 0 && !word.CommaBefore && (AreOne(term[i - 1], word) || IsTag(term) || IsCompound(term, i)))
            {
                Add(shapes, [.. term[..(i - 1)], Fuse(term[i - 1], word), .. term[(i + 1)..]]);
            }

            // The house of a family, which other scripts write as they write the article: Tamim bin Hamad Al Thani.
            if (i > 0 && i + 1 < term.Length && word.Raw == "آل")
            {
                Add(shapes, [.. term[..i], .. term[(i + 1)..]]);
            }

            // The alef does not join the next letter, so a space slips in behind it: قا آني.
            if (word.Folded.IndexOf('ا', StringComparison.Ordinal) is var alef and > 0 && IsBroken(word, alef))
            {
                var (start, rest) = (word.Folded[..(alef + 1)], word.Folded[(alef + 1)..]);
                Add(shapes, [.. term[..i], word with { Raw = start, Folded = start }, new TermWord('ا' + rest, 'ا' + rest, false, Script.Arabic, false), .. term[(i + 1)..]]);
            }

            // Initials are written in Arabic letters by their English names: JD Vance, جي دي فانس.
            if (i + 1 < term.Length && word is { Script: Script.Latin, Folded.Length: 2 } && word.Raw.All(char.IsUpper)
                && word.Folded.All(char.IsAsciiLetter))
            {
                var names = word.Folded.Select(letter => Written(LetterNames[letter - 'a']));
                Add(shapes, [.. term[..i], .. names, .. term[(i + 1)..]]);
            }

            // The oil in a company's name is a word in Arabic: لوك أويل.
            if (word.Script == Script.Latin && word.Folded.Length >= 6 && word.Folded.EndsWith("oil", StringComparison.Ordinal)
                && word.Raw.Length == word.Folded.Length)
            {
                var rest = word with { Raw = word.Raw[..^3], Folded = word.Folded[..^3] };
                Add(shapes, [.. term[..i], rest, Written("اويل"), .. term[(i + 1)..]]);
            }

            // French le is heard as lo: Le Drian is لودريان or لو دريان.
            if (word.Folded == "le" && i + 1 < term.Length && term[i + 1] is { Script: Script.Latin, Folded.Length: > 3 } named)
            {
                Add(shapes, [.. term[..i], named with { Raw = "Lou" + named.Raw, Folded = "lou" + named.Folded }, .. term[(i + 2)..]]);
                Add(shapes, [.. term[..i], Written("لو"), .. term[(i + 1)..]]);
            }
            else if (word is { Script: Script.Arabic, Article: false, Folded: ['ل', 'و', _, _, _, _, _, ..] }
                && word.Raw.Length == word.Folded.Length)
            {
                Add(shapes, [.. term[..i], new TermWord("Le", "le", false, Script.Latin, false),
                    word with { Raw = word.Raw[2..], Folded = word.Folded[2..] }, .. term[(i + 1)..]]);
            }

            if (Cut(word, term.Length) is var at and > 0)
            {
                Add(shapes, [.. term[..i], .. Split(word, at), .. term[(i + 1)..]]);
            }

            if (i > 0 && Hamza(term[i - 1], word) is { } name)
            {
                Add(shapes, [.. term[..(i - 1)], name, .. term[(i + 1)..]]);
            }

            // In Iraq: في العراق is بالعراق too.
            if (i > 1 && term[i - 1].Folded == "في" && word.Script == Script.Arabic)
            {
                var folded = (word.Article ? "بال" : "ب") + word.Folded;
                Add(shapes, [.. term[..(i - 1)], new TermWord(folded, folded, false, Script.Arabic, false), .. term[(i + 1)..]]);
            }

            if (HasHamzaEnding(word))
            {
                // خامنئي is also written خامنائي.
                if (word.Folded[^3] != 'ا')
                {
                    Add(shapes, [.. term[..i], word with { Raw = word.Folded[..^2] + "ائي", Folded = word.Folded[..^2] + "ايي" }, .. term[(i + 1)..]]);
                }

                Add(shapes, [.. term[..i], WithHeh(word), word with { Raw = "ای", Folded = "اي", Joined = true }, .. term[(i + 1)..]]);
            }

            foreach (var form in Forms(term, i))
            {
                Add(shapes, [.. term[..i], word with { Raw = form, Folded = form }, .. term[(i + 1)..]]);
            }
        }
    }

    // What stands before the space must be no word of its own: ما أثر is no مآثر.
    static bool IsBroken(TermWord word, int alef) => word.Script == Script.Arabic && word.Folded.Length >= 4
        && alef + 2 < word.Folded.Length
        && Marks.HasLongAlef(word.Raw)
            && word.Folded[..(alef + 1)] is not ("ما" or "لا" or "يا" or "ها" or "كا" or "با" or "هنا" or "كما" or "لما" or "بما");

    static TermWord Written(string arabic) => new(arabic, arabic, false, Script.Arabic, false);

    static readonly string[] LetterNames =
    [
        "ايه", "بي", "سي", "دي", "اي", "اف", "جي", "اتش", "اي", "جي", "كي", "ال", "ام", "ان", "او", "بي", "كيو", "ار", "اس", "تي", "يو",
        "في", "دبليو", "اكس", "واي", "زد",
    ];

    // Persian writes Muhammad as one with the name after it, where a family's follows: محمدباقر قالیباف.
    static bool IsCompound(TermWord[] term, int i) => i == 1 && term.Length > 2 && term[1].Script == Script.Latin
        && term[1].Folded is { Length: > 2 } and not ("bin" or "ben" or "ibn" or "abu")
        && (term[0].Folded.StartsWith("moham", StringComparison.Ordinal) || term[0].Folded.StartsWith("muham", StringComparison.Ordinal));

    // Two Latin words stand as one in a hashtag without capitals: #qudsforce.
    static bool IsTag(TermWord[] term) => term.Length == 2 && Array.TrueForAll(term, word => word.Script == Script.Latin && word.Folded.Length >= 4);

    // Two words that newsrooms also write as one.
    static bool AreOne(TermWord first, TermWord second)
    {
        if (second.Joined && second.Script != Script.Other)
        {
            return true;
        }

        if (first.Script == Script.Latin && second.Script == Script.Latin)
        {
            return first.Folded is ['a', 'b', 'd', 'u' or 'e' or 'o' or 'a', 'l'] || (Namesakes.IsName(first.Folded)
                && Namesakes.IsName(second.Folded));
        }

        return first.Script == Script.Arabic && second.Script == Script.Arabic
            && (second.Folded == "الله" || second.Article || first.Folded is "عبد" or "ابو"
                || Lexicon.IsGivenName(first.Folded) || (Concepts.Contains(first.Folded)
                    && first.Folded.Length + second.Folded.Length >= 7));
    }

    static TermWord Fuse(TermWord first, TermWord second) => first with
    {
        Raw = first.Raw + (second.Article ? "ال" : "") + second.Raw,
        Folded = first.Folded + (second.Article ? "ال" : "") + second.Folded,
    };

    // Where a word may also be written as two; 0 where not.
    static int Cut(TermWord word, int words)
    {
        var folded = word.Folded;
        if (folded.Length >= 8 && (folded.EndsWith("zadeh", StringComparison.Ordinal) || folded.EndsWith("zade", StringComparison.Ordinal)))
        {
            return folded.LastIndexOf('z');
        }

        if (word.Script == Script.Arabic && folded.Length >= 7 && folded.EndsWith("زاده", StringComparison.Ordinal))
        {
            return folded.Length - 4;
        }

        if (InnerCapital(word) is var capital and > 0)
        {
            return capital;
        }

        if (word.Script == Script.Latin)
        {
            return folded.Length >= 8 && folded.StartsWith("abd", StringComparison.Ordinal) && folded[4] == 'l' && folded[3] is 'u' or 'e' or 'o' or 'a' ? 5 : 0;
        }

        if (word.Script != Script.Arabic || folded.Length < 6)
        {
            return 0;
        }

        if (words == 1 && word.Article && folded.StartsWith("بو", StringComparison.Ordinal))
        {
            return 2;
        }

        if (folded.EndsWith("الله", StringComparison.Ordinal))
        {
            return folded.Length - 4;
        }

        if ((folded.Length >= 7 && folded.StartsWith("عبدال", StringComparison.Ordinal))
            || (words > 1 && folded.Length >= 7 && folded.StartsWith("ابو", StringComparison.Ordinal)))
        {
            return 3;
        }

        for (var at = 3; at <= folded.Length - 3; at++)
        {
            if (Lexicon.IsGivenName(folded.AsSpan(0, at)) && Lexicon.IsGivenName(folded.AsSpan(at)))
            {
                return at;
            }
        }

        return 0;
    }

    /// <summary>Where a second word begins in a Latin one, by its capital (TotalEnergies); 0 where none does.</summary>
    public static int InnerCapital(TermWord word)
    {
        if (word.Script != Script.Latin || word.Raw.Length != word.Folded.Length)
        {
            return 0;
        }

        for (var at = 3; at <= word.Raw.Length - 3; at++)
        {
            if (char.IsUpper(word.Raw[at]) && char.IsLower(word.Raw[at - 1]))
            {
                return at;
            }
        }

        return 0;
    }

    static TermWord[] Split(TermWord word, int at)
    {
        var raw = word.Raw.Length == word.Folded.Length ? word.Raw : word.Folded;
        var (first, rest) = (word with { Raw = raw[..at], Folded = word.Folded[..at] }, word.Folded[at..]);
        return word.Script == Script.Arabic && first.Folded == "عبد" && rest != "الله"
            ? [first, new TermWord(raw[(at + 2)..], rest[2..], true, Script.Arabic, false)]
            : [first, new TermWord(word.Script == Script.Latin ? char.ToUpperInvariant(raw[at]) + raw[(at + 1)..] : raw[at..], rest, false, word.Script, false)];
    }

    // Persian writes -i after a silent ه apart, Arabic puts a hamza for both: خامنه‌ای, خامنئي.
    static TermWord? Hamza(TermWord first, TermWord ending) =>
        ending.Joined && ending.Folded == "اي" && first.Script == Script.Arabic && first.Folded.Length > 3 && first.Folded[^1] == 'ه'
            ? first with { Raw = first.Folded[..^1] + "ئي", Folded = first.Folded[..^1] + "يي" }
            : null;

    static bool HasHamzaEnding(TermWord word) => word.Script == Script.Arabic && word.Folded.Length > 5
        && word.Folded.EndsWith("يي", StringComparison.Ordinal) && word.Raw is [.., 'ئ', 'ي' or 'ی' or 'ى'];

    static TermWord WithHeh(TermWord word) => word with { Raw = word.Folded[..^2] + "ه", Folded = word.Folded[..^2] + "ه" };

    // أبو before a name takes three cases, and a people in the plural two (الحوثيون, الحوثيين).
    static string[] Forms(TermWord[] term, int i)
    {
        var folded = term[i].Folded;
        if (term[i].Script != Script.Arabic)
        {
            return [];
        }

        if (i + 1 < term.Length && folded is "ابو" or "ابي" or "ابا")
        {
            return folded switch { "ابو" => ["ابي", "ابا"], "ابي" => ["ابو", "ابا"], _ => ["ابو", "ابي"] };
        }

        // Persian speaks ق as Arabic does غ, and so some Arabic newsrooms write Persian names: قاآني, غاآني, غاني.
        if (folded is ['ق', 'ا', ..] && Marks.HasLongAlef(term[i].Raw))
        {
            return ['غ' + folded[1..], folded.Insert(2, "ء")];
        }

        // Two letters are too few for an article to be told from them, but languages without it drop it: اهل حق.
        if (i > 0 && folded is ['ا', 'ل', _, _] and not "الله" && term[i].Raw[0] is 'ا')
        {
            return [folded[2..]];
        }

        // What newsrooms agree to disagree on: أميركي, أمريكي.
        foreach (var (one, other) in Variants)
        {
            if (folded.Contains(one, StringComparison.Ordinal))
            {
                return [folded.Replace(one, other, StringComparison.Ordinal)];
            }

            if (folded.Contains(other, StringComparison.Ordinal))
            {
                return [folded.Replace(other, one, StringComparison.Ordinal)];
            }
        }

        // The hamza at the end is often not written, in Persian never: كربلا.
        if (folded.Length >= 5 && folded.EndsWith("اء", StringComparison.Ordinal))
        {
            return [folded[..^1]];
        }

        // يحيى is يحي in Egypt and the Maghreb.
        if (folded.Length >= 4 && folded.EndsWith("يي", StringComparison.Ordinal) && term[i].Raw[^1] is 'ى' or 'ی')
        {
            return [folded[..^1]];
        }

        // Names of other languages end in either: ديمونة, ديمونا.
        if (term.Length == 1 && folded.Length >= 5 && !term[i].Article && term[i].Raw[^1] == 'ة' && !Lexicon.IsWord(folded))
        {
            return [folded[..^1] + 'ا'];
        }

        // Persian writes the feminine ending of some as ت: حزب دعوت.
        if (i > 0 && term[i].Article && folded.Length >= 4 && term[i].Raw[^1] == 'ة')
        {
            return [folded[..^1] + 'ت'];
        }

        // Hamza sits on another letter in Egypt or Iraq than elsewhere: هيئة, هيأة; مسؤول, مسئول.
        if (OtherSeat(term[i].Raw) is { } seat)
        {
            return [NormalisedText.Of(seat).Text];
        }

        if (folded.Length >= 6 && folded[^1] == 'ن' && folded[^3] == 'ي' && folded[^2] is 'و' or 'ي')
        {
            return [folded[..^2] + (folded[^2] == 'و' ? "ين" : "ون")];
        }

        return folded.Length >= 5 ? Foreign(folded) : [];
    }

    static readonly (string One, string Other)[] Variants =
    [
        ("اميرك", "امريك"), ("كوردستان", "كردستان"), ("انكليز", "انجليز"), ("انكلترا", "انجلترا"), ("ديبلوماس", "دبلوماس"), ("اورانيوم", "يورانيوم"),
        ("ترامب", "ترمب"), ("نتانياهو", "نتنياهو"),
    ];

    static string? OtherSeat(string raw)
    {
        var at = raw.AsSpan(1).IndexOfAny('ئ', 'ؤ', 'أ') + 1;
        return at == 0 || at >= raw.Length - 1 ? null
            : (raw[at - 1], raw[at], raw[at + 1]) switch
            {
                ('ي', 'ئ', _) => raw[..at] + 'أ' + raw[(at + 1)..],
                ('ي', 'أ', _) => raw[..at] + 'ئ' + raw[(at + 1)..],
                (_, 'ؤ', 'و') => raw[..at] + 'ئ' + raw[(at + 1)..],
                (_, 'ئ', 'و') => raw[..at] + 'ؤ' + raw[(at + 1)..],
                _ => null,
            };
    }

    // Letters that Arabic has not: Egypt writes g as ج where others write غ, Persian names lose their پ and گ, and ch is تش or ج.
    static string[] Foreign(string folded)
    {
        var forms = new List<string>();
        if (folded.Contains('غ', StringComparison.Ordinal))
        {
            forms.Add(folded.Replace('غ', 'ج'));
        }

        if (folded.AsSpan().IndexOfAny("پگچژ") >= 0)
        {
            forms.Add(folded.Replace('پ', 'ب').Replace('گ', 'ك').Replace('چ', 'ج').Replace('ژ', 'ج'));
        }

        if (folded.Contains('چ', StringComparison.Ordinal))
        {
            var arabic = folded.Replace('پ', 'ب').Replace('گ', 'ك').Replace('ژ', 'ج');
            forms.Add(arabic.Replace("چ", "تش", StringComparison.Ordinal));
            forms.Add(arabic.Replace('چ', 'ش'));
        }
        else if (folded.IndexOf("تش", StringComparison.Ordinal) > 0)
        {
            forms.Add(folded.Replace("تش", "ج", StringComparison.Ordinal));
        }

        return [.. forms];
    }

    static bool AreSame(TermWord[] a, TermWord[] b) => a.Length == b.Length && a.Zip(b).All(pair => pair.First.Folded == pair.Second.Folded);

    static void Add(List<TermWord[]> shapes, TermWord[] shape)
    {
        if (!shapes.Exists(known => AreSame(known, shape)))
        {
            shapes.Add(shape);
        }
    }
}
