using System.Runtime.InteropServices;

namespace TextEngine.WatchTerms;

/// <summary>An atom found in a field, before any watch has judged it. Hits of one atom are chained in reading order once somebody asks (<see cref="Scanner.Found"/>).</summary>
[StructLayout(LayoutKind.Auto)]
struct RawHit
{
    public int Atom;
    public int FirstWord;
    public int LastWord;
    public int Start;
    public int End;
    public int Next;
    public WordTraits Traits;
    public PathTraits Path;
    public HitField Field;
}
