using System.Runtime.CompilerServices;

namespace TextEngine.WatchTerms;

/// <summary>What follows from a word by itself, as it is written: what it may stand for, lead on to and be mistaken for.</summary>
struct KnownWord
{
    /// <summary>All that it may stand for or be meant for.</summary>
    public Outline Outline;

    /// <summary>The words that some phrase has after it.</summary>
    public Outlines Following;

    /// <summary>The first words of phrases that have it as their second.</summary>
    public Outlines FirstWords;

    /// <summary>What it is a mention of by itself, whatever stands around it, as far as <see cref="HitCount"/> says.</summary>
    public PlainHits Hits;

    /// <summary>A number that no other word has which is remembered; 0 for a word that is not.</summary>
    public int Serial;

    /// <summary>Where those of its forms are that its slot has no room for.</summary>
    public int OtherForms;

    /// <summary>How many forms it has that take no other word.</summary>
    public ushort FormCount;

    /// <summary>How many folded letters it has; none where it is too long to be a misspelt word.</summary>
    public byte Length;

    public byte HitCount;

    public WordRole Role;

    /// <summary>Whether the plain hits are all that the word is by itself; otherwise what ends at its forms has to be weighed.</summary>
    public bool IsPlain;

    /// <summary>Whether the text must have no letter of a language without articles for that.</summary>
    public bool IsPlainInArabic;

    /// <summary>
    /// Adds a hit; of several ways to one mention, and of terms that say the same of the word, the plainest is kept. False when there is no room.
    /// </summary>
    public bool Add(PlainHit hit, Callers callers)
    {
        const WordTraits Weighed = WordTraits.Weak | WordTraits.Ending;
        for (var i = 0; i < HitCount; i++)
        {
            var plainest = (uint)hit.Traits < (uint)Hits[i].Traits ? hit : Hits[i];
            if (Hits[i].Atom == hit.Atom || ((plainest.Traits & Weighed) == 0 && callers.SayTheSame(Hits[i].Atom, hit.Atom)))
            {
                Hits[i] = plainest;
                return true;
            }
        }

        if (HitCount == PlainHits.Most)
        {
            return false;
        }

        Hits[HitCount++] = hit;
        return true;
    }

    /// <summary>Whether a mention that nothing is plainer than is of this atom, or of one that says the same.</summary>
    public readonly bool Says(int atom, Callers callers)
    {
        for (var i = 0; i < HitCount; i++)
        {
            if (Hits[i].Traits == WordTraits.None && (Hits[i].Atom == atom || callers.SayTheSame(Hits[i].Atom, atom)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A mention of one word.</summary>
readonly record struct PlainHit(int Atom, WordTraits Traits);

[InlineArray(Most)]
struct PlainHits
{
    public const int Most = 3;
    PlainHit first;
}
