
namespace FeedParser.Xml;

/// <summary>
/// A tolerant pull over UTF-8: it takes what XML 1.0 allows and mends what it does not. It is handed the input in one stretch or in
/// several; what is not complete at the end of a stretch is left for the next.
/// </summary>
sealed partial class XmlFeedParser
{
    readonly StartTag tag = new();
    bool lastStretch;

    // One search to the end of the document is enough to know that no such construct ends any more.
    bool noCommentEnd, noInstructionEnd, noSubsetEnd;
    long linesBefore;

    /// <summary>
    /// Reads as far as tokens are complete and returns how many bytes that took; all of them when <paramref name="final"/>.
    /// </summary>
    public int Process(ReadOnlySpan<byte> data, bool final)
    {
        int at = 0;
        lastStretch = final;
        while (at < data.Length)
        {
            int used = data[at] == '<' ? Markup(data, at, final) : TextRun(data, at, final);
            if (used == 0)
            {
                if (!final)
                {
                    break;
                }

                Note("the document ends inside a tag; the rest is left out", data, at);
                return data.Length;
            }

            at += used;
        }

        return at;
    }

    /// <summary>Tells the parser that a stretch is done with, so that later problems count their lines from the document's start.</summary>
    public void Forget(ReadOnlySpan<byte> consumed) => linesBefore += consumed.Count((byte)'\n');

    void Note(string message, ReadOnlySpan<byte> data, int at) =>
        problems.Add(message, problems.Wants(message) ? (int)(linesBefore + 1 + data[..at].Count((byte)'\n')) : 0);

    int TextRun(ReadOnlySpan<byte> data, int at, bool final)
    {
        int length = data[at..].IndexOf((byte)'<');
        if (length < 0)
        {
            if (!final)
            {
                return 0;
            }

            length = data.Length - at;
        }

        OnText(data, at, length);
        return length;
    }

    int Markup(ReadOnlySpan<byte> data, int at, bool final)
    {
        if (at + 1 >= data.Length)
        {
            return 0;
        }

        byte next = data[at + 1];
        if (IsNameStart(next))
        {
            return ReadStartTag(data, at);
        }

        if (next == '/')
        {
            return ReadEndTag(data, at);
        }

        if (next == '?')
        {
            return Until(data[at..], 2, "?>"u8, ref noInstructionEnd, final);
        }

        return next == '!' ? Declaration(data, at, final) : Literal(data, at);
    }

    static bool IsNameStart(byte b) => (uint)((b | 0x20) - 'a') < 26 || b == '_' || b == ':' || b >= 0x80;

    // An angle bracket that opens nothing is text.
    int Literal(ReadOnlySpan<byte> data, int at)
    {
        Note("a bare '<' is read as text", data, at);
        OnLiteral("<"u8);
        return 1;
    }

    // The length of a construct that begins with so many bytes; without its own end it ends at the next '>'.
    static int Until(ReadOnlySpan<byte> rest, int begin, ReadOnlySpan<byte> end, ref bool noEnd, bool final)
    {
        int found = noEnd ? -1 : rest[begin..].IndexOf(end);
        if (found >= 0)
        {
            return begin + found + end.Length;
        }

        noEnd = final;
        return final ? UntilBracket(rest) : 0;
    }

    static int UntilBracket(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'>') + 1;

    int Declaration(ReadOnlySpan<byte> data, int at, bool final)
    {
        var rest = data[at..];
        if (rest.StartsWith("<!--"u8))
        {
            return Until(rest, 4, "-->"u8, ref noCommentEnd, final);
        }

        if (StartsWith(rest, "<![cdata["u8))
        {
            int end = rest[9..].IndexOf("]]>"u8);
            if (end < 0 && !final)
            {
                return 0;
            }

            if (end < 0)
            {
                Note("a CDATA section does not end; it is read to the end of the document", data, at);
                OnCharacters(rest[9..]);
                return rest.Length;
            }

            OnCharacters(rest.Slice(9, end));
            return end + 12;
        }

        if (rest.Length < 9 && !final)
        {
            return 0;
        }

        return StartsWith(rest, "<!doctype"u8) ? DocumentType(rest, final) : UntilBracket(rest);
    }

    static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) =>
        text.Length >= lower.Length && System.Text.Ascii.EqualsIgnoreCase(text[..lower.Length], lower);

    // What the document type declares stands in brackets before its '>'.
    int DocumentType(ReadOnlySpan<byte> rest, bool final)
    {
        int close = UntilBracket(rest);
        int bracket = (close == 0 ? rest : rest[..close]).IndexOf((byte)'[');
        if (bracket < 0 || noSubsetEnd)
        {
            return close;
        }

        int end = bracket;
        while (rest[(end + 1)..].IndexOf((byte)']') is >= 0 and var next)
        {
            end += 1 + next;
            int white = rest[(end + 1)..].IndexOfAnyExcept(" \t\r\n"u8);
            if (white >= 0 && rest[end + 1 + white] == '>')
            {
                entities.Declare(rest[(bracket + 1)..end]);
                return end + white + 2;
            }
        }

        noSubsetEnd = final;
        return final ? close : 0;
    }

    int ReadEndTag(ReadOnlySpan<byte> data, int at)
    {
        int start = at + 2;
        int i = start;
        while (i < data.Length && data[i] > ' ' && data[i] != '>' && data[i] != '<')
        {
            i++;
        }

        int nameEnd = i;
        while (i < data.Length && data[i] != '>' && data[i] != '<')
        {
            i++;
        }

        if (i >= data.Length)
        {
            return 0;
        }

        if (nameEnd > start)
        {
            OnEnd(data, start, nameEnd - start);
        }

        return data[i] == '>' ? i + 1 - at : i - at;
    }

    int ReadStartTag(ReadOnlySpan<byte> data, int at)
    {
        int i = at + 1;
        while (i < data.Length && data[i] > ' ' && data[i] is not ((byte)'/' or (byte)'>' or (byte)'<' or (byte)'='))
        {
            i++;
        }

        int nameLength = i - at - 1;
        tag.Clear();
        bool slash = false;
        while (true)
        {
            while (i < data.Length && (data[i] <= ' ' || data[i] == '/'))
            {
                slash = data[i] == '/';
                i++;
            }

            if (i >= data.Length)
            {
                return 0;
            }

            if (data[i] == '>')
            {
                i++;
                break;
            }

            if (data[i] == '<')
            {
                return Unclosed(data, at, nameLength, i);
            }

            slash = false;
            if (!ReadAttribute(data, ref i))
            {
                return 0;
            }
        }

        OnStart(data, at + 1, nameLength, slash);
        return i - at;
    }

    // "<b and c</title>": in text the bracket was meant as one, elsewhere the tag lacks its end.
    int Unclosed(ReadOnlySpan<byte> data, int at, int nameLength, int end)
    {
        Note("a tag without '>' is mended", data, at);
        if (capture.Field != Field.None)
        {
            OnLiteral(data[at..end]);
        }
        else
        {
            OnStart(data, at + 1, nameLength, false);
        }

        return end - at;
    }

    // A value holds no '<' (XML 1.0 section 3.1). One that has some and ends behind a '=', or never, ran on to the quote of another
    // attribute: its own tag ended before.
    static int EndWithoutQuote(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOfAny((byte)'<', (byte)'>');
        bool ranOn = end > 0 && value[end] == '>' && value[end..].IndexOf((byte)'<') > 0;
        return !ranOn ? 0 : value[end - 1] == '/' ? end - 1 : end;
    }

    bool ReadAttribute(ReadOnlySpan<byte> data, ref int i)
    {
        int name = i;
        while (i < data.Length && data[i] > ' ' && data[i] is not ((byte)'=' or (byte)'>' or (byte)'<' or (byte)'/'))
        {
            i++;
        }

        int nameLength = i - name;
        while (i < data.Length && data[i] <= ' ')
        {
            i++;
        }

        if (i >= data.Length)
        {
            return false;
        }

        if (data[i] != '=')
        {
            tag.Add(name, nameLength, i, 0);
            return true;
        }

        i++;
        while (i < data.Length && data[i] <= ' ')
        {
            i++;
        }

        if (i >= data.Length)
        {
            return false;
        }

        byte quote = data[i];
        if (quote is (byte)'"' or (byte)'\'')
        {
            int close = data[(i + 1)..].IndexOf(quote);
            bool suspect = close < 0 ? lastStretch : close > 0 && data[i + close] == '=';
            if (suspect && EndWithoutQuote(close < 0 ? data[(i + 1)..] : data.Slice(i + 1, close)) is > 0 and var end)
            {
                Note("an attribute without its second quote is mended", data, i);
                tag.Add(name, nameLength, i + 1, end);
                i += end + 1;
                return true;
            }

            if (close < 0)
            {
                return false;
            }

            tag.Add(name, nameLength, i + 1, close);
            i += close + 2;
            return true;
        }

        int start = i;
        while (i < data.Length && data[i] > ' ' && data[i] != '>' && data[i] != '<')
        {
            i++;
        }

        // "<a href=x/>": the slash closes the tag.
        int length = i - start;
        if (length > 0 && i < data.Length && data[i] == '>' && data[i - 1] == '/')
        {
            length--;
            i--;
        }

        tag.Add(name, nameLength, start, length);
        return i < data.Length;
    }
}
