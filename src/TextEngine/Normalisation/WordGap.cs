namespace TextEngine.Normalisation;

/// <summary>What stands between a word and the word before it; flags, since a gap may hold several signs.</summary>
[Flags]
public enum WordGap : byte
{
    /// <summary>Nothing: the text starts here, or two ideographs touch.</summary>
    None = 0,

    /// <summary>Spaces of any width.</summary>
    Space = 1,

    /// <summary>One line break; a phrase may be wrapped across it.</summary>
    Line = 2,

    /// <summary>Quotation marks, brackets or other signs that a phrase may run through.</summary>
    Quote = 4,

    /// <summary>One hyphen, apostrophe, underscore or zero-width non-joiner, with no space: the two words may also be one.</summary>
    Joint = 8,

    /// <summary>A comma, colon, dash or other sign that ends a phrase but not the sentence.</summary>
    Break = 16,

    /// <summary>The end of a sentence, or an empty line.</summary>
    Stop = 32,

    /// <summary>A single full stop with no space around it, as in I.R.G.C.; always together with <see cref="Stop"/>.</summary>
    Dot = 64,

    /// <summary>Together with <see cref="Joint"/>: the joint is an apostrophe.</summary>
    Apostrophe = 128,
}
