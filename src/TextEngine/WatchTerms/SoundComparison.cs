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

        var grade = 2;
        for (var i = 0; i < term.Count && grade > 0; i++)
        {
            grade = Math.Min(grade, Math.Min(Consonants.Compare(term[i], text[i]), Slot(term, text, i)));
        }

        return Math.Min(grade, Slot(term, text, term.Count));
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

    static int Slot(in Sound term, in Sound text, int i)
    {
        int a = term.Slot(i), b = text.Slot(i);
        if (a == b)
        {
            return 2;
        }

        int first = Collapse(a), second = Collapse(b);
        var lengths = HasDouble(a) == HasDouble(b) ? 2 : 1;
        if (i == term.Count && End(term, text, first, second))
        {
            return lengths;
        }

        if (Aligns(first, second))
        {
            return lengths;
        }

        // Hebrew writes the hamza of a'i as a second alef.
        if ((term.Script == Script.Hebrew || text.Script == Script.Hebrew) && lengths == 1 && IsBrokenDiphthong(first, second))
        {
            return 1;
        }

        // A script without short vowels may lack one that the other writes; beside ي and و, the vowel of their diphthong.
        if (!term.WritesShortVowels && !text.WritesShortVowels)
        {
            return LacksBeside(term, text, first, second) || LacksBeside(text, term, second, first) ? lengths : 0;
        }

        return (!term.WritesShortVowels && Lacks(first, second)) || (!text.WritesShortVowels && Lacks(second, first)) ? lengths : 0;
    }

    // Of two scripts without short vowels, Hebrew writes u that Arabic does not, and leaves out alef inside a word.
    static bool LacksBeside(in Sound one, in Sound other, int slot, int otherSlot) =>
        slot == 0 && ((one.Script == Script.Arabic && other.Script == Script.Hebrew && Length(otherSlot) == 1)
            || (one.Script == Script.Hebrew && otherSlot == Sound.A));

    static bool IsBrokenDiphthong(int a, int b) =>
        Math.Min(a, b) == Sound.A && (Math.Max(a, b) is (Sound.A * 16 + Sound.E) or (Sound.A * 16 + Sound.I));

    static bool End(in Sound term, in Sound text, int first, int second)
    {
        var soft = term.SoftEnd || text.SoftEnd || term.Script == Script.Cyrillic || text.Script == Script.Cyrillic;
        return soft && Length(first) <= 1 && Length(second) <= 1 && (first == 0 || second == 0 || text.Script == Script.Cyrillic)
            && (Length(first) == 0 || Length(second) == 0 || first is Sound.A or Sound.E);
    }

    // The written vowels of an abjad are all in the other word, which has at most one short vowel more, two beside ي or و.
    static bool Lacks(int abjad, int other)
    {
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
            else if (last is Sound.E or Sound.I && vowel is Sound.E or Sound.I)
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
