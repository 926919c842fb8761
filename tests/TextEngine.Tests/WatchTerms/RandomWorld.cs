using System.Text;

namespace TextEngine.Tests.WatchTerms;

/// <summary>What stands between a word and the one before it.</summary>
enum RandomGap
{
    Open,
    Comma,
    Stop,
}

/// <summary>A word as it stands in the text, and its plain letters; a Persian ending keeps its own yeh.</summary>
sealed record RandomWord(string Plain, string Written, int Start, RandomGap Gap);

/// <summary>A text that is known as words and gaps before it is read.</summary>
sealed record RandomText(string Written, List<RandomWord> Words);

/// <summary>
/// A small vocabulary, and terms, queries and texts made of it. No two of its words are closer than three edits, proclitics aside, so that
/// a misspelt word is one word's misspelling.
/// </summary>
sealed class RandomWorld
{
    const string Letters = "بلكوفسدرمنقشطحجعغصتخزثيه";

    // Each letter and the others that newsrooms write for it.
    static readonly Dictionary<char, string> Families = new() { ['ا'] = "اأإٱ", ['ك'] = "كک", ['ي'] = "يىئ", ['ه'] = "هةہ", ['و'] = "وؤ" };

    readonly Random random;
    readonly List<string> words = [];

    public RandomWorld(Random random)
    {
        this.random = random;
        while (words.Count < 7)
        {
            var word = Letter(2) + new string([.. Enumerable.Range(0, random.Next(3, 6)).Select(_ => Letters[random.Next(Letters.Length)])]);
            word = random.Next(4) == 0 ? "ال" + word : word;
            if (IsFar(word, Everyday) && words.TrueForAll(other => IsFar(word, other)))
            {
                words.Add(word);
            }
        }
    }

    public List<string> Terms(int count) => [.. Enumerable.Range(0, count).Select(_ => Term()).Distinct()];

    public List<RandomQuery> Queries(int count) => [.. Enumerable.Range(0, count).Select(_ => Required(2))];

    public RandomText Text(int count)
    {
        var (written, list) = (new StringBuilder(), new List<RandomWord>());
        for (var i = 0; i < count; i++)
        {
            var (gap, kind) = Gap(i);
            var word = random.Next(5) == 0 ? Letter(3) + Letter(3) + Letter(3) : Pick();
            word = random.Next(6) == 0 && word.Length > 3 ? Edit(word) : word;
            word = random.Next(3) == 0 ? Stacks[random.Next(Stacks.Length)] + word : word;
            word += gap is "\u200C" or "-" ? "" : random.Next(10) switch { 0 => "ها", 1 => "ی", 2 => "های", _ => "" };
            written.Append(gap);
            var dressed = Dress(word);
            list.Add(new RandomWord(word, dressed, written.Length, kind));
            written.Append(dressed);
        }

        return new RandomText(written.ToString(), list);
    }

    static readonly string[] Stacks = ["و", "ل", "ب", "ال", "وال", "لل", "وبال", "فلل", "ك", "س"];

    (string Gap, RandomGap Kind) Gap(int i) => i == 0 ? ("", RandomGap.Open) : random.Next(14) switch
    {
        0 => ("، ", RandomGap.Comma),
        1 => (": ", RandomGap.Comma),
        2 => (". ", RandomGap.Stop),
        3 => ("\n\n", RandomGap.Stop),
        4 => ("\n", RandomGap.Open),
        5 => (" «", RandomGap.Open),
        6 => ("» ", RandomGap.Open),
        7 => ("\u200C", RandomGap.Open),
        8 => ("-", RandomGap.Open),
        _ => (" ", RandomGap.Open),
    };

    string Pick() => random.Next(8) == 0 ? Everyday : words[random.Next(words.Count)];

    /// <summary>A word that is also an everyday one, so that where a watch has context it needs it.</summary>
    public const string Everyday = "ضرايب";

    // The same word in other letters of their families, with vowel signs, tatweel and invisible marks.
    string Dress(string word)
    {
        var dressed = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            var letter = Families.TryGetValue(word[i], out var family) && random.Next(3) == 0 ? family[random.Next(family.Length)] : word[i];
            dressed.Append(letter);
            dressed.Append(i + 1 == word.Length ? "" : random.Next(25) switch { 0 => "\u064E", 1 => "ـ", 2 => "\u200F", 3 => "\u0651\u0650", _ => "" });
        }

        return dressed.ToString();
    }

    // A query that needs at least one word, as every query must.
    RandomQuery Required(int depth) => random.Next(depth == 0 ? 1 : 5) switch
    {
        0 => Leaf(),
        1 => new RandomQuery.And([Required(depth - 1), Any(depth - 1)]),
        2 => new RandomQuery.Or([Required(depth - 1), Required(depth - 1)]),
        3 => new RandomQuery.And([Required(depth - 1), new RandomQuery.Not(Any(depth - 1))]),
        _ => Near(),
    };

    public static readonly string[] Sources = ["bbc", "shafaq", "al jazeera"];

    public static readonly string[] Languages = ["ar", "fa"];

    RandomQuery Any(int depth) => random.Next(6) switch
    {
        0 => new RandomQuery.Leaf(Sources[random.Next(Sources.Length)], "source:", false),
        1 => new RandomQuery.Leaf(Languages[random.Next(Languages.Length)], "lang:", false),
        2 or 3 => new RandomQuery.Not(Any(Math.Max(0, depth - 1))),
        _ => Required(depth),
    };

    RandomQuery.Near Near()
    {
        RandomQuery Place() => random.Next(3) == 0 ? new RandomQuery.Or([Leaf(), Leaf()]) : Leaf();
        return random.Next(2) == 0
            ? new RandomQuery.Near([new RandomQuery.Leaf(Word(), "term", false), new RandomQuery.Leaf(Word(), "term", false)], random.Next(1, 6), true)
            : new RandomQuery.Near([.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Place())], random.Next(1, 6), false);
    }

    RandomQuery.Leaf Leaf()
    {
        var title = random.Next(6) == 0;
        return random.Next(8) switch
        {
            0 => new RandomQuery.Leaf(Word(), "=", title),
            1 => new RandomQuery.Leaf(Word()[..3], "*", title),
            2 => new RandomQuery.Leaf(Stem(Word()), "~", title),
            _ => new RandomQuery.Leaf(Term(), "term", title),
        };
    }

    /// <summary>One to three words; of three with a comma between two, now and then.</summary>
    public string Term() => string.Join(random.Next(8) == 0 ? "، " : " ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word()));

    string Word() => words[random.Next(words.Count)];

    static string Stem(string word) => word.StartsWith("ال", StringComparison.Ordinal) ? word[2..] : word;

    string Letter(int most) => new([.. Enumerable.Range(0, random.Next(1, most)).Select(_ => Letters[random.Next(Letters.Length)])]);

    string Edit(string word)
    {
        var at = random.Next(word.Length - 1);
        var letter = Letters[random.Next(Letters.Length)];
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, letter.ToString()),
            2 => word[..at] + letter + word[(at + 1)..],
            _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
        };
    }

    // Six different letters more or less: far enough apart with up to four letters of proclitics before either.
    static bool IsFar(string a, string b)
    {
        var same = a.Intersect(b).Count();
        return a != b && Math.Min(a.Distinct().Count(), b.Distinct().Count()) - same >= 3;
    }
}
