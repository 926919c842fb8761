namespace TextEngine.WatchTerms;

/// <summary>One mention that raised a watch.</summary>
/// <param name="Watch">The watch's id.</param>
/// <param name="Term">The term or query word as the user defined it.</param>
/// <param name="Field">Where the mention stands.</param>
/// <param name="Start">Start in the original field, in UTF-16 units.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Surface">The stretch as written, proclitics included.</param>
/// <param name="Why">Why it counts, in a few words.</param>
public sealed record WatchHit(string Watch, string Term, HitField Field, int Start, int Length, string Surface, string Why);
