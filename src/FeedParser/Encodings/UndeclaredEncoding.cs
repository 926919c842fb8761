using System.Buffers;
using System.Text;

namespace FeedParser.Encodings;

/// <summary>
/// What a document is written in that says nothing of it and is no UTF-8: every candidate decodes a sample, and the one counts whose
/// language has the most of its frequent characters in it, measured by how many ordinary text has (unigram language models; Cavnar and
/// Trenkle 1994 have the idea). Western text is known by its shape: letters beyond ASCII are few in words that are ASCII else.
/// </summary>
static class UndeclaredEncoding
{
    const int SampleLength = 16 * 1024;
    const int Western = 1252;

    // Below this share of the ordinary no candidate is believed.
    const double Least = 0.4;

    static readonly Candidate[] Candidates =
    [
        new(1256, 0.72, "اليمنورتبةعد"),
        new(1251, 0.68, "оеаинтсрвл"),
        new(20866, 0.68, "оеаинтсрвл"),
        new(1255, 0.70, "יוהלאתברמש"),
        new(1253, 0.66, "αοιετσνηυρςάόίέ"),
        new(874, 0.55, "านรอกเงมยล่้ัี"),
        new(949, 0.45, "이다는의에가을고하지한로기도은를사리인들시서대자어해수일정부과나그있상보전만제주아원장국"),
        new(51932, 0.50, "のにはをたがでとしてるなれいもかこさらっりくまうーンスルトイアリクッ、。"),
        new(932, 0.50, "のにはをたがでとしてるなれいもかこさらっりくまうーンスルトイアリクッ、。"),
        new(54936, 0.28, "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说，。"),
        new(950, 0.28, "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說，。"),
    ];

    /// <summary>The likeliest encoding; windows-1252 where none is likely.</summary>
    public static Encoding Of(ReadOnlySpan<byte> bytes)
    {
        int start = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (start < 0)
        {
            return Encoding.UTF8;
        }

        var sample = bytes.Slice(start, Math.Min(SampleLength, bytes.Length - start));
        int page = Western;
        if (IsWestern(bytes[Math.Max(0, start - 1)..(start + sample.Length)]))
        {
            return EncodingNames.Page(page);
        }

        double best = Least;
        foreach (var candidate in Candidates)
        {
            double likelihood = candidate.Likelihood(sample);
            if (likelihood > best)
            {
                (page, best) = (candidate.Page, likelihood);
            }
        }

        return EncodingNames.Page(page);
    }

    // Most bytes beyond ASCII stand alone or in twos beside an ASCII letter, which is so in no other script; a handful tells nothing.
    static bool IsWestern(ReadOnlySpan<byte> text)
    {
        int high = 0, within = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int run = text[i..].IndexOfAnyInRange((byte)0, (byte)0x7F);
            run = run < 0 ? text.Length - i : run;
            if (run == 0)
            {
                continue;
            }

            bool beside = (i > 0 && char.IsAsciiLetter((char)text[i - 1]))
                || (i + run < text.Length && char.IsAsciiLetter((char)text[i + run]));
            high += run;
            within += run <= 2 && beside ? run : 0;
            i += run;
        }

        return high < 4 || within * 2 > high;
    }

    sealed class Candidate(int page, double share, string frequent)
    {
        readonly SearchValues<char> frequent = SearchValues.Create(frequent);

        public int Page => page;

        public double Likelihood(ReadOnlySpan<byte> sample)
        {
            int seen = 0, found = 0;
            foreach (char c in EncodingNames.Page(page).GetString(sample))
            {
                if (c >= 0x80)
                {
                    seen++;
                    found += frequent.Contains(c) ? 1 : c is '\uFFFD' or <= '\u009F' ? -2 : 0;
                }
            }

            return seen == 0 ? 0 : found / (seen * share);
        }
    }
}
