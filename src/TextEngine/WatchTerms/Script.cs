namespace TextEngine.WatchTerms;

/// <summary>The scripts whose spellings the engine can carry into one another. Kurdish writes Arabic letters with all vowels.</summary>
enum Script : byte
{
    Other,
    Arabic,
    Latin,
    Cyrillic,
    Hebrew,
    Kurdish,
    Greek,
}

static class Scripts
{
    /// <summary>The script of a folded word, judged by its first letter.</summary>
    public static Script Of(char folded) => folded switch
    {
        >= 'a' and <= 'z' => Script.Latin,
        >= '\u0621' and <= '\u06D5' => Script.Arabic,
        >= '\u0430' and <= '\u04FF' => Script.Cyrillic,
        >= '\u05D0' and <= '\u05EA' => Script.Hebrew,
        >= '\u03B1' and <= '\u03C9' => Script.Greek,
        _ => Script.Other,
    };
}
