namespace TextEngine.WatchTerms;

/// <summary>Finds words of terms by how they sound.</summary>
sealed class SoundIndex
{
    public bool IsEmpty => true;
}
