namespace FeedParser.Encodings;

/// <summary>
/// Kana and Cyrillic of Big5 as newsrooms use it (the ETEN extension, index Big5 of the WHATWG Encoding Standard), which the framework's
/// code page 950 leaves in Unicode's private use area, row by row in the order of Big5.
/// </summary>
static class Big5Extension
{
    // Big5 C6E7, the first of the hiragana.
    const char First = '\uF6F7';

    const string Cyrillic = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя";

    const int Hiragana = 83, Katakana = 86;

    public static string Read(string text) => text.AsSpan().IndexOfAnyInRange(First, (char)(First + Hiragana + Katakana + 65)) < 0
        ? text
        : string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = Of(source[i]);
            }
        });

    static char Of(char c) => (c - First) switch
    {
        < 0 => c,
        < Hiragana and var at => (char)('ぁ' + at),
        < Hiragana + Katakana and var at => (char)('ァ' + at - Hiragana),
        < Hiragana + Katakana + 66 and var at => Cyrillic[at - Hiragana - Katakana],
        _ => c,
    };
}
