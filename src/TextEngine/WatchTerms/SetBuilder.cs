using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>Collects atoms and their ways into the trie, then lays out the index.</summary>
sealed class SetBuilder
{
    readonly TermReader reader = new();
    readonly List<string> words = [];
    readonly Dictionary<string, int> entries = [];
    readonly List<Atom> atoms = [];
    readonly Dictionary<(string Text, AtomKind Kind, int Scripts), int> known = [];
    readonly List<(int[] Symbols, int Atom, PathTraits Traits)> paths = [];
    readonly List<(AtomKind Kind, TermWord Word, string Text)> patterns = [];
    readonly SoundIndex sounds = new();
    readonly HashSet<(int Symbol, string Raw, int Scripts, int Local)> heard = [];
    readonly List<(int Symbol, TermWord Word, int Scripts, int Local)> spoken = [];

    public IReadOnlyList<Atom> Atoms => atoms;

    /// <summary>A reader that one caller at a time may use.</summary>
    public WordReader Words { get; } = new();

    /// <summary>
    /// The atom of a text, or -1 when the text has no letter or digit; to be found also in the other scripts given as bits.
    /// </summary>
    public int Add(string text, AtomKind kind, int scripts)
    {
        if (known.TryGetValue((text, kind, scripts), out var atom))
        {
            return atom;
        }

        var termWords = reader.Read(text);
        if (termWords.Length == 0)
        {
            return -1;
        }

        atom = atoms.Count;
        known.Add((text, kind, scripts), atom);
        var folded = NormalisedText.Of(text).Text;
        var single = termWords.Length == 1;
        var hasLatinArticle = termWords[^1].Script == Script.Latin && folded.Split(' ') is [.., var before, _]
            && Particles.IsLatinArticle(before, true);
        atoms.Add(new Atom
        {
            Text = text, Words = termWords, Scripts = scripts, IsPattern = kind != AtomKind.Term,
            EndsDefinite = termWords[^1].Article || hasLatinArticle,
            IsArticleTelling = single && kind == AtomKind.Term && hasLatinArticle && text is ['A' or 'E', _, ' ', ..]
                && termWords[0].Folded[^1] is not ('i' or 'y') && !Places.Contains(termWords[0].Folded),
            IsMarked = single && kind == AtomKind.Term && termWords[0].Folded.Length <= 4 && Marks.HasLongAlef(termWords[0].Raw),
            IsOrdinary = single && kind == AtomKind.Term
                && (Lexicon.IsCommon(termWords[0].Folded) || (!termWords[0].Article && termWords[0].Script == Script.Arabic
                    && Namesakes.IsName(termWords[0].Folded))) && !Marks.HasLongAlef(termWords[0].Raw),
        });
        if (kind != AtomKind.Term)
        {
            patterns.Add((kind, termWords[0], text));
            paths.Add(([~(patterns.Count - 1)], atom, PathTraits.None));
            return atom;
        }

        var traits = Array.Exists(termWords, word => word.CommaBefore) ? PathTraits.Comma : PathTraits.None;
        var names = scripts == 0 ? [] : Array.ConvertAll([.. Glossary.Of(folded)], reader.Read);
        AddPath(termWords, scripts & ~OnlyNamed(termWords, folded, names), atom, traits);
        foreach (var shape in TermShapes.Of(termWords))
        {
            // غاني is how Arabs hear قاآني; what other scripts make of that is another name (Gani).
            var isHeard = Array.Exists(shape, word => (word.Folded[0] == 'غ' || word.Folded.Contains("اء", StringComparison.Ordinal))
                && !Array.Exists(termWords, own => own.Folded == word.Folded));
            AddPath(shape, isHeard ? 0 : scripts, atom, traits | PathTraits.Fused);
        }

        foreach (var name in names)
        {
            if ((name[0].Script == termWords[0].Script || (scripts & (1 << (int)name[0].Script)) != 0) && !IsWithoutArticle(name, names))
            {
                paths.Add((Array.ConvertAll(name, Symbol), atom, PathTraits.OtherName));
            }
        }

        return atom;
    }

    // The scripts, as bits, in which a word's known names are enough: in Arabic those of a word of two consonants, which sounds like many
    // (Sanaa as the words for year and industry), and of three those with the article, without which they are other words (حديدة, a piece of
    // iron); in Latin and Hebrew those of a place (نابلس as Naples).
    static int OnlyNamed(TermWord[] term, string folded, TermWord[][] names)
    {
        if (term.Length > 1 || !Array.TrueForAll(names, name => name.Length == 1))
        {
            return 0;
        }

        var most = Array.Exists(names, name => name[0] is { Script: Script.Arabic, Article: true }) ? 3 : 2;
        var enough = (SoundReader.Read(term[0].Folded, term[0].Script).Count <= most ? 1 << (int)Script.Arabic : 0)
            | (Places.Contains(folded) ? 1 << (int)Script.Latin | 1 << (int)Script.Hebrew : 0);
        return enough & names.Aggregate(0, (known, name) => known | (1 << (int)name[0].Script));
    }

    // Persian has الرقة as رقه; in Arabic that is another word, and in Persian the name with the article is found without it.
    static bool IsWithoutArticle(TermWord[] name, TermWord[][] names) => name is [{ Article: false }]
        && Array.Exists(names, other => other is [{ Article: true }] && other[0].Folded == name[0].Folded);

    public TermIndex Build()
    {
        var readings = AddTranslations();
        Speak();
        var vocabulary = Vocabulary.Of(words);
        var uses = new byte[words.Count];
        var firstSpecial = words.Count * 2;
        var trie = new PhraseTrie(firstSpecial + patterns.Count);
        foreach (var (symbols, atom, traits) in paths)
        {
            for (var i = 0; i < symbols.Length; i++)
            {
                symbols[i] = symbols[i] < 0 ? firstSpecial + ~symbols[i] : symbols[i];
                if (symbols[i] < firstSpecial)
                {
                    uses[symbols[i] >> 1] |= (symbols[i] & 1) == 0 ? TermIndex.PlainUse : TermIndex.ArticleUse;
                }
            }

            trie.Add(symbols, new Output(atom, traits, atoms[atom].IsMarked, atoms[atom].IsSingleWord));
        }

        foreach (var entry in readings.Keys)
        {
            uses[entry] |= TermIndex.OtherReadings;
        }

        trie.Seal(symbol => symbol < firstSpecial ? words[symbol >> 1] : "");
        var wordPatterns = new WordPatterns();
        for (var i = 0; i < patterns.Count; i++)
        {
            AddPattern(wordPatterns, patterns[i], firstSpecial + i);
        }

        return new TermIndex
        {
            Vocabulary = vocabulary, Trie = trie, Atoms = [.. atoms], Texts = [.. atoms.Select(atom => atom.Text)],
            Uses = uses, Readings = readings, Patterns = wordPatterns, Sounds = sounds,
            MayBeKurdish = (sounds.Scripts & (1 << (int)Script.Kurdish)) != 0
                || atoms.Exists(atom => Array.Exists(atom.Words, word => word.Script == Script.Kurdish)),
            HasCommas = paths.Exists(path => (path.Traits & PathTraits.Comma) != 0),
        };
    }

    // What is two words in one language may stand the other way round in another: فيلق القدس, Quds Force, Force Al-Qods.
    void AddPath(TermWord[] termWords, int scripts, int atom, PathTraits traits)
    {
        var symbols = Array.ConvertAll(termWords, Symbol);
        paths.Add((symbols, atom, traits));
        AddSounds(termWords, scripts);
        if (symbols.Length == 2 && symbols[0] != symbols[1]
            && (Concepts.Contains(words[symbols[0] >> 1]) || Concepts.Contains(words[symbols[1] >> 1])))
        {
            paths.Add(([symbols[1], symbols[0]], atom, traits | PathTraits.Reversed));
        }

        // قاعدة عين الأسد is Ain al-Asad base.
        if (symbols.Length == 3 && scripts != 0 && termWords[0].Script == Script.Arabic && Concepts.Contains(termWords[0].Folded)
            && !Concepts.Contains(termWords[2].Folded))
        {
            paths.Add(([symbols[1], symbols[2], symbols[0]], atom, traits | PathTraits.Reversed));
        }
    }

    // Which words are names is not known; what surely is none is left out: everyday words, acronyms, and Latin words without a capital.
    void AddSounds(TermWord[] termWords, int scripts)
    {
        var local = SoundReader.LocalLetters(string.Join(' ', termWords.Select(word => word.Raw)));
        for (var i = 0; i < termWords.Length; i++)
        {
            var word = termWords[i];
            if (word.Folded.Length < (termWords.Length > 1 && word.Script == Script.Arabic && word.Folded.Length > 1 && word.Folded[1] is 'و' or 'ي' ? 2 : 3) || word.Script == Script.Other)
            {
                continue;
            }

            var own = 1 << (int)word.Script;
            var cased = word.Script is Script.Latin or Script.Cyrillic or Script.Greek;
            if (cased && (!char.IsUpper(word.Raw[0]) || Concepts.IsTranslated(word.Folded) || Lexicon.IsEveryday(word.Folded)
                || word.Raw.All(c => char.IsUpper(c) || !char.IsLetter(c))))
            {
                continue;
            }

            if (word.Folded is ['ا', 'ل', _, _] and not "الله" && word.Raw is ['ا', 'ل', _, ..])
            {
                AddSound(Symbol(word), word with { Raw = word.Raw[2..] }, scripts & ~own);
            }

            // Persian and Arabic begin no word with two consonants, and put a vowel before an s: استارمر.
            if (word.Script == Script.Latin && word.Folded is ['s', 'c' or 'k' or 'l' or 'm' or 'n' or 'p' or 't' or 'v' or 'w', ..]
                && !word.Folded.StartsWith("sch", StringComparison.Ordinal))
            {
                AddSound(Symbol(word), word with { Raw = "E" + word.Raw, Folded = "e" + word.Folded }, scripts & (1 << (int)Script.Arabic));
            }

            // In Kurdish, an ezafe leads on to a next word.
            var variants = word.Script == Script.Kurdish ? (i + 1 < termWords.Length ? 1 : 0) : local;
            AddSound(Symbol(word), word, (scripts & ~own) | (word.Script != Script.Arabic && (word.Folded.Length > 3 || termWords.Length > 2) ? own : 0)
                | (scripts != 0 && IsTelling(word) ? 1 << (int)Script.Arabic : 0), variants);
        }

        for (var i = 0; i + 1 < termWords.Length && scripts != 0; i++)
        {
            AddServant(termWords[i], termWords[i + 1], scripts);
        }
    }

    // Names of other languages have several spellings in Arabic, whichever of them the watch gives (زيلينسكي, زلنسكي for Zelensky); so many
    // consonants in a row are nothing else.
    public static bool IsTelling(TermWord word) => word.Script is Script.Latin or Script.Cyrillic && word.Folded.Length >= 6
        && SoundReader.Read(word.Folded, word.Script).Count >= 4;

    // Abd and the article after it are one in Latin letters, Abdul Malik and Abdur Rahman; the article alone is no word there.
    void AddServant(TermWord word, TermWord next, int scripts)
    {
        if (word.Folded == "عبد" && next.Article)
        {
            var heard = "عبد" + (SoundReader.IsSunLetter(next.Folded[0]) ? next.Folded[0] : 'ل');
            AddSound(Symbol(word), word with { Raw = heard }, scripts & ~(1 << (int)Script.Arabic));
        }
        else if (word.Script == Script.Latin && word.Folded is "abdul" or "abdel" or "abdol" or "abdal")
        {
            var own = 1 << (int)Script.Latin;
            AddSound(Symbol(word), word with { Raw = "Abd", Folded = "abd" }, scripts & (own | (1 << (int)Script.Arabic) | (1 << (int)Script.Hebrew)) | own);
            if ("tdrzsn".Contains(next.Folded[0], StringComparison.Ordinal))
            {
                AddSound(Symbol(word), word with { Raw = "Abdu" + next.Folded[0], Folded = "abdu" + next.Folded[0] }, own);
                AddSound(Symbol(word), word with { Raw = "Abde" + next.Folded[0], Folded = "abde" + next.Folded[0] }, own);
            }
        }
    }

    void AddSound(int symbol, TermWord word, int scripts, int local = 0)
    {
        if (scripts != 0 && heard.Add((symbol, word.Raw, scripts, local)))
        {
            spoken.Add((symbol, word, scripts, local));
        }
    }

    // A not-phrase may have the ordinary word that a name folds to (أحمر قاني beside قاآني): the name's sound is the one with the long
    // alef.
    void Speak()
    {
        var marked = spoken.Where(of => of.Word.Script == Script.Arabic
            && Marks.HasLongAlef(of.Word.Raw)).Select(of => of.Symbol).ToHashSet();
        foreach (var (symbol, word, scripts, local) in spoken)
        {
            if (word.Script != Script.Arabic || !marked.Contains(symbol) || Marks.HasLongAlef(word.Raw))
            {
                sounds.Add(symbol, word, scripts, local);
            }
        }
    }

    // Words of other languages become entries of their own that also stand for the term's word.
    Dictionary<int, Candidate[]> AddTranslations()
    {
        var readings = new Dictionary<int, List<Candidate>>();
        var seen = new HashSet<int>();
        foreach (var (symbols, _, _) in paths)
        {
            foreach (var symbol in symbols)
            {
                if (symbols.Length < 2 || symbol < 0 || !seen.Add(symbol))
                {
                    continue;
                }

                foreach (var alias in Concepts.Of(words[symbol >> 1]))
                {
                    var entry = Entry(alias.Word);
                    if (!readings.TryGetValue(entry, out var list))
                    {
                        readings.Add(entry, list = []);
                    }

                    list.Add(new Candidate(symbol, WordTraits.Translated | (alias.OtherScript ? WordTraits.OtherScript : 0)
                        | (alias.CapitalOnly ? WordTraits.CapitalOnly : 0), 1));
                }
            }
        }

        return readings.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    int Symbol(TermWord word) => Entry(word.Folded) * 2 + (word.Article ? 1 : 0);

    int Entry(string word)
    {
        if (!entries.TryGetValue(word, out var entry))
        {
            entries.Add(word, entry = words.Count);
            words.Add(word);
        }

        return entry;
    }

    static void AddPattern(WordPatterns table, (AtomKind Kind, TermWord Word, string Text) pattern, int symbol)
    {
        switch (pattern.Kind)
        {
            case AtomKind.Prefix:
                table.AddPrefix(pattern.Word.Folded, symbol);
                break;
            case AtomKind.Fuzzy:
                table.AddFuzzy(pattern.Word.Folded, symbol);
                break;
            default:
                table.AddExact(pattern.Text, (pattern.Word.Article ? "ال" : "") + pattern.Word.Folded, symbol);
                break;
        }
    }
}
