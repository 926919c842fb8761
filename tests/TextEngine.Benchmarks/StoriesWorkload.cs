using System.Text;

namespace TextEngine.Benchmarks;

/// <summary>
/// Articles of about 300 words drawn from a Zipf vocabulary, as endless as is asked for: three in ten are copies of one of the last thousand
/// originals with 5 to 15 % of the words changed, half of them strewn, half in a block; one in seven of these is a teaser.
/// </summary>
sealed class StoriesWorkload
{
    const int Vocabulary = 40_000, Recent = 1000;

    readonly Random _random = new(1);
    readonly string[] _words;
    readonly double[] _cumulative = new double[Vocabulary];
    readonly List<string[]> _originals = [];
    readonly StringBuilder _text = new();

    public StoriesWorkload()
    {
        // Syllables of Arabic letters: what is measured is counting and comparing, not meaning.
        const string Letters = "ابتجحدرزسشصطعفقكلمنهوي";
        _words = [.. Enumerable.Range(0, Vocabulary).Select(_ => new string([.. Enumerable.Range(0, _random.Next(3, 9)).Select(_ => Letters[_random.Next(Letters.Length)])]))];
        var total = 0.0;
        for (var i = 0; i < Vocabulary; i++)
        {
            _cumulative[i] = total += 1 / Math.Pow(i + 2.7, 1.05);
        }
    }

    public string Next()
    {
        var isCopy = _originals.Count > 0 && _random.NextDouble() < .3;
        if (isCopy)
        {
            return Join(Edit(_originals[_random.Next(_originals.Count)]));
        }

        var words = Words(_random.Next(200, 400));
        if (_originals.Count < Recent)
        {
            _originals.Add(words);
        }
        else
        {
            _originals[_random.Next(Recent)] = words;
        }

        return Join(words);
    }

    string[] Edit(string[] words)
    {
        words = [.. words];
        var changed = (int)(words.Length * (.05 + (.1 * _random.NextDouble())));
        switch (_random.Next(7))
        {
            case 0:
                return words[..Math.Max(25, (int)(words.Length * (.15 + (.2 * _random.NextDouble()))))];
            case < 4:
                for (var i = 0; i < changed; i++)
                {
                    words[_random.Next(words.Length)] = Word();
                }

                return words;
            default:
                Words(changed).CopyTo(words, _random.Next(words.Length - changed));
                return words;
        }
    }

    string[] Words(int count) => [.. Enumerable.Range(0, count).Select(_ => Word())];

    string Word()
    {
        var at = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
        return _words[Math.Min(at < 0 ? ~at : at, Vocabulary - 1)];
    }

    string Join(string[] words)
    {
        _text.Clear();
        return _text.AppendJoin(' ', words).ToString();
    }
}
