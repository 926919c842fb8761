using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Finds atoms in a field: words of the text become forms (symbols they may stand for), and from every form the trie is walked as far
/// as the text goes with it. One scanner serves one thread; nothing is allocated once its buffers have grown.
/// </summary>
sealed partial class Scanner(TermIndex index)
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
}
