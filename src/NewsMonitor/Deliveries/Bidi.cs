namespace NewsMonitor.Deliveries;

/// <summary>
/// Isolation of a stretch whose direction may differ from its surroundings (UAX #9): without it a Latin name or a number in an Arabic
/// line tears that line apart. For HTML the element <c>bdi</c> does the same.
/// </summary>
static class Bidi
{
    const char FirstStrongIsolate = '\u2068';
    const char PopIsolate = '\u2069';

    public static string Isolate(string text) => $"{FirstStrongIsolate}{Balanced(text)}{PopIsolate}";

    /// <summary>Takes out embeddings and isolates that the text itself brings: an unclosed one would turn everything after it around.</summary>
    public static string Balanced(string text) => text.Any(IsControl) ? string.Concat(text.Where(c => !IsControl(c))) : text;

    static bool IsControl(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
