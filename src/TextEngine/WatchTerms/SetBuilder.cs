namespace TextEngine.WatchTerms;

/// <summary>Collects atoms and their ways into the trie, then lays out the index.</summary>
sealed class SetBuilder
{
    readonly TermReader reader = new();
    readonly List<string> words = [];
    readonly Dictionary<string, int> entries = [];
    readonly List<Atom> atoms = [];
    readonly Dictionary<(string Text, AtomKind Kind, bool CrossScript), int> known = [];
    readonly List<(int[] Symbols, int Atom, PathTraits Traits)> paths = [];
    readonly List<(AtomKind Kind, TermWord Word, string Text)> patterns = [];

    public IReadOnlyList<Atom> Atoms => atoms;

    /// <summary>The atom of a text, or -1 when the text has no letter or digit.</summary>
    public int Add(string text, AtomKind kind, bool crossScript)
    {
        if (known.TryGetValue((text, kind, crossScript), out var atom))
        {
            return atom;
        }

        var termWords = reader.Read(text);
        if (termWords.Length == 0)
        {
            return -1;
        }

        atom = atoms.Count;
        known.Add((text, kind, crossScript), atom);
        var single = termWords.Length == 1;
        atoms.Add(new Atom
        {
            Text = text, Words = termWords, IsPattern = kind != AtomKind.Term,
            IsMarked = single && kind == AtomKind.Term && termWords[0].Folded.Length <= 4 && Marks.HasLongAlef(termWords[0].Raw),
            IsOrdinary = single && kind == AtomKind.Term && Lexicon.IsOrdinary(termWords[0].Folded) && !Marks.HasLongAlef(termWords[0].Raw),
        });
        if (kind != AtomKind.Term)
        {
            patterns.Add((kind, termWords[0], text));
            paths.Add(([~(patterns.Count - 1)], atom, PathTraits.None));
            return atom;
        }

        AddPaths(termWords, atom);
        return atom;
    }

    public TermIndex Build()
    {
        var vocabulary = Vocabulary.Of(words);
        var uses = new byte[words.Count];
        var trie = new PhraseTrie();
        var firstWords = new Dictionary<int, List<FirstWord>>();
        var firstSpecial = words.Count * 2;
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

            trie.Add(symbols, atom, traits);
        }

        trie.Seal(firstSpecial + patterns.Count);
        foreach (var (symbols, _, _) in paths)
        {
            if (symbols.Length > 1 && symbols[0] < firstSpecial && vocabulary[symbols[0] >> 1].Length >= 4)
            {
                AddFirstWord(firstWords, symbols[1], new FirstWord(symbols[0], trie.Next(trie.Root(symbols[0]), symbols[1])));
            }
        }

        var wordPatterns = new WordPatterns();
        for (var i = 0; i < patterns.Count; i++)
        {
            AddPattern(wordPatterns, patterns[i], firstSpecial + i);
        }

        return new TermIndex
        {
            Vocabulary = vocabulary, Trie = trie, Atoms = [.. atoms], Uses = uses, Readings = [], Patterns = wordPatterns, Sounds = new SoundIndex(),
            FirstWords = firstWords.ToDictionary(pair => pair.Key, pair => pair.Value.Distinct().ToArray()),
            HasCommas = paths.Exists(path => (path.Traits & PathTraits.Comma) != 0),
        };
    }

    void AddPaths(TermWord[] termWords, int atom)
    {
        var traits = Array.Exists(termWords, word => word.CommaBefore) ? PathTraits.Comma : PathTraits.None;
        var symbols = Array.ConvertAll(termWords, Symbol);
        paths.Add((symbols, atom, traits));
        AddFused(termWords, symbols, atom, traits);
    }

    // حزب الله is also written حزبالله, and عبدالله also عبد الله.
    void AddFused(TermWord[] termWords, int[] symbols, int atom, PathTraits traits)
    {
        for (var i = 0; i < termWords.Length; i++)
        {
            var word = termWords[i];
            if (i > 0 && (word.Folded == "الله" || termWords[i - 1].Folded == "عبد"))
            {
                var fused = Entry(termWords[i - 1].Folded + (word.Article ? "ال" : "") + word.Folded) * 2 + (termWords[i - 1].Article ? 1 : 0);
                paths.Add(([.. symbols[..(i - 1)], fused, .. symbols[(i + 1)..]], atom, traits | PathTraits.Fused));
            }

            if (word.Script == Script.Arabic && word.Folded.Length >= 6 && word.Folded.EndsWith("الله", StringComparison.Ordinal))
            {
                int[] split = [Entry(word.Folded[..^4]) * 2 + (word.Article ? 1 : 0), Entry("الله") * 2];
                paths.Add(([.. symbols[..i], .. split, .. symbols[(i + 1)..]], atom, traits | PathTraits.Fused));
            }
            else if (word.Script == Script.Arabic && word.Folded.Length >= 7 && word.Folded.StartsWith("عبدال", StringComparison.Ordinal))
            {
                int[] split = [Entry("عبد") * 2, Entry(word.Folded[5..]) * 2 + 1];
                paths.Add(([.. symbols[..i], .. split, .. symbols[(i + 1)..]], atom, traits | PathTraits.Fused));
            }
        }
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

    static void AddFirstWord(Dictionary<int, List<FirstWord>> firstWords, int second, FirstWord first)
    {
        if (!firstWords.TryGetValue(second, out var list))
        {
            firstWords.Add(second, list = []);
        }

        list.Add(first);
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
