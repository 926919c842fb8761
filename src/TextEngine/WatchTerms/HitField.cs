namespace TextEngine.WatchTerms;

/// <summary>The part of an article where a hit stands.</summary>
public enum HitField
{
    /// <summary>The headline.</summary>
    Title,

    /// <summary>The text.</summary>
    Text,
}
