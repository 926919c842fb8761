using System.Numerics;

namespace TextEngine.NearDuplicates;

/// <summary>Exact counts over the sorted hashes of two sketches.</summary>
static class SketchComparison
{
    /// <summary>What two sorted sets of hashes share.</summary>
    /// <param name="Count">Hashes in both.</param>
    /// <param name="Eighths">In how many eighths of the second article shared hashes stand.</param>
    public readonly record struct Overlap(int Count, int Eighths);

    /// <summary>
    /// Marks in <paramref name="mask"/>, a bit for each hash of <paramref name="a"/>, which of them are in <paramref name="b"/>.
    /// </summary>
    public static Overlap Intersect(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<ulong> mask)
    {
        mask.Clear();
        int i = 0, j = 0, count = 0;
        var eighths = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i] >> 3, b[j] >> 3);
            if (x == y)
            {
                mask[i >> 6] |= 1UL << i;
                eighths |= 1 << (int)(b[j] & 7);
                count++;
            }

            // Without branches: which side goes on is as good as random, and a mispredicted branch costs more than both additions.
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return new Overlap(count, BitOperations.PopCount((uint)eighths));
    }

    /// <summary>Counts without marking.</summary>
    public static int Shared(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int i = 0, j = 0, count = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i] >> 3, b[j] >> 3);
            count += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return count;
    }

    /// <summary>Figures and dates that stand in the same context in both articles: how many agree, how many differ.</summary>
    public static (int Same, int Different) Figures(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        int i = 0, j = 0, same = 0, different = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i] >> 32, b[j] >> 32);
            if (x == y)
            {
                same += a[i] == b[j] ? 1 : 0;
                different += a[i] == b[j] ? 0 : 1;
            }

            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return (same, different);
    }

    /// <summary>Terms that both sorted sets hold.</summary>
    public static int SharedTerms(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int i = 0, j = 0, count = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            count += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return count;
    }
}
