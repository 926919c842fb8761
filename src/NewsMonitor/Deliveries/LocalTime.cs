namespace NewsMonitor.Deliveries;

/// <summary>Wall clock to UTC with one answer for every reading, those that a clock change skips or repeats included.</summary>
public static class LocalTime
{
    /// <summary>A reading that was skipped is the first moment after the gap; one that comes twice is the first of the two.</summary>
    public static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // Gaps are whole minutes long, an hour as a rule; the offset before the gap places the reading right after it or later.
            var probe = local;
            while (zone.IsInvalidTime(probe))
            {
                probe = probe.AddMinutes(-1);
            }
            var lastBefore = new DateTimeOffset(probe, zone.GetUtcOffset(probe));
            return lastBefore.AddMinutes(1).ToUniversalTime();
        }
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
