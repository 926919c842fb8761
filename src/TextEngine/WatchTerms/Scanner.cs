using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Finds atoms in a field: words of the text become forms (symbols they may stand for), and from every form the trie is walked as far
/// as the text goes with it. One scanner serves one thread; nothing is allocated once its buffers have grown.
/// </summary>
sealed class Scanner(TermIndex index)
{
    const int MostSkipped = 2, MostNames = 3, LongestMisspelt = 32;

    readonly WordReader[] readers = [new(), new()];
    readonly WordMemo memo = new();
    readonly PhraseTrie trie = index.Trie;

    // What the word at hand may stand for, before it becomes forms.
    readonly List<Candidate> candidates = new(16);

    // The field's words, and which of them have to be looked up.
    WordPlace[] places = new WordPlace[512];
    readonly List<int> unknown = [];
    Candidate[] forms = new Candidate[512];
    int formCount;
    RawHit[] hits = new RawHit[256];
    readonly ArticleTable found = new();
    bool chained;
    int firstOfField;

    WordReader reader = null!;
    string text = "";
    HitField field;
    bool kurdish;
    bool? hasPersianLetter;

    // Letters that the field's language reads its own way, as variants of the sound reader.
    int local;

    /// <summary>The atoms that the article has, each with its first and last hit. Many articles are judged without it.</summary>
    public ArticleTable Found
    {
        get
        {
            if (!chained)
            {
                Chain();
            }

            return found;
        }
    }

    public int HitCount { get; private set; }

    public ref RawHit this[int hit] => ref hits[hit];

    public ReadOnlySpan<RawHit> Hits => hits.AsSpan(0, HitCount);

    public WordReader Reader(HitField of) => readers[(int)of];

    /// <summary>The atom's first hit in the article, or -1.</summary>
    public int FirstHit(int atom) => Found.Find(atom).First;

    public void Start()
    {
        HitCount = 0;
        chained = false;
        readers[0].Read([]);
        readers[1].Read([]);
    }

    public void Scan(string fieldText, HitField of)
    {
        text = fieldText;
        field = of;
        firstOfField = HitCount;
        reader = readers[(int)of];
        reader.Read(fieldText);
        hasPersianLetter = null;
        kurdish = index.MayBeKurdish && Marks.HasKurdishLetter(text);
        local = (index.Sounds.Scripts & (1 << (int)Script.Latin)) != 0 ? SoundReader.LocalLetters(text) : 0;
        FindForms();
        for (var word = 0; word < reader.Count; word++)
        {
            for (var i = places[word].FirstForm; i < places[word].EndOfForms; i++)
            {
                ref readonly var form = ref forms[i];
                Continue(form.Symbol, word, word + form.Span, form.Traits, false);
                if (word > 0 && trie[form.Symbol].FirstWordCount > 0)
                {
                    MendFirstWord(form, word);
                }
            }
        }
    }

    // With many terms, most of the time goes by waiting for memory: each step is done for all words before the next step, and has fetched what
    // that reads, so that the waits pass together.
    void FindForms()
    {
        var words = reader.Words;
        if (places.Length < words.Length)
        {
            places = new WordPlace[Math.Max(words.Length, places.Length * 2)];
        }

        for (var i = 0; i < words.Length; i++)
        {
            places[i].Slot = memo.SlotOf(KeyOf(words[i]));
            memo.Fetch(places[i].Slot);
        }

        formCount = 0;
        unknown.Clear();
        var soundsInArabic = !kurdish && (index.Sounds.Scripts & (1 << (int)Script.Arabic)) != 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (!Recall(words[i], ref places[i]))
            {
                index.Vocabulary.Fetch(words[i].Hash);
                unknown.Add(i);
            }
            else if (i + 1 < words.Length && ((words[i + 1].Gap & (WordGap.Joint | WordGap.Dot)) != 0 || soundsInArabic))
            {
                unknown.Add(i);
            }
        }

        foreach (var i in unknown)
        {
            Look(i, soundsInArabic);
        }

        foreach (ref readonly var form in forms.AsSpan(0, formCount))
        {
            trie.FetchEdges(form.Symbol);
        }
    }

    // Words of one folding are often told apart by their first or last letter (أن and إن, على and علي): they have slots of their own.
    ulong KeyOf(in Word word) => word.Hash + ((ulong)text[word.Start] << 32) + ((ulong)text[word.End - 1] << 48);

    // حزب الله and خامنه ای are one word each by sound.
    static bool IsEndOfName(ReadOnlySpan<char> word, ReadOnlySpan<char> next) =>
        next is "الله" or "زاده" || (next is "اي" && word[^1] == 'ه');

    // All that is looked up of a word by itself follows from how it is written, outside of languages that read letters their own way.
    bool Recall(in Word word, ref WordPlace place)
    {
        ref readonly var known = ref memo[place.Slot];
        place.FirstForm = place.EndOfForms = formCount;
        if (kurdish || local != 0 || word.Length > Spelling.MostUnits || !known.Spelling.Is(Spelling.Of(text, word.Start, word.Length)))
        {
            place.Letters = default;
            return false;
        }

        place.Letters = known.Letters;
        place.MayBeName = known.MayBeName;
        Reserve(WordMemo.FewForms.Most);
        foreach (var form in known.Forms)
        {
            if (form.Span == 0)
            {
                break;
            }

            forms[formCount++] = form;
            trie.FetchNode(form.Symbol);
        }

        place.EndOfForms = formCount;
        return true;
    }

    // Looks a word up, alone and as one with those after it.
    void Look(int i, bool soundsInArabic)
    {
        var words = reader.Words;
        ref readonly var word = ref words[i];
        ref var place = ref places[i];
        place.FirstForm = formCount;
        if (!Recall(word, ref place))
        {
            Look(word, i, ref place);
            if (!kurdish && local == 0 && word.Length <= Spelling.MostUnits)
            {
                memo.Keep(KeyOf(word), Spelling.Of(text, word.Start, word.Length), place, forms.AsSpan(place.FirstForm, formCount - place.FirstForm));
            }
        }

        if (i + 1 < words.Length && (words[i + 1].Gap & (WordGap.Joint | WordGap.Dot)) != 0)
        {
            candidates.Clear();
            AddJoined(i);
            AddCandidates();
        }

        if (soundsInArabic && i + 1 < words.Length && (words[i + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
            && IsEndOfName(reader.LettersOf(word), reader.LettersOf(words[i + 1])))
        {
            candidates.Clear();
            AddSounds(reader.LettersOf(word), Script.Arabic, WordTraits.Joined, 2, i, i + 1);
            AddCandidates();
        }

        place.EndOfForms = formCount;
    }

    void Look(in Word word, int i, ref WordPlace place)
    {
        var letters = reader.LettersOf(word);
        place.Letters = letters.Length <= LongestMisspelt ? LetterSet.Of(letters) : default;
        place.MayBeName = Lexicon.IsNamePart(letters, word.Hash) || (letters[0] < 'א' && char.IsUpper(text[word.Start])
            && (letters.Length == 1 || (letters.Length is > 3 and < 12 && !Lexicon.IsTitle(letters) && !Lexicon.IsEveryday(letters) && Lexicon.SoundsGiven(letters, candidates))));
        candidates.Clear();
        AddWord(letters, word.Hash, i, i);
        AddCandidates();
    }

    void AddCandidates()
    {
        Reserve(candidates.Count);
        foreach (var candidate in candidates)
        {
            forms[formCount++] = candidate;
            trie.FetchNode(candidate.Symbol);
        }
    }

    void Reserve(int count)
    {
        if (formCount + count > forms.Length)
        {
            Array.Resize(ref forms, Math.Max(formCount + count, forms.Length * 2));
        }
    }

    // Everything that one word, or several joined ones, may stand for.
    void AddWord(ReadOnlySpan<char> letters, ulong hash, int first, int last)
    {
        var vocabulary = index.Vocabulary;
        var span = (byte)(last - first + 1);
        var traits = last > first ? WordTraits.Joined : WordTraits.None;
        AddEntry(vocabulary.Find(hash, letters), traits, false, span, first);
        if (!index.Patterns.IsEmpty)
        {
            index.Patterns.Find(letters, hash, text.AsSpan(reader.Words[first].Start..reader.Words[last].End), traits, candidates);
        }

        var initial = letters[0];
        if (initial < 'א')
        {
            if (letters.Length >= 5 && letters[^1] == 's')
            {
                AddEntry(vocabulary.Find(WordHash.Of(letters[..^1]), letters[..^1]), traits | WordTraits.Ending, false, span, first);
            }
        }
        else if (initial is >= 'ء' and <= 'ە')
        {
            AddArabicForms(letters, hash, traits, span, first, reader.Words[last].End);
        }
        else if (initial is >= 'א' and <= 'ת')
        {
            AddHebrewForms(letters, traits, span, first);
        }

        var script = Scripts.Of(initial);
        script = script == Script.Arabic && kurdish ? Script.Kurdish : script;
        if ((index.Sounds.Scripts & (1 << (int)script)) != 0)
        {
            AddSounds(letters, script, traits, span, first, last);
        }
    }

    void AddSounds(ReadOnlySpan<char> letters, Script script, WordTraits traits, byte span, int first, int last)
    {
        const int from = 0;
        var raw = text.AsSpan(reader.Words[first].Start..reader.Words[last].End);
        if (script is Script.Latin or Script.Cyrillic or Script.Greek)
        {
            if (!Lexicon.IsWord(letters))
            {
                AddReadings(letters, script, raw, char.IsUpper(raw[0]), traits, span, from);
                DropNamesakes(letters);
            }

            return;
        }

        if (raw.Length > 40)
        {
            return;
        }

        AddReadings(raw, script, [], true, traits, span, from);
        DropNamesakes(letters);
        if (script == Script.Hebrew)
        {
            for (var cut = 1; cut <= 2 && letters.Length - cut >= 3 && IsHebrewPrefix(letters[cut - 1]); cut++)
            {
                var trait = letters[cut - 1] == 'ה' && cut == 1 ? WordTraits.ArticleAdded : WordTraits.Proclitic;
                AddReadings(Marks.SkipLetters(raw, cut), script, [], true, traits | trait, span, from);
            }
        }
        else if (letters.Length >= 6 && letters.StartsWith("سيد"))
        {
            AddReadings(Marks.SkipLetters(raw, 3), script, [], true, traits | WordTraits.Proclitic, span, from);
        }
        else if (letters.Length >= 4 && Proclitics.MayStart(letters[0]))
        {
            Span<int> cuts = stackalloc int[Proclitics.Most];
            var count = Proclitics.Cuts(letters, cuts);
            for (var i = 0; i < count; i++)
            {
                var trait = (cuts[i] == -2 && letters[0] == 'ا' ? 0 : WordTraits.Proclitic) | (cuts[i] < 0 ? WordTraits.ArticleAdded : 0);
                AddReadings(Marks.SkipLetters(raw, Math.Abs(cuts[i])), script, [], true, traits | trait, span, from);
            }
        }
    }

    // What sounds as a name of the terms and is known as another's.
    void DropNamesakes(ReadOnlySpan<char> letters)
    {
        for (var i = candidates.Count - 1; i >= 0; i--)
        {
            if ((candidates[i].Traits & (WordTraits.Sound | WordTraits.LooseSound)) != 0
                && Namesakes.SoundsAsAnother(letters, index.WordOf(candidates[i].Symbol)))
            {
                candidates.RemoveAt(i);
            }
        }
    }

    void AddReadings(ReadOnlySpan<char> word, Script script, ReadOnlySpan<char> raw, bool capital, WordTraits traits, byte span, int from)
    {
        index.Sounds.Find(SoundReader.Read(word, script, 0, raw), capital, traits, span, candidates, from);
        var variants = SoundReader.VariantsOf(word, script) | (script == Script.Latin ? local : 0);
        for (var variant = 1; variant <= variants; variant++)
        {
            if ((variant & ~variants) == 0)
            {
                index.Sounds.Find(SoundReader.Read(word, script, variant, raw), capital, traits, span, candidates, from);
            }
        }

        var ending = EndingOf(word, script, raw);
        if (ending > 0)
        {
            index.Sounds.Find(SoundReader.Read(word[..^ending], script), capital, traits | WordTraits.Ending, span, candidates, from);
        }

        if (script == Script.Kurdish)
        {
            foreach (var kurdishEnding in KurdishEndings)
            {
                if (word.Length >= kurdishEnding.Length + 3 && IsWrittenFor(kurdishEnding, word[^kurdishEnding.Length..]))
                {
                    index.Sounds.Find(SoundReader.Read(word[..^kurdishEnding.Length], script), capital, traits | WordTraits.Ending, span, candidates, from);
                }
            }
        }
    }

    static bool IsWrittenFor(string folded, ReadOnlySpan<char> raw)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            if (CharacterFolding.Fold(raw[i]) != folded[i])
            {
                return false;
            }
        }

        return true;
    }

    // The plural of the people of a family, movement or country (حوثيون, حوثيين, החות'ים), and the oblique case of Kurmanji (Qudsê).
    static int EndingOf(ReadOnlySpan<char> word, Script script, ReadOnlySpan<char> raw) => script switch
    {
        Script.Arabic when word.Length >= 6 && word[^1] == 'ن' && word[^2] is 'و' or 'ي' && word[^3] == 'ي' => 2,
        Script.Hebrew when word.Length >= 5 && word[^1] == 'ם' && word[^2] == 'י' => 1,
        Script.Latin when raw.Length > 4 && raw[^1] == 'ê' => 1,
        _ => 0,
    };

    // Hebrew writes "and", "in", "to", "from", "that" and "the" as one with the next word.
    void AddHebrewForms(ReadOnlySpan<char> letters, WordTraits traits, byte span, int first)
    {
        for (var cut = 1; cut <= 2 && letters.Length - cut >= 2 && IsHebrewPrefix(letters[cut - 1]); cut++)
        {
            var rest = letters[cut..];
            AddEntry(index.Vocabulary.Find(WordHash.Of(rest), rest), traits | (letters[0] == 'ה' ? WordTraits.ArticleAdded : WordTraits.Proclitic),
                false, span, first);
        }
    }

    static bool IsHebrewPrefix(char letter) => letter is 'ו' or 'ה' or 'ב' or 'ל' or 'כ' or 'מ' or 'ש';

    void AddArabicForms(ReadOnlySpan<char> letters, ulong hash, WordTraits traits, byte span, int first, int end)
    {
        if (letters.Length >= 3 && Proclitics.MayStart(letters[0]))
        {
            Span<int> cuts = stackalloc int[Proclitics.Most];
            var count = Proclitics.Cuts(letters, cuts);
            for (var i = 0; i < count; i++)
            {
                AddCut(letters, hash, cuts[i], traits, span, first);
            }
        }

        // Persian and Urdu write a title as one with the first name: سیدحسن.
        if (letters.Length >= 6 && letters.StartsWith("سيد"))
        {
            AddCut(letters, hash, 3, traits, span, first);
        }

        // Arabic has no p, g, ch and zh: ترامپ is ترامب.
        if (letters.Length >= 5 && letters.IndexOfAny("پگچژ") >= 0)
        {
            Span<char> arabic = stackalloc char[Math.Min(letters.Length, LongestMisspelt)];
            for (var i = 0; i < arabic.Length; i++)
            {
                arabic[i] = letters[i] switch { 'پ' => 'ب', 'گ' => 'ك', 'چ' or 'ژ' => 'ج', var other => other };
            }

            var arabicHash = WordHash.Of(arabic);
            AddEntry(index.Vocabulary.Find(arabicHash, arabic), traits | WordTraits.Sound, false, span, first);
            if (Proclitics.MayStart(arabic[0]))
            {
                Span<int> cuts = stackalloc int[Proclitics.Most];
                var count = Proclitics.Cuts(arabic, cuts);
                for (var i = 0; i < count; i++)
                {
                    AddCut(arabic, arabicHash, cuts[i], traits | WordTraits.Sound, span, first);
                }
            }
        }

        if (letters.Length is > 5 and <= LongestMisspelt && letters.IndexOf("تش") is > 0 and var ch)
        {
            AddWithJeem(letters, ch, traits, span, first);
        }

        // Persian and Kurdish write ezafe, plural and "-i" as one with the word; only their own yeh is taken for one.
        if (letters[^1] == 'ي' && letters.Length >= 4 && text[end - 1] == 'ی')
        {
            AddEnding(letters[..^1], traits, span, first);
            if (letters.EndsWith("هاي"))
            {
                AddEnding(letters[..^3], traits, span, first);
            }
        }
        else if (letters.Length >= 5 && letters.EndsWith("ها"))
        {
            AddEnding(letters[..^2], traits, span, first);
        }

        if (kurdish)
        {
            foreach (var ending in KurdishEndings)
            {
                if (letters.Length >= ending.Length + 3 && letters.EndsWith(ending))
                {
                    AddEnding(letters[..^ending.Length], traits, span, first);
                }
            }
        }
    }

    // "In", "from", "too", "a", "the", "their" and plurals, as Kurdish writes them behind a name; folded.
    static readonly string[] KurdishEndings = ["يهكان", "هكان", "كان", "يهك", "هكه", "هوه", "يهوه", "وه", "دا", "يش", "ش", "يان", "ان"];

    // A name with the ch of another language, where the term has one letter for it: عراقتشي, عراقجي.
    void AddWithJeem(ReadOnlySpan<char> letters, int at, WordTraits traits, byte span, int first)
    {
        Span<char> jeem = stackalloc char[LongestMisspelt];
        letters[..at].CopyTo(jeem);
        jeem[at] = 'ج';
        letters[(at + 2)..].CopyTo(jeem[(at + 1)..]);
        jeem = jeem[..(letters.Length - 1)];
        AddEntry(index.Vocabulary.Find(WordHash.Of(jeem), jeem), traits | WordTraits.Sound, false, span, first);
    }

    void AddCut(ReadOnlySpan<char> letters, ulong hash, int cut, WordTraits traits, byte span, int first)
    {
        var length = Math.Abs(cut);
        var rest = letters[length..];
        var restHash = rest.Length < WordHash.Power.Length
            ? hash - WordHash.Of(letters[..length]) * WordHash.Power[rest.Length]
            : WordHash.Of(rest);
        var entry = index.Vocabulary.Find(restHash, rest);
        var proclitic = cut == -2 && letters[0] == 'ا' ? WordTraits.None : WordTraits.Proclitic;
        if (entry >= 0)
        {
            AddEntry(entry, traits | proclitic, cut < 0, span, first);
        }

        if (!index.Patterns.IsEmpty)
        {
            index.Patterns.Find(rest, restHash, [], traits | proclitic | (cut < 0 ? WordTraits.ArticleAdded : 0), candidates);
        }

        // لله is ل before الله, whose article is a part of the name.
        if (cut < 0 && rest.SequenceEqual("له"))
        {
            AddEntry(index.Vocabulary.Find(WordHash.Of("الله"), "الله"), traits | WordTraits.Proclitic, false, span, first);
        }
    }

    void AddEnding(ReadOnlySpan<char> stem, WordTraits traits, byte span, int first)
    {
        if (stem.Length >= 2)
        {
            AddEntry(index.Vocabulary.Find(WordHash.Of(stem), stem), traits | WordTraits.Ending, false, span, first);
        }
    }

    void AddEntry(int entry, WordTraits traits, bool article, byte span, int first)
    {
        if (entry < 0)
        {
            return;
        }

        var uses = index.Uses[entry];
        if ((uses & TermIndex.PlainUse) != 0)
        {
            candidates.Add(new Candidate(entry * 2, article ? traits | WordTraits.ArticleAdded : traits, span));
        }

        if ((uses & TermIndex.ArticleUse) != 0)
        {
            candidates.Add(new Candidate(entry * 2 + 1, article ? traits : traits | WordTraits.ArticleMissing, span));
        }

        // Translations list their plurals: brigades are no لواء.
        if ((uses & TermIndex.OtherReadings) != 0 && (traits & WordTraits.Ending) == 0)
        {
            foreach (var reading in index.Readings[entry])
            {
                if ((reading.Traits & WordTraits.CapitalOnly) == 0 || char.IsUpper(text[reader.Words[first].Start]))
                {
                    candidates.Add(new Candidate(reading.Symbol, (reading.Traits & ~WordTraits.CapitalOnly) | traits, span));
                }
            }
        }
    }

    // Qa'ani, حزب‌الله and I.R.G.C. are also one word each.
    void AddJoined(int first)
    {
        var words = reader.Words;
        var last = first;
        while (last + 1 < words.Length && (words[last + 1].Gap & (WordGap.Joint | WordGap.Dot)) != 0
            && last - first < ((words[last + 1].Gap & WordGap.Dot) != 0 ? 7 : 3)
            && ((words[last + 1].Gap & WordGap.Dot) == 0 || (words[last].FoldedLength == 1 && words[last + 1].FoldedLength == 1)))
        {
            last++;
            var letters = reader.Letters[words[first].FoldedStart..(words[last].FoldedStart + words[last].FoldedLength)];
            if (letters.Length > 48)
            {
                return;
            }

            // A doubled alef may stand across the joint: قا‌آنی.
            var at = words[last].FoldedStart - words[first].FoldedStart;
            letters = letters[at - 1] == 'ا' && letters[at] == 'ا' ? string.Concat(letters[..at], letters[(at + 1)..]) : letters;
            AddWord(letters, WordHash.Of(letters), first, last);
        }
    }

    // At a node after words first..next-1: reports what ends here and goes on with the next word.
    void Continue(int node, int first, int next, WordTraits traits, bool crossed)
    {
        ref readonly var place = ref trie[node];
        if (place.HasOneOutput)
        {
            Report(place.Output, first, next - 1, traits, crossed);
        }
        else if (place.HasOutputs)
        {
            foreach (ref readonly var output in trie.OutputsOf(place))
            {
                Report(output, first, next - 1, traits, crossed);
            }
        }

        if (place.EdgeCount > 0 && next < reader.Count)
        {
            Step(node, first, next, traits, crossed, MostSkipped, MostNames);
        }
    }

    void Step(int node, int first, int next, WordTraits traits, bool crossed, int skips, int names)
    {
        if (next >= reader.Count)
        {
            return;
        }

        var gap = reader.Words[next].Gap;
        if ((gap & (WordGap.Stop | WordGap.Break)) != 0 && !IsInitial(next - 1, gap))
        {
            if ((gap & WordGap.Stop) != 0 || !index.HasCommas)
            {
                return;
            }

            crossed = true;
        }

        var holds = false;
        ref readonly var place = ref places[next];
        var end = place.EndOfForms;

        // حزب نصر الله is no حزب الله.
        if ((traits & WordTraits.LongerName) != 0 && Lexicon.FollowsName(reader.LettersOf(reader.Words[next])))
        {
            end = place.FirstForm;
        }

        for (var i = place.FirstForm; i < end; i++)
        {
            ref readonly var form = ref forms[i];
            if ((form.Traits & WordTraits.Proclitic) != 0)
            {
                continue;
            }

            var child = trie.Next(node, form.Symbol);
            if (child > 0)
            {
                holds = true;
                Continue(child, first, next + form.Span, traits | form.Traits, crossed);
            }
        }

        if (holds)
        {
            return;
        }

        if (skips > 0 && next + 1 < reader.Count
            && Particles.MayStandBetween(reader.LettersOf(reader.Words[next]), (reader.Words[next + 1].Gap & WordGap.Joint) != 0))
        {
            Step(node, first, next + 1, traits, crossed, skips - 1, names);
        }

        // A translation or other name in brackets: Quds (Jerusalem) Force.
        if (skips > 0 && next + 1 < reader.Count && IsBracketed(next))
        {
            Step(node, first, next + 1, traits, crossed, 0, 0);
        }

        // A person's other names: a first one, and after it what only follows one (بدر الدين).
        if (place.MayBeName && names > 0 && !crossed && (traits & WordTraits.Typo) == 0
            && (names < MostNames || !Lexicon.FollowsName(reader.LettersOf(reader.Words[next])))
            && !(reader.LettersOf(reader.Words[next]) is "عبد" or "ابو" or "ابي" or "abdul" or "abdel" or "abu"))
        {
            Step(node, first, next + 1, traits | WordTraits.LongerName, crossed, skips, names - 1);
        }

        // عبد and أبو are half a name: علي عبد الله صالح, but عمار عبد الحكيم is no عمار الحكيم.
        if (place.MayBeName && names > 1 && !crossed && (traits & WordTraits.Typo) == 0 && next + 1 < reader.Count
            && reader.LettersOf(reader.Words[next]) is "عبد" or "ابو" or "ابي" or "abdul" or "abdel" or "abu"
            && (reader.Words[next + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0)
        {
            Step(node, first, next + 2, traits | WordTraits.LongerName, crossed, skips, names - 2);
        }

        // A name that nobody has told us of stands between a first name and a family's with its article: هادي فرحان العامري.
        if (!place.MayBeName && names == MostNames && next == first + 1 && next + 1 < reader.Count && !crossed && IsUnknownName(next))
        {
            Step(node, first, next + 1, traits | WordTraits.LongerName, crossed, skips, 0);
        }

        if ((traits & (WordTraits.Typo | WordTraits.LongerName)) == 0 && place.Letters.Length >= 3)
        {
            MendWord(node, first, next, traits, crossed);
        }
    }

    // The full stop after an initial ends no sentence: Donald J. Trump.
    bool IsInitial(int word, WordGap gap) => gap == (WordGap.Stop | WordGap.Space) && reader.Words[word].Length == 1
        && char.IsUpper(text[reader.Words[word].Start]);

    bool IsUnknownName(int word)
    {
        var words = reader.Words;
        var letters = reader.LettersOf(words[word]);
        var after = reader.LettersOf(words[word + 1]);
        return letters.Length is > 3 and < 9 && (letters[0] < 'א' ? char.IsUpper(text[words[word].Start]) && !Lexicon.IsTitle(letters)
                && Particles.IsLatinArticle(after, true) && word + 2 < words.Length && (words[word + 2].Gap & WordGap.Joint) != 0
            : letters[0] is not ('و' or 'ي' or 'ا') && letters is not [_, 'ا', 'ل', ..] && after is ['ا', 'ل', _, _, _, ..])
            && (places[word - 1].MayBeName || Lexicon.IsFirstName(reader.LettersOf(words[word - 1]), words[word - 1].Hash))
            && !Lexicon.IsOwnWord(letters);
    }

    bool IsBracketed(int word)
    {
        ref readonly var at = ref reader.Words[word];
        return (at.Gap & WordGap.Quote) != 0 && text[at.Start - 1] == '(' && at.End < text.Length && text[at.End] == ')';
    }

    // The words before hold; this one is none of those that could follow: is it one of them with one letter wrong?
    void MendWord(int node, int first, int next, WordTraits traits, bool crossed)
    {
        var written = places[next].Letters;
        foreach (ref readonly var edge in trie.EdgesOf(trie[node]))
        {
            if (edge.Letters.Length >= 3 && edge.Letters.MayBeMisspelt(written, 3)
                && IsMisspelt(reader.Words[next], edge.Symbol, false))
            {
                Continue(edge.Node, first, next + 1, traits | WordTraits.Typo, crossed);
            }
        }
    }

    // The word at hand is the second of some phrases; the word before it may be the first, misspelt.
    void MendFirstWord(in Candidate second, int word)
    {
        if (word > 1 && reader.Words[word - 1].FoldedLength is 2 or 3
            && reader.Words[word - 1].Gap == WordGap.Space && reader.Words[word].Gap == WordGap.Space)
        {
            MendBrokenWord(second, word);
        }

        var written = places[word - 1].Letters;
        var gap = reader.Words[word].Gap;
        var crossed = (gap & WordGap.Break) != 0;
        if (written.Length < 4 || (second.Traits & WordTraits.Proclitic) != 0 || (gap & WordGap.Stop) != 0 || (crossed && !index.HasCommas)
            || ((gap & WordGap.Joint) != 0 && reader.Words[word].FoldedLength < 3))
        {
            return;
        }

        foreach (ref readonly var firstWord in trie.FirstWordsOf(trie[second.Symbol]))
        {
            if (firstWord.Letters.MayBeMisspelt(written, 5) && !MayBe(word - 1, firstWord.Symbol)
                && IsMisspelt(reader.Words[word - 1], firstWord.Symbol, true))
            {
                Continue(firstWord.Node, word - 1, word + second.Span, second.Traits | WordTraits.Typo, crossed);
            }
        }
    }

    // A space inside the first word of a phrase, as from columns of print: كتا ئب حزب الله.
    void MendBrokenWord(in Candidate second, int word)
    {
        ref readonly var start = ref reader.Words[word - 2];
        ref readonly var end = ref reader.Words[word - 1];
        if (start.FoldedLength < 2 || Scripts.Of(reader.LettersOf(end)[0]) != Script.Arabic)
        {
            return;
        }

        var letters = reader.Letters[start.FoldedStart..(end.FoldedStart + end.FoldedLength)];
        foreach (ref readonly var firstWord in trie.FirstWordsOf(trie[second.Symbol]))
        {
            var whole = index.WordOf(firstWord.Symbol);
            if (whole.Length >= 5 && letters.EndsWith(whole)
                && (letters.Length == whole.Length
                    || (letters.Length == whole.Length + 1 && letters[0] is 'و' or 'ف' or 'ب' or 'ل' or 'ك')))
            {
                Continue(firstWord.Node, word - 2, word + second.Span, second.Traits | WordTraits.Joined, false);
            }
        }
    }

    bool MayBe(int word, int symbol)
    {
        for (var i = places[word].FirstForm; i < places[word].EndOfForms; i++)
        {
            if (forms[i].Symbol == symbol)
            {
                return true;
            }
        }

        return false;
    }

    bool IsMisspelt(in Word written, int symbol, bool withProclitics)
    {
        var letters = reader.LettersOf(written);
        var word = index.WordOf(symbol);
        if (word.Length < 3 || Math.Abs(letters.Length - word.Length) > (withProclitics ? 5 : 3))
        {
            return false;
        }

        if (IsMisspelt(letters, word) || ((symbol & 1) != 0 && Edits.IsArticleTypo(letters, word) && !Lexicon.IsOwnWord(letters))
            || (word.Length > 3 && Edits.IsDotTypo(letters, word) && !Lexicon.IsOwnWord(letters))
            || (word is "الله" && letters is "اله")
            || (word.Length == 4 && Edits.IsLongAlefTypo(letters, text.AsSpan(written.Start, written.Length), word) && !Lexicon.IsOwnWord(letters)))
        {
            return true;
        }

        if (!Proclitics.MayStart(letters[0]))
        {
            return false;
        }

        Span<int> cuts = stackalloc int[Proclitics.Most];
        var count = Proclitics.Cuts(letters, cuts);
        for (var i = 0; i < count; i++)
        {
            var rest = letters[Math.Abs(cuts[i])..];
            if ((withProclitics || (cuts[i] == -2 && letters[0] == 'ا'))
                && (IsMisspelt(rest, word) || (cuts[i] < 0 && (symbol & 1) != 0 && IsMisspeltAfterArticle(rest, word))))
            {
                return true;
            }
        }

        return false;
    }

    // The article counts as two letters of the word.
    static bool IsMisspeltAfterArticle(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        (Edits.IsDotTypo(written, word) || Edits.IsSwap(written, word)) && !Lexicon.IsOwnWord(written);

    static bool IsMisspelt(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        Edits.IsTypo(written, word) && !Lexicon.IsOwnWord(written) && !Namesakes.IsAnother(written, word);

    void Report(in Output output, int firstWord, int lastWord, WordTraits traits, bool crossed)
    {
        var (atom, path, marked) = (output.Atom, output.Traits, output.IsMarked);
        if (crossed && (path & PathTraits.Comma) == 0)
        {
            return;
        }

        var words = reader.Words;
        if ((traits & WordTraits.Translated) != 0 && ((path & PathTraits.OtherName) != 0 || IsVerb(firstWord, lastWord)
            || !IsForce(firstWord, lastWord)
            || IsOrdinaryTranslation(index.Atoms[atom], path, firstWord, lastWord, traits)))
        {
            return;
        }

        if ((traits & WordTraits.ArticleAdded) != 0 && IsNoConstruct(index.Atoms[atom].Words, reader.LettersOf(words[firstWord])))
        {
            return;
        }

        // Only languages without articles leave out one that is too short to be told from its word: اهل حق.
        if ((path & PathTraits.Fused) != 0 && index.Atoms[atom].Words[^1].Folded is ['ا', 'ل', _, _]
            && words[lastWord].FoldedLength == 2 && !HasPersianLetter())
        {
            return;
        }

        // A name that a space breaks needs its long alef still more.
        if (marked && lastWord == firstWord + 1 && (path & PathTraits.Fused) != 0 && text[words[lastWord].Start] is not ('آ' or 'أ'))
        {
            return;
        }

        if (path != PathTraits.None && (path & PathTraits.Reversed) != 0 && (IsVerb(firstWord, lastWord)
            || !MayStandReversed(index.Atoms[atom], words[firstWord], words[lastWord])))
        {
            return;
        }

        if (firstWord < lastWord && ((traits & WordTraits.ArticleMissing) != 0 || (path & PathTraits.OtherName) != 0)
            && IsIndefinite(index.Atoms[atom].Words, path, firstWord, lastWord, traits))
        {
            return;
        }

        if (((traits & WordTraits.Doubtful) != 0 || marked)
            && !Weigh(output, words[firstWord], firstWord, lastWord, ref traits))
        {
            return;
        }

        if (IsKnown(atom, firstWord, lastWord, traits))
        {
            return;
        }

        if (HitCount == hits.Length)
        {
            Array.Resize(ref hits, HitCount * 2);
        }

        ref var hit = ref hits[HitCount];
        hit.Atom = atom;
        hit.FirstWord = firstWord;
        hit.LastWord = lastWord;
        hit.Start = words[firstWord].Start;
        hit.End = words[lastWord].End;
        hit.Traits = traits;
        hit.Path = path;
        hit.Field = field;
        HitCount++;
    }

    void Chain()
    {
        chained = true;
        found.Clear();
        for (var hit = 0; hit < HitCount; hit++)
        {
            ref var state = ref found.Add(hits[hit].Atom);
            if (state.Last < 0)
            {
                state.First = hit;
            }
            else
            {
                hits[state.Last].Next = hit;
            }

            hits[hit].Next = -1;
            state.Last = hit;
        }
    }

    // Arabic and Persian put the noun first, as Arabic nouns in Latin letters do (Kataib Hezbollah); Urdu puts it last.
    bool MayStandReversed(Atom atom, in Word first, in Word last) => !Concepts.IsCarriedOver(reader.LettersOf(last))
        && !(atom.Words[0].Script is Script.Latin or Script.Cyrillic && Scripts.Of(reader.LettersOf(first)[0]) == atom.Words[0].Script
            && Array.Exists(atom.Words, word => char.IsLower(word.Raw[0])))
        && (Scripts.Of(reader.LettersOf(first)[0]) != Script.Arabic || Concepts.StandsLast(reader.LettersOf(last))
            || (atom.Words[0].Script is not (Script.Arabic or Script.Kurdish) && !Concepts.Contains(reader.LettersOf(last))));

    // Where every word is translated, only a capital on the noun says that it is a name: popular forces, Popular Forces.
    bool IsOrdinaryTranslation(Atom atom, PathTraits path, int first, int last, WordTraits traits)
    {
        var noun = reader.Words[(path & PathTraits.Reversed) != 0 ? last : first];
        return first < last && (traits & (WordTraits.Sound | WordTraits.LooseSound)) == 0
            && atom.Words[0].Script is Script.Arabic or Script.Kurdish
            && char.IsLower(text[noun.Start]) && (Lexicon.IsEveryday(reader.LettersOf(noun))
                || reader.LettersOf(noun) is "ordusu" or "hareketi");
    }

    // English "to force Al-Quds families" has a verb, as have "police force Radwan out" and "Force Quds to close".
    bool IsVerb(int first, int last)
    {
        var words = reader.Words;
        if (reader.LettersOf(words[first]) is not ("force" or "forces"))
        {
            return false;
        }

        var before = first > 0 && (words[first].Gap & (WordGap.Stop | WordGap.Break)) == 0 ? reader.LettersOf(words[first - 1]) : [];
        var after = last + 1 < words.Length && (words[last + 1].Gap & (WordGap.Stop | WordGap.Break)) == 0
            ? reader.LettersOf(words[last + 1]) : [];
        return before is "to" or "will" or "would" or "could" or "can" or "may" or "might" or "must" or "not" or "who" or "they" or "police"
            || after is "to" or "out" or "into" or "off" or "back" or "away" or "down" or "up" or "open" or "from";
    }

    bool Allows(int atom, char initial, WordTraits traits)
    {
        if ((traits & (WordTraits.OtherScript | WordTraits.Translated)) == 0)
        {
            return true;
        }

        var script = Scripts.Of(initial);
        script = script == Script.Arabic && kurdish ? Script.Kurdish : script;
        var asked = index.Atoms[atom];
        return (traits & WordTraits.Translated) != 0 ? asked.Scripts != 0
            : (asked.Scripts & (1 << (int)script)) != 0 || (script == Script.Arabic && asked.Scripts != 0 && Array.TrueForAll(asked.Words, SetBuilder.IsTelling));
    }

    // A single word is not translated; without its article, or with one where the spelling is doubtful as well, it is another word.
    // Languages
    // that have no article write names without it: سیستانی.
    bool IsAnotherWord(WordTraits traits, ReadOnlySpan<char> letters) =>
        (traits & WordTraits.Translated) != 0
        || ((traits & WordTraits.ArticleMissing) != 0 && (Lexicon.IsWord(letters) || Concepts.Contains(letters) || !HasPersianLetter()))
        || ((traits & WordTraits.ArticleAdded) != 0 && (traits & (WordTraits.MarksLost | WordTraits.LooseSound)) != 0);

    // وزارة الداخلية is a noun and whose it is: with an article of its own the noun has an adjective, and is something else.
    static bool IsNoConstruct(TermWord[] term, ReadOnlySpan<char> first) => term.Length > 1 && !term[0].Article && term[1].Article
        && first.Length - term[0].Folded.Length is >= 2 and var before && first.EndsWith(term[0].Folded)
        && first[..before] is [.., 'ا' or 'ل', 'ل'] && (term[0].Folded[^1] == 'ه' || Lexicon.IsGivenName(term[0].Folded));

    // Without its article a phrase is an ordinary thing (منطقة خضراء is a green area), unless it names a person (هادي عامري) or the text is
    // in a language that has no article (حشد شعبی).
    bool IsIndefinite(TermWord[] term, PathTraits path, int first, int last, WordTraits traits)
    {
        var words = reader.Words;
        for (var i = first + 2; i < last; i++)
        {
            last = reader.LettersOf(words[i]) is "في" ? i - 1 : last;
        }

        var noun = reader.LettersOf(words[first]);
        var end = reader.LettersOf(words[last]);
        if (Scripts.Of(noun[0]) != Script.Arabic || end.StartsWith("ال"))
        {
            return false;
        }

        // A name in another language is given as that has it; only an adjective shows that it is an Arabic phrase.
        var isForeign = (traits & WordTraits.ArticleMissing) == 0 || (traits & WordTraits.Translated) != 0;
        var isPerson = !(term[0].Article && term[^1].Article && (path & PathTraits.OtherName) == 0) && !Lexicon.IsWord(end)
            && (Lexicon.IsNamePart(noun, words[first].Hash) || Lexicon.IsNamePart(end, words[last].Hash)
            || (end[^1] == 'ي' && !Lexicon.IsWord(noun)));
        return !(isForeign && end[^1] is not ('ي' or 'ه')) && !isPerson && !IsOffice(noun, last) && !HasPersianLetter();
    }

    // وزارة خارجية العراق is the ministry, since its country follows, and no adjective.
    bool IsOffice(ReadOnlySpan<char> noun, int last)
    {
        if (!(noun.EndsWith("وزاره") || noun.EndsWith("وزير")) || last + 1 >= reader.Count
            || (reader.Words[last + 1].Gap & (WordGap.Stop | WordGap.Break)) != 0)
        {
            return false;
        }

        var next = reader.LettersOf(reader.Words[last + 1]);
        return next.StartsWith("ال") || next[^1] is not ('ي' or 'ه');
    }

    bool HasPersianLetter() => hasPersianLetter ??= Marks.HasPersianLetter(text);

    // قوة القدس is the Quds Force where somebody leads it or it is somebody's; else the strength of Jerusalem.
    bool IsForce(int first, int last)
    {
        var words = reader.Words;
        var letters = reader.LettersOf(words[first]);
        if (letters.Length > 5 || !letters.EndsWith("قوه"))
        {
            return true;
        }

        var after = last + 1 < words.Length ? reader.LettersOf(words[last + 1]) : [];
        return Lexicon.OwnsForce(after)
            || (first > 0 && Lexicon.LeadsForce(reader.LettersOf(words[first - 1])) && !Lexicon.IsAdjective(after));
    }

    // Only verbs have the س of the future, and a name without its long alef is one: سقاني.
    static bool IsFutureVerb(ReadOnlySpan<char> written, ReadOnlySpan<char> word) =>
        written.Length > word.Length && written.EndsWith(word) && written[written.Length - word.Length - 1] == 'س';

    // The same stretch may be reached in several ways; the plainest is kept. Hits are found by first word, rising, or one back where that is
    // misspelt, so the atom's last hit is among the latest or is of another stretch.
    bool IsKnown(int atom, int firstWord, int lastWord, WordTraits traits)
    {
        for (var i = HitCount - 1; i >= firstOfField && hits[i].FirstWord >= firstWord - 1; i--)
        {
            ref var hit = ref hits[i];
            if (hit.Atom != atom)
            {
                continue;
            }

            if (hit.FirstWord != firstWord || hit.LastWord != lastWord)
            {
                return false;
            }

            hit.Traits = (WordTraits)Math.Min((uint)hit.Traits, (uint)traits);
            return true;
        }

        return false;
    }

    // What a name of another script sounds like in Arabic may be an ordinary word there (Sadr, صدر), as نصر الله is but after what stands
    // before
    // names.
    bool IsOrdinaryInArabic(Atom atom, int first, int last, WordTraits traits)
    {
        var letters = reader.LettersOf(reader.Words[first]);
        if ((traits & WordTraits.OtherScript) == 0 || Scripts.Of(letters[0]) != Script.Arabic)
        {
            return false;
        }

        var before = first > 0
            && (reader.Words[first].Gap & (WordGap.Stop | WordGap.Break)) == 0 ? reader.LettersOf(reader.Words[first - 1]) : [];
        if (first < last)
        {
            return reader.LettersOf(reader.Words[last]) is "الله" && (Lexicon.IsGivenName(letters) || letters is "فضل" or "رزق" or "عون" or "خير")
                && !(before.Length > 0 && (Lexicon.IsGivenName(before) || Lexicon.IsRank(before) || Lexicon.IsTitle(before)));
        }

        // An adjective has the article of its noun: الجيش التركي.
        if ((traits & WordTraits.ArticleAdded) != 0)
        {
            return Lexicon.IsThing(letters, before);
        }

        letters = (traits & WordTraits.Proclitic) != 0 ? letters[1..] : letters;
        return (Lexicon.IsWord(letters) || Lexicon.IsWordToo(letters) || Lexicon.IsGivenName(letters)
                || ((Namesakes.IsName(letters) || Lexicon.IsParticiple(letters, atom.Words[^1].Folded)) && !Lexicon.IsHonorific(before)))
            && !Marks.HasLongAlef(text.AsSpan(reader.Words[first].Start, reader.Words[first].Length));
    }

    // Says whether a stretch with doubtful traits counts at all. A word alone is weak when what sets it apart from others is not written.
    bool Weigh(in Output output, in Word word, int firstWord, int lastWord, ref WordTraits traits)
    {
        var single = firstWord == lastWord;
        if (!Allows(output.Atom, reader.LettersOf(word)[0], traits))
        {
            return false;
        }

        if (!output.IsSingleWord)
        {
            return true;
        }

        if (output.IsMarked && single && (traits & WordTraits.OtherScript) == 0 && !Marks.HasLongAlef(text.AsSpan(word.Start, word.Length)))
        {
            traits |= WordTraits.Weak | WordTraits.MarksLost;
            if (IsFutureVerb(reader.LettersOf(word), index.Atoms[output.Atom].Words[0].Folded))
            {
                return false;
            }
        }

        // Where others have capitals, a word without one is none: genuine is not Jenin.
        if ((traits & WordTraits.LooseSound) != 0 && single && char.IsAsciiLetterLower(text[word.Start])
            && text.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0)
        {
            return false;
        }

        var isWeak = (traits & WordTraits.LooseSound) != 0 || IsOrdinaryInArabic(index.Atoms[output.Atom], firstWord, lastWord, traits);
        traits |= isWeak ? WordTraits.Weak : 0;
        return !IsAnotherWord(traits, reader.LettersOf(word));
    }
}
