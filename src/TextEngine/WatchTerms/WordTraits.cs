namespace TextEngine.WatchTerms;

/// <summary>How a word of the text came to stand for a word of a term; a phrase has those of all its words.</summary>
[Flags]
enum WordTraits : uint
{
    None = 0,

    /// <summary>Arabic or Hebrew letters such as و or ل stand before the word, as one with it.</summary>
    Proclitic = 1,

    /// <summary>The text has the article ال where the term has none.</summary>
    ArticleAdded = 2,

    /// <summary>The term has the article ال where the text has none.</summary>
    ArticleMissing = 4,

    /// <summary>One letter is wrong, missing, too many or swapped.</summary>
    Typo = 8,

    /// <summary>The word sounds as the term does, its vowels as long as the term's.</summary>
    Sound = 16,

    /// <summary>The word sounds as the term may, but other names or words do too.</summary>
    LooseSound = 32,

    /// <summary>The word says in another language what the term's word says.</summary>
    Translated = 64,

    /// <summary>A Persian, Kurdish, Turkish, German or Russian ending follows the word, as one with it.</summary>
    Ending = 128,

    /// <summary>Parts with a hyphen, apostrophe or zero-width non-joiner between them were taken as one word.</summary>
    Joined = 256,

    /// <summary>Found by word* in a query.</summary>
    Prefix = 512,

    /// <summary>Found by word~ in a query.</summary>
    OneEdit = 1024,

    /// <summary>The word stands in a script or language that the term was not written in.</summary>
    OtherScript = 2048,

    /// <summary>The match needs the watch's context to count.</summary>
    Weak = 4096,

    /// <summary>A long vowel or hamza that the term has is not written.</summary>
    MarksLost = 8192,

    /// <summary>Names that the term does not have stand between its words: Abdulmalik Badr al-Din al-Houthi.</summary>
    LongerName = 32768,

    /// <summary>The next word makes another family's name of it, as Persian does: قاآنی‌پور, سلیمانی نژاد.</summary>
    LongerFamily = 65536,

    /// <summary>Counts only when written with a capital; never a trait of a hit.</summary>
    CapitalOnly = 16384,

    /// <summary>Traits that a hit has to be weighed for.</summary>
    Doubtful = ArticleAdded | ArticleMissing | LooseSound | Translated | OtherScript,
}
