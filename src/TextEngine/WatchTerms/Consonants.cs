namespace TextEngine.WatchTerms;

/// <summary>Consonants as far as transliterations tell them apart.</summary>
enum Consonant : byte
{
    None,
    Q,
    K,
    C,
    Gh,
    G,
    H,
    Kh,
    X,
    T,
    Th,
    D,
    S,
    Sh,
    Ch,
    J,
    Z,
    F,
    B,
    P,
    V,
    W,
    L,
    M,
    N,
    R,
    Dh,
}

static class Consonants
{
    /// <summary>Consonants that newsrooms put for one another share a class.</summary>
    public static byte Class(Consonant consonant) => consonant switch
    {
        Consonant.Q or Consonant.K or Consonant.C or Consonant.Gh or Consonant.G => 1,
        Consonant.H or Consonant.Kh or Consonant.X => 2,
        Consonant.B or Consonant.P => 3,
        Consonant.T or Consonant.Th or Consonant.D => 5,
        Consonant.J or Consonant.Ch => 6,
        Consonant.F or Consonant.V or Consonant.W => 7,
        Consonant.S or Consonant.Sh or Consonant.Z or Consonant.Dh => 4,
        _ => (byte)(consonant + 8),
    };

    /// <summary>Arabic writes the p and v of other languages as b and f.</summary>
    public static bool AreOneInArabic(Consonant a, Consonant b) => (a, b) is (Consonant.B, Consonant.P) or (Consonant.P, Consonant.B)
        or (Consonant.F, Consonant.V) or (Consonant.V, Consonant.F);

    /// <summary>Arabic writes the g of Kurdish as k: بيشمركة.</summary>
    public static bool AreKurdishG(Consonant a, Consonant b) => (a, b) is (Consonant.K, Consonant.G) or (Consonant.G, Consonant.K);

    /// <summary>The last s of Portuguese is heard as sh: غوتيريش, Guterres.</summary>
    public static bool AreSibilants(Consonant a, Consonant b) => (a, b) is (Consonant.S, Consonant.Sh) or (Consonant.Sh, Consonant.S);

    /// <summary>Whether two different consonants of one class may be one sound, at the end of a word or elsewhere, of a word of two or of more: 2 yes, 1 in some languages, 0 no.</summary>
    public static int Compare(Consonant a, Consonant b, bool last, bool isShort)
    {
        if (a > b)
        {
            (a, b) = (b, a);
        }

        return (a, b) switch
        {
            (Consonant.Q, Consonant.K or Consonant.C or Consonant.Gh) => 2,
            (Consonant.K, Consonant.C) => 2,

            // The ق of the Gulf, Libya and Sudan: Gaddafi, Dagalo.
            (Consonant.Q, Consonant.G) when !isShort => 1,
            (Consonant.K, Consonant.Gh) => 1,
            (Consonant.Gh, Consonant.G) => 2,
            (Consonant.T, Consonant.Th) => 2,
            (Consonant.H or Consonant.Kh, Consonant.X) => 2,
            (Consonant.H, Consonant.Kh) => 1,
            (Consonant.S, Consonant.Z) => 1,

            // The z that others write for ظ and ض is no s: Kadhimi, Kazimi, but not Qasimi.
            (Consonant.Z, Consonant.Dh) => 2,
            (Consonant.Ch, Consonant.J) => 1,
            (Consonant.V, Consonant.W) => 2,
            (Consonant.F, Consonant.V) => 1,

            // Turkish and German harden the end of a word: Bağdat, Mesut.
            (Consonant.T, Consonant.D) when last => 1,
            _ => 0,
        };
    }
}
