using TextEngine.Normalisation;

namespace TextEngine.WatchTerms;

/// <summary>
/// Finds atoms in a field: words of the text become forms (symbols they may stand for), and from every form the trie is walked as far
/// as the text goes with it. One scanner serves one thread; nothing is allocated once its buffers have grown.
/// </summary>
sealed partial class Scanner(TermIndex index, Callers callers)
{
    const int MostSkipped = 2, MostNames = 3, LongestMisspelt = 32, LookedUpTogether = 16;

    readonly WordReader[] readers = [new(), new()];
    readonly WordMemo memo = new();
    readonly PairMemo vain = new();
    readonly PhraseTrie trie = index.Trie;

    // What the word at hand may stand for, before it becomes forms.
    readonly List<Candidate> candidates = new(16);

    // The field's words, which of them have to be looked up, which are one with the next, and from which a phrase may go on.
    WordPlace[] places = new WordPlace[512];
    readonly List<int> unknown = [];
    readonly List<int> joined = [];
    int[] walks = [];
    int walkCount;

    // Words that with the one before them may turn out to lead to nothing.
    readonly List<int> settled = [];

    // How often a phrase went on to a next word, or might have.
    int leads;
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
        Memory.Fetch(fieldText.AsSpan());
        reader.Split(fieldText);
        hasPersianLetter = null;
        kurdish = index.MayBeKurdish && Marks.HasKurdishLetter(text);
        local = (index.Sounds.Scripts & (1 << (int)Script.Latin)) != 0 ? SoundReader.LocalLetters(text) : 0;
        FindForms();
        var next = 0;
        foreach (var word in walks.AsSpan(0, walkCount))
        {
            AddPlainHits(next, word);
            Begin(word);
            next = word + 1;
        }

        AddPlainHits(next, reader.Count);
        foreach (var word in settled)
        {
            if (!places[word].Led)
            {
                vain.Keep(places[word].Pair);
            }
        }
    }

    // From a word that may be the first or second of a phrase, or is one by itself.
    void Begin(int word)
    {
        ref readonly var place = ref places[word];
        ref readonly var known = ref place.Known;
        if (known.IsPlain && (!known.IsPlainInArabic || !HasPersianLetter()))
        {
            AddPlainHits(word, word + 1);
        }
        else
        {
            foreach (ref readonly var form in FormsOf(place))
            {
                Report(form.Symbol, word, word + 1, form.Traits, false);
            }
        }

        if (place.GoesOn)
        {
            var before = leads;
            foreach (ref readonly var form in FormsOf(place))
            {
                GoOn(form.Symbol, word, word + 1, form.Traits, false);
            }

            places[word + 1].Led = leads != before;
        }

        if (place.ComesAfter)
        {
            var before = leads;
            foreach (ref readonly var form in FormsOf(place))
            {
                MendFirstWord(form, word);
            }

            places[word].Led |= leads != before;
        }

        for (var i = place.FirstForm + known.FormCount; i < place.EndOfForms; i++)
        {
            ref readonly var form = ref forms[i];
            Continue(form.Symbol, word, word + form.Span, form.Traits, false);
            if (word > 0 && trie[form.Symbol].FirstWordCount > 0)
            {
                MendFirstWord(form, word);
            }
        }
    }

    ReadOnlySpan<Candidate> FormsOf(in WordPlace place) => forms.AsSpan(place.FirstForm, place.Known.FormCount);
}
