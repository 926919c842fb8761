using System.Text;

namespace TextEngine.Tests.WatchTerms;

/// <summary>A text that is known as words and gaps before it is read.</summary>
sealed record RandomText(string Written, List<string> Words, List<int> Starts, List<bool> Breaks);

/// <summary>
/// A small vocabulary, and terms, queries and texts made of it. No two of its words are closer than three edits, proclitics aside, so that
/// a misspelt word is one word's misspelling.
/// </summary>
sealed class RandomWorld
{
    const string Letters = "بلكوفسدرمنقشطحجعغصتخزث";

    readonly Random random;
    readonly List<string> words = [];

    public RandomWorld(Random random)
    {
        this.random = random;
        while (words.Count < 7)
        {
            var word = Letter(2) + new string([.. Enumerable.Range(0, random.Next(3, 6)).Select(_ => Letters[random.Next(Letters.Length)])]);
            word = random.Next(4) == 0 ? "ال" + word : word;
            if (words.TrueForAll(other => IsFar(word, other)))
            {
                words.Add(word);
            }
        }
    }

    public List<string> Terms(int count) => [.. Enumerable.Range(0, count).Select(_ => Term()).Distinct()];

    public List<RandomQuery> Queries(int count) => [.. Enumerable.Range(0, count).Select(_ => Required(2))];

    public RandomText Text(int count)
    {
        var (written, list, starts, breaks) = (new StringBuilder(), new List<string>(), new List<int>(), new List<bool>());
        for (var i = 0; i < count; i++)
        {
            var gap = random.Next(12) switch { 0 => "، ", 1 => ". ", 2 => "\n", 3 => " «", 4 => "» ", 5 => ": ", _ => " " };
            written.Append(i == 0 ? "" : gap);
            breaks.Add(i > 0 && gap.AsSpan().IndexOfAny("،.:") >= 0);
            var word = random.Next(5) == 0 ? Letter(3) + Letter(3) + Letter(3) : words[random.Next(words.Count)];
            word = random.Next(6) == 0 ? Edit(word) : word;
            string[] stacks = ["و", "ل", "ب", "ال", "وال", "لل", "وبال", "فلل", "ك", "س"];
            word = random.Next(3) == 0 ? stacks[random.Next(stacks.Length)] + word : word;
            starts.Add(written.Length);
            list.Add(word);
            written.Append(word);
        }

        return new RandomText(written.ToString(), list, starts, breaks);
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

    RandomQuery Any(int depth) => random.Next(3) == 0 ? new RandomQuery.Not(Required(depth)) : Required(depth);

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

    string Term() => string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word()));

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
