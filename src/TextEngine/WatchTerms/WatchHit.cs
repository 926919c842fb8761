namespace TextEngine.WatchTerms;

/// <summary>
/// One mention that raised a watch. It is a view into its <see cref="WatchHits"/>: surface and reason are made when they are asked for.
/// </summary>
public readonly struct WatchHit
{
    readonly WatchHits hits;
    readonly int index;

    internal WatchHit(WatchHits hits, int index)
    {
        this.hits = hits;
        this.index = index;
    }

    /// <summary>The watch's id.</summary>
    public string Watch => hits.WatchOf(index);

    /// <summary>The term or query word as the user defined it.</summary>
    public string Term => hits.TermOf(index);

    /// <summary>Where the mention stands.</summary>
    public HitField Field => hits.Found(index).Field;

    /// <summary>Start in the original field, in UTF-16 units.</summary>
    public int Start => hits.Found(index).Start;

    /// <summary>Length in UTF-16 units.</summary>
    public int Length => hits.Found(index).Length;

    /// <summary>The stretch as written, proclitics included.</summary>
    public string Surface => hits.TextOf(Field).Substring(Start, Length);

    /// <summary>Why it counts, in a few words.</summary>
    public string Why => Reasons.Of(hits.AtomOf(index), hits.Found(index).Traits, hits.Found(index).Path, Surface, hits.HasContext(index));

    /// <summary>The hit in one line.</summary>
    public override string ToString() => $"{Watch}: {Surface} ({Field} {Start}, {Term}: {Why})";
}
