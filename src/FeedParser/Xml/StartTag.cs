using System.Text;
using FeedParser.Text;

namespace FeedParser.Xml;

/// <summary>A start tag (XML 1.0 section 3.1) as it stands in the input, with its attributes as stretches of it.</summary>
sealed class StartTag
{
    // What comes after is left out; no vocabulary has a tenth of it.
    const int MostAttributes = 64;

    readonly Attribute[] attributes = new Attribute[MostAttributes];

    public int Count { get; private set; }

    public bool Dropped { get; private set; }

    public void Clear()
    {
        Count = 0;
        Dropped = false;
    }

    public void Add(int name, int nameLength, int value, int valueLength)
    {
        if (Count == MostAttributes)
        {
            Dropped = true;
            return;
        }

        attributes[Count++] = new(name, nameLength, value, valueLength);
    }

    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> data, int index) => data.Slice(attributes[index].Name, attributes[index].NameLength);

    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> data, int index) =>
        data.Slice(attributes[index].Value, attributes[index].ValueLength);

    /// <summary>The value of the attribute as text, its references resolved; null when it is missing or empty.</summary>
    public string? Get(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        int index = IndexOf(data, name);
        var text = index < 0 ? "" : Decode(Value(data, index)).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>Whether the tag has the attribute, be it empty.</summary>
    public bool Has(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name) => IndexOf(data, name) >= 0;

    int IndexOf(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < Count; i++)
        {
            if (attributes[i].NameLength == name.Length && Ascii.EqualsIgnoreCase(Name(data, i), name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Attribute text: references resolved, nothing else changed.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        if (value.IndexOf((byte)'&') < 0)
        {
            return Encoding.UTF8.GetString(value);
        }

        var text = new StringBuilder(value.Length);
        while (!value.IsEmpty)
        {
            int ampersand = value.IndexOf((byte)'&');
            text.Append(Encoding.UTF8.GetString(ampersand < 0 ? value : value[..ampersand]));
            if (ampersand < 0)
            {
                break;
            }

            value = value[ampersand..];
            int length = Entities.Read(value, out int first, out int second);
            text.Append(length == 0 ? "&" : RuneText(first) + (second == 0 ? "" : RuneText(second)));
            value = value[Math.Max(1, length)..];
        }

        return text.ToString();
    }

    static string RuneText(int codePoint) => (Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar).ToString();

    readonly record struct Attribute(int Name, int NameLength, int Value, int ValueLength);
}
