namespace TextEngine.WatchTerms;

/// <summary>Compares the sounds of two words that have the same consonant key.</summary>
static class SoundComparison
{
    /// <summary>2 when they are one name, 1 when they may be, 0 when they are not.</summary>
    public static int Compare(in Sound term, in Sound text)
    {
        if (term.Count != text.Count || term.TooLong || text.TooLong)
        {
            return 0;
        }

        if (term.Count == 2 && text.HasDoubled && IsDistinct(term))
        {
            return 0;
        }

        var grade = 2;
        var missing = 0;
        var isArabic = term.Script == Script.Arabic || text.Script == Script.Arabic;
        for (var i = 0; i < term.Count && grade > 0; i++)
        {
            var heard = isArabic && i == term.Count - 1 && i > 1 && Consonants.AreSibilants(term[i], text[i]) ? 1 : term[i] == text[i] || (isArabic && Consonants.AreOneInArabic(term[i], text[i])) ? 2
                : isArabic && term.Count > 3 && Consonants.AreKurdishG(term[i], text[i]) ? 1
                : Consonants.Compare(term[i], text[i], i == term.Count - 1, term.Count < 3);
            grade = Math.Min(grade, Math.Min(heard, Slot(term, text, i, ref missing)));

            // A th for ت is rare, and so is an o for the vowel after it that Arabic does not write: Hafthor is no حفتر.
            if (isArabic && (term[i], text[i]) is (Consonant.T, Consonant.Th) or (Consonant.Th, Consonant.T)
                && Math.Min(term.Slot(i + 1), text.Slot(i + 1)) == 0 && Math.Max(term.Slot(i + 1), text.Slot(i + 1)) == Sound.O)
            {
                return 0;
            }
        }

        grade = Math.Min(grade, Last(term, text));

        // Roots of three consonants are many words when their vowels are not written: حماس and Hamas, but also همس and حمص.
        return missing > 1 && term.Count <= 3 ? Math.Min(grade, 1) : grade;
    }

    /// <summary>True when the word has what few other words have: a long vowel written twice, or th.</summary>
    public static bool IsDistinct(in Sound sound)
    {
        for (var i = 0; i <= sound.Count; i++)
        {
            if (HasDouble(sound.Slot(i)) || (i < sound.Count && sound[i] == Consonant.Th))
            {
                return true;
            }
        }

        return false;
    }

    // The vowels before consonant i.
    static int Slot(in Sound term, in Sound text, int i, ref int missing)
    {
        int a = term.Slot(i), b = text.Slot(i);
        if (a == b)
        {
            return 2;
        }

        int first = Collapse(a), second = Collapse(b);
        var isArabic = term.WritesShortVowels != text.WritesShortVowels && (term.Script == Script.Arabic || text.Script == Script.Arabic);
        var ayn = i > 0 && (term.HasAyn(i) || text.HasAyn(i));
        var lengths = HasDouble(a) == HasDouble(b) || ayn || (term.Count > 2 && term.WritesShortVowels && text.WritesShortVowels) ? 2 : 1;
        if (Aligns(first, second) || Aligns(a, b))
        {
            return Math.Min(lengths, !IsLongForShort(term, text, first, second) ? 2 : term.Count > 2 || !HasDouble(a) ? 1 : 0);
        }

        // A word may begin with alef or ayn for the vowel that it writes next: عامري, איסמעיל.
        if (i == 0 && (Aligns(WithoutInitial(first), second) || Aligns(first, WithoutInitial(second))))
        {
            return lengths;
        }

        // Hebrew leaves alef out inside a word, or writes the hamza of a'i as one.
        if ((term.Script == Script.Hebrew || text.Script == Script.Hebrew)
            && (IsBrokenDiphthong(first, second) || (!term.WritesShortVowels && !text.WritesShortVowels && Aligns(WithoutA(first), WithoutA(second)))))
        {
            return lengths;
        }

        // A script without short vowels may lack one that the other writes; beside ي and و, the vowel of their diphthong.
        var lacks = term.WritesShortVowels == text.WritesShortVowels
            ? !term.WritesShortVowels && (LacksBeside(term, text, first, second) || LacksBeside(text, term, second, first))
            : term.WritesShortVowels ? Lacks(second, first) : Lacks(first, second);
        var isFirst = i == 0 && !term.StartsDoubled && !text.StartsDoubled;
        if (lacks && !(isArabic ? IsWritten(a, b, isFirst) : isFirst && (first == 0 || second == 0)))
        {
            missing += !ayn && (first == 0 || second == 0) ? 1 : 0;
            return isArabic && IsLongBeforeNisba(term, text, i) ? 0 : lengths;
        }

        // English u, a last o and i are heard as a and ai elsewhere: Trump, ترامب; Witkoff, ویتکاف; Biden, بايدن.
        if (i > 0 && term.Count > 2 && (term.Script == Script.Latin) != (text.Script == Script.Latin))
        {
            var (latin, other) = term.Script == Script.Latin ? (first, second) : (second, first);
            var isLast = i == term.Count - 1 && term.Slot(i + 1) == 0 && text.Slot(i + 1) == 0;
            if ((other == Sound.A && (latin == Sound.U || (latin == Sound.O && term.Count > 3 && isLast)))
                || (latin == Sound.I && other == (Sound.A << 4 | Sound.I)))
            {
                return ++missing == 1 ? 1 : 0;
            }
        }

        // Siemens is Сименс.
        if (i > 0 && term.Count > 3 && Math.Min(first, second) == Sound.I && Math.Max(first, second) == (Sound.I << 4 | Sound.E))
        {
            return 1;
        }

        // Arabic breaks the first two consonants of other languages: Dmitry, ديمتري.
        if (i == 1 && term.Count > 3 && term.WritesShortVowels && !text.WritesShortVowels && first == 0 && second is Sound.A or Sound.I or Sound.U)
        {
            return ++missing == 1 ? 1 : 0;
        }

        // Between two consonants some languages put a vowel: Quds and Kudüs, Badr and Bader.
        return term.WritesShortVowels && text.WritesShortVowels && i > 0 && term.Count > 2
            && (first == 0 || second == 0) && first + second <= Sound.U && ++missing == 1 ? 1 : 0;
    }

    // Of a short a and an i before the ending of families the i is long, and so written: Hamidi is حميدي and no حمدي.
    static bool IsLongBeforeNisba(in Sound term, in Sound text, int i)
    {
        var (arabic, other) = term.WritesShortVowels ? (text, term) : (term, text);
        return i == term.Count - 1 && i > 0 && arabic.Slot(i) == 0 && other.Slot(i) == Sound.I
            && arabic.Slot(i - 1) is 0 or Sound.Any && other.Slot(i - 1) == Sound.A
            && arabic.Slot(i + 1) == Sound.I && other.Slot(i + 1) == Sound.I;
    }

    // What Arabic never leaves out: the vowel that a word begins with (but Ezzor has the article in it), and diphthongs: Hussein is no حسن.
    static bool IsWritten(int a, int b, bool first) => (a == 0 || b == 0)
        && (first || (a | b) is (Sound.E << 4 | Sound.I) or (Sound.A << 4 | Sound.I) or (Sound.E << 4 | Sound.E) or (Sound.A << 4 | Sound.U));

    // The vowels after the last consonant: no script leaves them out, but a final -a may be written as ة or ه, and Russian has its cases.
    static int Last(in Sound term, in Sound text)
    {
        int a = term.Slot(term.Count), b = text.Slot(text.Count);
        int first = Collapse(a), second = Collapse(b);
        var lengths = HasDouble(a) == HasDouble(b) ? 2 : 1;
        if (text.Script == Script.Cyrillic && ((IsCaseEnding(second) && (first is 0 or Sound.A or Sound.E || IsSoft(term, first)))
            || (first == Sound.I && IsSoftCase(second) && term.Count > 2)))
        {
            return lengths;
        }

        if ((term.AynEnd && IsAfterAyn(first, second)) || (text.AynEnd && IsAfterAyn(second, first))
            || (term.AynEnd && Aligns((first << 4) | Sound.A, second))
            || (text.AynEnd && Aligns(first, (second << 4) | Sound.A)))
        {
            return 2;
        }

        // Qaani is no قانع.
        if (((term.AynEnd && first == 0 && second == Sound.I) || (text.AynEnd && second == 0 && first == Sound.I))
            && !IsDistinct(term) && !IsDistinct(text))
        {
            return 1;
        }

        // A final h may be written by both, as in نبيه and Nabih.
        if (IsSoft(term, first) != IsSoft(text, second) && (!term.SoftEnd || !text.SoftEnd || !Aligns(first, second)))
        {
            return IsSoft(term, first) ? Soft(first, second) : Soft(second, first);
        }

        return Aligns(first, second) || Aligns(a, b) ? lengths : 0;
    }

    // A last ayn that no vowel is written before is heard with -ie or -ea: رافع, Rafie, Rafea.
    static bool IsAfterAyn(int written, int other) => other == (Sound.E << 4 | Sound.A)
        || (written == 0 && other == (Sound.I << 4 | Sound.E));

    // ة and ه stand for -a or -e; after alef they may also be heard as nothing (شاه), but سليمانية is not Soleimani; after a consonant
    // also for the pronoun -uh or -o (عبده, Abduh, Abdo).
    static int Soft(int written, int other) =>
        ((other & 15) is Sound.A or Sound.E or Sound.Any && Aligns((written << 4) | Sound.E, other)) || Aligns((written << 4) | Sound.A, other)
            || (written == Sound.A && Aligns(written, other)) ? 2
            : written == 0 && other is Sound.U or Sound.O ? 1 : 0;

    // Only scripts without short vowels end in a letter that may be one.
    static bool IsSoft(in Sound sound, int last) => sound.SoftEnd && !sound.WritesShortVowels && Length(last) < 3;

    // Сергея and Юрию for names in й.
    static bool IsSoftCase(int slot) => slot is (Sound.E << 4 | Sound.A) or (Sound.E << 4 | Sound.U) or (Sound.I << 4 | Sound.A) or (Sound.I << 4 | Sound.U);

    static bool IsCaseEnding(int slot) => Length(slot) <= 1 || slot is (Sound.O << 4 | Sound.I) or (Sound.E << 4 | Sound.I);

    // A long vowel that an Arabic word writes, where the other has a vowel that is rarely long: alef and e, or in a short word ي and e.
    static bool IsLongForShort(in Sound term, in Sound text, int first, int second)
    {
        if (term.WritesShortVowels == text.WritesShortVowels)
        {
            return false;
        }

        var (written, other) = term.WritesShortVowels ? (second, first) : (first, second);
        return other == Sound.E && (written == Sound.A || (written == Sound.I && term.Count <= 3));
    }

    static int WithoutInitial(int slot)
    {
        var shift = (Length(slot) - 1) * 4;
        return shift > 0 && (slot >> shift == Sound.Any || slot is (Sound.I << 4 | Sound.E)) ? slot & ((1 << shift) - 1) : slot;
    }

    static int WithoutA(int slot)
    {
        var rest = 0;
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            var vowel = (slot >> shift) & 15;
            rest = vowel is 0 or Sound.A ? rest : (rest << 4) | vowel;
        }

        return rest;
    }

    // Of two scripts without short vowels, Hebrew writes u that Arabic does not, and leaves out alef inside a word.
    static bool LacksBeside(in Sound one, in Sound other, int slot, int otherSlot) =>
        slot == 0 && ((one.Script == Script.Arabic && other.Script == Script.Hebrew && Length(otherSlot) == 1)
            || (one.Script == Script.Hebrew && otherSlot == Sound.A));

    static bool IsBrokenDiphthong(int a, int b) =>
        Math.Min(a, b) == Sound.A && (Math.Max(a, b) is (Sound.A * 16 + Sound.E) or (Sound.A * 16 + Sound.I));

    // U and a beside each other have an ayn between them, as in Muammar. The written vowels of an abjad are all in the other word, which
    // has at most one short vowel more, two beside ي or و.
    static bool Lacks(int abjad, int other)
    {
        if (abjad is 0 or Sound.A && other is (Sound.U << 4 | Sound.A) or (Sound.E << 4 | Sound.A))
        {
            return true;
        }

        var spare = Length(other) - Length(abjad);
        if (spare < 1 || spare > (abjad == 0 || !HasGlide(abjad) ? 1 : 2))
        {
            return false;
        }

        if (abjad != 0 && !HasGlide(abjad))
        {
            return false;
        }

        while (abjad != 0 && other != 0)
        {
            if (Same(abjad & 15, other & 15))
            {
                abjad >>= 4;
            }

            other >>= 4;
        }

        return abjad == 0;
    }

    static bool Aligns(int a, int b)
    {
        while (a != 0 && b != 0)
        {
            if (!Same(a & 15, b & 15))
            {
                return false;
            }

            a >>= 4;
            b >>= 4;
        }

        return a == b;
    }

    static bool Same(int a, int b) => a == b || a == Sound.Any || b == Sound.Any
        || (a + b is Sound.A + Sound.E or Sound.E + Sound.I or Sound.O + Sound.U && Math.Abs(a - b) == 1);

    static bool HasGlide(int slot)
    {
        for (; slot != 0; slot >>= 4)
        {
            if ((slot & 15) is Sound.I or Sound.U)
            {
                return true;
            }
        }

        return false;
    }

    // Doubled vowels are long ones: aa is a, ee is i, oo and ou are u; a, e and i in a row are one diphthong.
    static int Collapse(int slot)
    {
        var collapsed = 0;
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            var vowel = (slot >> shift) & 15;
            var last = collapsed & 15;
            if (vowel == 0)
            {
                continue;
            }

            if (last == vowel)
            {
                collapsed = vowel == Sound.E ? (collapsed & ~15) | Sound.I : vowel == Sound.O ? (collapsed & ~15) | Sound.U : collapsed;
            }
            else if (last == Sound.O && vowel == Sound.U)
            {
                collapsed = (collapsed & ~15) | Sound.U;
            }
            else if (last is Sound.E && vowel is Sound.I)
            {
                collapsed = (collapsed & ~15) | Sound.I;
            }
            else
            {
                collapsed = (collapsed << 4) | vowel;
            }
        }

        return collapsed;
    }

    static bool HasDouble(int slot)
    {
        for (; slot > 15; slot >>= 4)
        {
            if ((slot & 15) == Sound.A && ((slot >> 4) & 15) == Sound.A)
            {
                return true;
            }
        }

        return false;
    }

    static int Length(int slot)
    {
        var length = 0;
        for (; slot != 0; slot >>= 4)
        {
            length++;
        }

        return length;
    }
}
