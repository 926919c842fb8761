using System.Globalization;
using System.Text;

namespace FeedParser.Text;

/// <summary>
/// Character references: numeric ones with the replacements of the HTML standard (section 13.2.5.80, which maps the C1 range
/// to windows-1252), and all named ones of HTML 5, which feeds use in XML without declaring them.
/// </summary>
static class Entities
{
    // No name of the standard is longer; what is longer is text.
    const int LongestName = 32;

    static readonly NameTable<Pair> Named = Load();

    static ReadOnlySpan<ushort> C1 =>
    [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];

    /// <summary>The windows-1252 reading of a C1 control, which nobody means in text.</summary>
    public static int FromC1(int codePoint) => codePoint is >= 0x80 and <= 0x9F ? C1[codePoint - 0x80] : codePoint;

    /// <summary>The byte that stands for the character in windows-1252; -1 when there is none.</summary>
    public static int ToC1(char c)
    {
        if (c <= '\u00FF')
        {
            return c;
        }

        int at = C1.IndexOf(c);
        return at < 0 ? -1 : at + 0x80;
    }

    /// <summary>
    /// Writes what the reference at the start of <paramref name="text"/> stands for. Returns its length in bytes, or 0 when it is none.
    /// Nothing is written that is longer than the reference, except for two names of five bytes that stand for six.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> target, out int written)
    {
        written = 1;
        if (text.Length >= 6)
        {
            // The five that XML has itself make up nearly all of them.
            switch (text[1])
            {
                case (byte)'l' when text[2] == 't' && text[3] == ';':
                    target[0] = (byte)'<';
                    return 4;
                case (byte)'g' when text[2] == 't' && text[3] == ';':
                    target[0] = (byte)'>';
                    return 4;
                case (byte)'a' when text[2] == 'm' && text[3] == 'p' && text[4] == ';':
                    target[0] = (byte)'&';
                    return 5;
                case (byte)'q' when text[2] == 'u' && text[3] == 'o' && text[4] == 't' && text[5] == ';':
                    target[0] = (byte)'"';
                    return 6;
                default:
                    break;
            }
        }

        int length = Read(text, out int first, out int second);
        written = length == 0 ? 0 : Encode(first, target);
        if (second != 0)
        {
            written += Encode(second, target[written..]);
        }

        return length;
    }

    static int Encode(int codePoint, Span<byte> target) =>
        (Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar).EncodeToUtf8(target);

    /// <summary>
    /// Reads the reference at the start of <paramref name="text"/> (an ampersand). Returns its length in bytes, or 0 when it is
    /// none and the ampersand stands for itself.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> text, out int first, out int second)
    {
        first = second = 0;
        if (text.Length < 3)
        {
            return 0;
        }

        if (text[1] == '#')
        {
            return ReadNumeric(text, out first);
        }

        int end = 1;
        while (end < text.Length && end <= LongestName && char.IsAsciiLetterOrDigit((char)text[end]))
        {
            end++;
        }

        if (end < 3 || end >= text.Length || text[end] != ';' || !Named.TryGet(text[1..end], out var pair))
        {
            return 0;
        }

        (first, second) = (pair.First, pair.Second);
        return end + 1;
    }

    static int ReadNumeric(ReadOnlySpan<byte> text, out int codePoint)
    {
        bool hex = (text[2] | 0x20) == 'x';
        int start = hex ? 3 : 2, end = start;
        long value = 0;
        for (; end < text.Length; end++)
        {
            int digit = hex ? HexDigit(text[end]) : text[end] is >= (byte)'0' and <= (byte)'9' ? text[end] - '0' : -1;
            if (digit < 0)
            {
                break;
            }

            value = Math.Min(value * (hex ? 16 : 10) + digit, 0x110000);
        }

        codePoint = value is 0 or > 0x10FFFF ? 0xFFFD : FromC1((int)value);
        if (end == start)
        {
            return 0;
        }

        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    static int HexDigit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    static NameTable<Pair> Load()
    {
        using var resource = typeof(Entities).Assembly.GetManifestResourceStream("entities.txt")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        var names = new List<KeyValuePair<string, Pair>>(2200);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            int second = parts.Length > 2 ? int.Parse(parts[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 0;
            names.Add(new(parts[0], new(int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), second)));
        }

        return new(names, ignoreCase: false);
    }

    readonly record struct Pair(int First, int Second);
}
