namespace TextEngine.WatchTerms;

/// <summary>One mention that raised a watch.</summary>
public sealed class WatchHit
{
    readonly string text;
    readonly Atom? atom;
    readonly WordTraits traits;
    readonly PathTraits path;
    string? surface;
    string? why;

    /// <summary>Makes a hit whose surface and reason are known.</summary>
    public WatchHit(string watch, string term, HitField field, int start, int length, string surface, string why)
    {
        Watch = watch;
        Term = term;
        Field = field;
        Start = start;
        Length = length;
        this.surface = text = surface;
        this.why = why;
    }

    internal WatchHit(string watch, Atom atom, in RawHit found, string text)
    {
        Watch = watch;
        Term = atom.Text;
        Field = found.Field;
        Start = found.Start;
        Length = found.End - found.Start;
        this.text = text;
        this.atom = atom;
        traits = found.Traits;
        path = found.Path;
    }

    /// <summary>The watch's id.</summary>
    public string Watch { get; }

    /// <summary>The term or query word as the user defined it.</summary>
    public string Term { get; }

    /// <summary>Where the mention stands.</summary>
    public HitField Field { get; }

    /// <summary>Start in the original field, in UTF-16 units.</summary>
    public int Start { get; }

    /// <summary>Length in UTF-16 units.</summary>
    public int Length { get; }

    /// <summary>The stretch as written, proclitics included.</summary>
    public string Surface => surface ??= text.Substring(Start, Length);

    /// <summary>Why it counts, in a few words.</summary>
    public string Why => why ??= Reasons.Of(atom!, traits, path, Surface);

    /// <summary>The hit in one line.</summary>
    public override string ToString() => $"{Watch}: {Surface} ({Field} {Start}, {Term}: {Why})";
}
