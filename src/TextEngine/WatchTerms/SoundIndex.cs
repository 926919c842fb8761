namespace TextEngine.WatchTerms;

/// <summary>Finds words of terms by how they sound: by consonants first, then vowel by vowel.</summary>
sealed class SoundIndex
{
    readonly Dictionary<uint, List<Entry>> entries = [];

    readonly record struct Entry(int Symbol, byte Scripts, Sound Sound, Consonant Written = Consonant.None);

    /// <summary>Scripts, as bits, whose words may be found by sound.</summary>
    public int Scripts { get; private set; }

    /// <summary>
    /// Adds a word of a term, to be found in the scripts given as bits; <paramref name="local"/> are the variants that the term's language asks
    /// for, in Kurdish those that the word's place in the term allows.
    /// </summary>
    public void Add(int symbol, TermWord word, int scripts, int local = 0)
    {
        var source = word.Script is Script.Arabic or Script.Kurdish or Script.Hebrew ? word.Raw : word.Folded;
        source = word.Script == Script.Arabic && source[^1] == 'ی' && !SoundReader.EndsInA(source) ? source[..^1] + 'ي' : source;
        var variants = SoundReader.VariantsOf(source, word.Script);
        variants = word.Script switch { Script.Latin => variants | local, Script.Kurdish => variants & local, _ => variants };
        for (var variant = 0; variant < SoundReader.Variants; variant++)
        {
            if ((variant & ~variants) != 0)
            {
                continue;
            }

            var sound = SoundReader.Read(source, word.Script, variant, word.Raw);
            if (sound.Count == 0 || sound.TooLong || (sound.Count == 1 && sound.Slot(0) == 0 && sound.Slot(1) == 0))
            {
                continue;
            }

            Scripts |= scripts;
            Add(symbol, scripts, sound);
            if ((scripts & (1 << (int)Script.Arabic)) != 0 && word.Script is Script.Latin or Script.Cyrillic && sound.Count > 2)
            {
                AddArabicG(symbol, sound);
                AddFrenchCh(symbol, sound);
            }

            if ((scripts & (1 << (int)Script.Latin)) != 0)
            {
                foreach (var (heard, written) in Orthographies)
                {
                    if (sound.Count > 1 && sound.Replace(heard, written) is { } other)
                    {
                        Add(symbol, 1 << (int)Script.Latin, other, written);
                    }
                }
            }
        }
    }

    // Egypt writes the g of other languages as ج: يفجيني.
    void AddArabicG(int symbol, in Sound sound)
    {
        if (sound.Replace(sound.Script == Script.Cyrillic ? Consonant.Gh : Consonant.G, Consonant.J) is { } other)
        {
            Add(symbol, 1 << (int)Script.Arabic, other);
        }
    }

    // The Maghreb spells ش as French does: Ghannouchi.
    void AddFrenchCh(int symbol, in Sound sound)
    {
        if (sound.Script == Script.Latin && sound.Replace(Consonant.Ch, Consonant.Sh) is { } other)
        {
            Add(symbol, 1 << (int)Script.Arabic, other);
        }
    }

    // Letters of Latin script that one language reads otherwise than the others: Turkish cihad, Egyptian Gamal, German Chamenei, French Hachd.
    static readonly (Consonant Heard, Consonant Written)[] Orthographies =
        [(Consonant.J, Consonant.C), (Consonant.J, Consonant.G), (Consonant.Kh, Consonant.Ch), (Consonant.Sh, Consonant.Ch)];

    void Add(int symbol, int scripts, in Sound sound, Consonant written = Consonant.None)
    {
        var key = sound.Key();
        if (!entries.TryGetValue(key, out var list))
        {
            entries.Add(key, list = []);
        }

        list.Add(new Entry(symbol, (byte)scripts, sound, written));
    }

    /// <summary>Adds every symbol that a word of the text may be by sound, unless the list has it from <paramref name="from"/> on.</summary>
    public void Find(in Sound sound, bool capital, WordTraits traits, byte span, List<Candidate> found, int from)
    {
        if (sound.Count == 0 || sound.TooLong || !entries.TryGetValue(sound.Key(), out var list))
        {
            return;
        }

        foreach (var entry in list)
        {
            if ((entry.Scripts & (1 << (int)sound.Script)) == 0 || Has(found, from, entry.Symbol, span))
            {
                continue;
            }

            var grade = SoundComparison.Compare(entry.Sound, sound);
            if (grade == 0 || (entry.Written != Consonant.None && !IsWrittenSo(entry, sound)))
            {
                continue;
            }

            var sure = capital && IsSure(entry.Sound, sound, grade);
            found.Add(new Candidate(entry.Symbol, traits | (sure ? WordTraits.Sound : WordTraits.LooseSound)
                | (entry.Sound.Script != sound.Script ? WordTraits.OtherScript : 0), span));
        }
    }

    // One language's letter is taken at its word: Turkish Cemal is Jamal, but Kamal is not.
    static bool IsWrittenSo(in Entry entry, in Sound text)
    {
        for (var i = 0; i < text.Count; i++)
        {
            if (entry.Sound[i] == entry.Written && text[i] != entry.Written)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Two consonants are in many words: only a long vowel that both write makes them the name's own.</summary>
    public static bool IsSure(in Sound term, in Sound text, int grade) => text.Count > 3 || (grade == 2 && (text.Count == 3
        || (text.Count == 2 && (SoundComparison.IsDistinct(term) || IsAynNisba(text)))));

    // Ayn, a long vowel and the -i of families are three letters more than other words of two consonants have: عامري, عبادي.
    static bool IsAynNisba(in Sound text) => text.HasAyn(0) && (text.Slot(0) == (Sound.Any << 4 | Sound.A) || text.Slot(1) != 0)
        && text.Slot(2) == Sound.I;

    static bool Has(List<Candidate> found, int from, int symbol, byte span)
    {
        for (var i = from; i < found.Count; i++)
        {
            if (found[i].Symbol == symbol && found[i].Span == span && (found[i].Traits & (WordTraits.Sound | WordTraits.LooseSound)) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
