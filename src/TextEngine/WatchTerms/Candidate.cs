using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>A word of the terms that a word of the text may stand for.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Candidate(int Symbol, WordTraits Traits, byte Span);
