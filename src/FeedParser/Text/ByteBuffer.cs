using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FeedParser.Text;

/// <summary>A growing byte array that is kept between uses, so that one parse needs a handful of arrays at most.</summary>
sealed class ByteBuffer
{
    byte[] bytes = [];
    char[] chars = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public void Append(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Reserve(more.Length));
        Length += more.Length;
    }

    public void Append(byte one)
    {
        Reserve(1)[0] = one;
        Length++;
    }

    public void AppendRune(int codePoint)
    {
        var rune = Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar;
        Length += rune.EncodeToUtf8(Reserve(4));
    }

    /// <summary>Room for <paramref name="count"/> bytes behind the present end; <see cref="Advance"/> takes what was used.</summary>
    public Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
        {
            Grow(count);
        }

        return bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    /// <summary>
    /// Decodes valid UTF-8 by way of an array that is kept, in one pass: a string made directly needs one more to be measured.
    /// </summary>
    public string GetString(ReadOnlySpan<byte> utf8)
    {
        if (chars.Length < utf8.Length)
        {
            ReturnChars();
            chars = ArrayPool<char>.Shared.Rent(utf8.Length);
        }

        Utf8.ToUtf16(utf8, chars, out _, out int written);
        return new string(chars, 0, written);
    }

    /// <summary>Gives the arrays back; the buffer starts anew at its next use.</summary>
    public void Release()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = [];
        Length = 0;
        ReturnChars();
    }

    void ReturnChars()
    {
        if (chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(chars);
        }

        chars = [];
    }

    void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(1024, Math.Max(bytes.Length * 2, Length + count)));
        bytes.AsSpan(0, Length).CopyTo(larger);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = larger;
    }
}
