using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>A candidate with the ways on from it looked up, so that walking the trie starts without another search.</summary>
[StructLayout(LayoutKind.Auto)]
struct Form
{
    public int Symbol;
    public WordTraits Traits;

    /// <summary>The trie's node after this word, or 0 where no term starts with it.</summary>
    public int Root;

    /// <summary>Where the first words of the phrases that it is the second word of start in <see cref="FirstWordIndex"/>, and how many.</summary>
    public int FirstWords;
    public int FirstWordCount;

    /// <summary>How many words of the text it takes.</summary>
    public byte Span;
}
