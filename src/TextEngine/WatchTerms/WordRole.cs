namespace TextEngine.WatchTerms;

/// <summary>What a word of the text may do to the names around it, whatever the terms are.</summary>
[Flags]
enum WordRole : byte
{
    None = 0,

    /// <summary>It may be one of several names of a person, so that a name may run through it.</summary>
    Name = 1,

    /// <summary>A first name, though one that families bear too.</summary>
    FirstName = 2,

    /// <summary>No word that is known, and in the shape of a name.</summary>
    UnknownName = 4,

    /// <summary>Makes another family's name of the one before it.</summary>
    EndsFamilyName = 8,

    /// <summary>A particle that may stand between the words of a phrase.</summary>
    StandsBetween = 16,

    /// <summary>The same where a hyphen follows.</summary>
    StandsBetweenBeforeHyphen = 32,

    /// <summary>The end of names that are one word elsewhere: Nasrallah, نصر الله.</summary>
    EndsName = 64,
}
