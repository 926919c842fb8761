using TextEngine.Normalisation;

namespace TextEngine.NearDuplicates;

/// <summary>Picks the words by which an article is known: names, words of the headline, words said more than once.</summary>
static class TellingWords
{
    const int Slots = 512, MaxScore = 63, LeadWords = 160;

    [ThreadStatic]
    static Tally? _tally;

    public static void Collect(ArticleWords words, List<uint> terms, int most)
    {
        var tally = _tally ??= new Tally();
        tally.Clear();
        var lead = words.Words[..Math.Min(words.Count, LeadWords)];
        for (var i = 0; i < lead.Length; i++)
        {
            if (lead[i].Kind == WordKind.Plain && words.Look(lead[i]) is var (length, capital) && length >= 3)
            {
                tally.Add(words.Stem(lead[i]), 4 + (i < words.TitleCount ? 4 : 0) + (capital ? 3 : 0));
            }
        }

        tally.Best(terms, most);
        terms.Sort();
    }

    sealed class Tally
    {
        readonly ulong[] _keys = new ulong[Slots];
        readonly byte[] _scores = new byte[Slots];
        readonly short[] _used = new short[LeadWords];
        int _count;

        public void Clear()
        {
            for (var i = 0; i < _count; i++)
            {
                _scores[_used[i]] = 0;
            }

            _count = 0;
        }

        public void Add(ulong key, int score)
        {
            var slot = (int)((key * 0x9E3779B97F4A7C15) >> 55);
            while (_scores[slot] != 0 && _keys[slot] != key)
            {
                slot = (slot + 1) % Slots;
            }

            if (_scores[slot] == 0)
            {
                _used[_count++] = (short)slot;
                _keys[slot] = key;
            }

            _scores[slot] = (byte)Math.Min(MaxScore, _scores[slot] + score);
        }

        public void Best(List<uint> terms, int most)
        {
            Span<int> atScore = stackalloc int[MaxScore + 1];
            atScore.Clear();
            for (var i = 0; i < _count; i++)
            {
                atScore[_scores[_used[i]]]++;
            }

            var least = MaxScore;
            for (var total = atScore[least]; least > 1 && total < most; total += atScore[least])
            {
                least--;
            }

            Take(terms, most, least + 1, MaxScore);
            Take(terms, most, least, least);
        }

        void Take(List<uint> terms, int most, int from, int to)
        {
            for (var i = 0; i < _count && terms.Count < most; i++)
            {
                var score = _scores[_used[i]];
                if (score >= from && score <= to)
                {
                    terms.Add((uint)(WordHash.Mix(_keys[_used[i]]) >> 32));
                }
            }
        }
    }
}
