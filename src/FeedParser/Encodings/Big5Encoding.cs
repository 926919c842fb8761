using System.Text;

namespace FeedParser.Encodings;

/// <summary>
/// Big5 as newsrooms use it: with kana and Cyrillic (the ETEN extension, index Big5 of the WHATWG Encoding Standard), which the framework's
/// code page 950 leaves in Unicode's private use area, row by row in the order of Big5.
/// </summary>
sealed class Big5Encoding : Encoding
{
    // Big5 C6E7, the first of the hiragana.
    const char First = '\uF6F7';

    const string Cyrillic = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя";

    const int Hiragana = 83, Katakana = 86;

    readonly Encoding page = GetEncoding(950);

    public override string WebName => page.WebName;

    public override int GetByteCount(char[] chars, int index, int count) => page.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        page.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => page.GetCharCount(bytes, index, count);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Extend(chars, charIndex, page.GetChars(bytes, byteIndex, byteCount, chars, charIndex));

    public override int GetMaxByteCount(int charCount) => page.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => page.GetMaxCharCount(byteCount);

    public override Decoder GetDecoder() => new Extending(page.GetDecoder());

    static int Extend(char[] chars, int start, int count)
    {
        foreach (ref char c in chars.AsSpan(start, count))
        {
            c = (c - First) switch
            {
                < 0 => c,
                < Hiragana and var at => (char)('ぁ' + at),
                < Hiragana + Katakana and var at => (char)('ァ' + at - Hiragana),
                < Hiragana + Katakana + 66 and var at => Cyrillic[at - Hiragana - Katakana],
                _ => c,
            };
        }

        return count;
    }

    sealed class Extending(Decoder inner) : Decoder
    {
        public override int GetCharCount(byte[] bytes, int index, int count) => inner.GetCharCount(bytes, index, count);

        public override int GetCharCount(byte[] bytes, int index, int count, bool flush) => inner.GetCharCount(bytes, index, count, flush);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            Extend(chars, charIndex, inner.GetChars(bytes, byteIndex, byteCount, chars, charIndex));

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush) =>
            Extend(chars, charIndex, inner.GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush));

        public override void Reset() => inner.Reset();
    }
}
