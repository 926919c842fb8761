using System.Buffers;
using System.Text;

namespace FeedParser.Text;

/// <summary>
/// Reads markup as text in one pass over UTF-8: block elements become line breaks, table cells a space, runs of white space one space;
/// scripts, styles and comments go. Time is linear: a search that finds no end is not tried again.
/// </summary>
ref struct HtmlText
{
    const byte NoBreak = 0, Space = 1, Line = 2;

    static readonly SearchValues<byte> TagStops = SearchValues.Create(">\"'"u8);

    readonly ReadOnlySpan<byte> html;
    readonly ByteBuffer output;
    readonly bool oneLine;
    readonly bool knownTagsOnly;
    readonly bool plain;
    int at;
    byte pending;
    bool noCommentEnd;

    HtmlText(ReadOnlySpan<byte> html, ByteBuffer output, bool oneLine, bool knownTagsOnly, bool plain)
    {
        this.plain = plain;
        this.html = html;
        this.output = output;
        this.oneLine = oneLine;
        this.knownTagsOnly = knownTagsOnly;
    }

    /// <summary>
    /// Writes the text of <paramref name="html"/> to <paramref name="output"/>. With <paramref name="knownTagsOnly"/>, angle brackets that
    /// are no HTML element stay text.
    /// </summary>
    public static void Extract(ReadOnlySpan<byte> html, ByteBuffer output, bool oneLine, bool knownTagsOnly = false)
    {
        output.Clear();
        new HtmlText(html, output, oneLine, knownTagsOnly, plain: false).Run();
    }

    /// <summary>
    /// Writes plain text with its white space tidied: one space for a run, line breaks kept unless one line is asked for.
    /// </summary>
    public static void Tidy(ReadOnlySpan<byte> text, ByteBuffer output, bool oneLine)
    {
        output.Clear();
        new HtmlText(text, output, oneLine, false, plain: true).Words();
    }

    /// <summary>
    /// Whether text that is nominally plain is markup after all: it has a closing tag, a void element or a character reference, and every
    /// tag in it is an HTML element.
    /// </summary>
    public static bool LooksLikeHtml(ReadOnlySpan<byte> text)
    {
        bool evidence = false;
        // Looked for once, where something depends on it.
        int? lastBracket = null, lastComment = null;
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny((byte)'<', (byte)'&');
            if (next < 0)
            {
                return evidence;
            }

            i += next;
            var rest = text[i..];
            if (rest[0] == '&')
            {
                int length = Entities.Read(rest, out _, out _);
                evidence |= length > 0 && rest[length - 1] == ';';
            }
            else if (rest.StartsWith("<!--"u8))
            {
                evidence |= i < (lastComment ??= text.LastIndexOf("-->"u8));
            }
            else if (TagName(rest, out bool closing) is { Length: > 0 } name)
            {
                if (!HtmlElements.Kinds.TryGet(name, out _) || (lastBracket ??= text.LastIndexOf((byte)'>')) < i)
                {
                    return false;
                }

                evidence |= closing || HtmlElements.IsVoid(name);
            }
        }

        return evidence;
    }

    static ReadOnlySpan<byte> TagName(ReadOnlySpan<byte> tag, out bool closing)
    {
        closing = tag.Length > 1 && tag[1] == '/';
        int start = closing ? 2 : 1, end = start;
        while (end < tag.Length && end - start < 24 && (char.IsAsciiLetterOrDigit((char)tag[end]) || tag[end] is (byte)':' or (byte)'-'))
        {
            end++;
        }

        return end > start && char.IsAsciiLetter((char)tag[start]) ? tag[start..end] : default;
    }

    void Run()
    {
        while (at < html.Length)
        {
            Words();
            if (at >= html.Length)
            {
                return;
            }

            if (html[at] == '<')
            {
                Markup();
            }
            else
            {
                Reference();
            }
        }
    }

    // Copies text up to the next '<' or '&', or to the end. Text that needs no tidying, which is most, is copied in one go.
    void Words()
    {
        var rest = html[at..];
        int stop = plain ? -1 : rest.IndexOfAny((byte)'<', (byte)'&');
        var run = stop < 0 ? rest : rest[..stop];
        at += run.Length;
        while (!run.IsEmpty && run[0] <= ' ')
        {
            pending = Math.Max(pending, plain && run[0] == '\n' ? Line : Space);
            run = run[1..];
        }

        if (run.IsEmpty)
        {
            return;
        }

        Break();
        bool spaced = run[^1] == ' ';
        run = spaced ? run[..^1] : run;
        if (run.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0 && run.IndexOf("  "u8) < 0 && run[^1] != ' ')
        {
            output.Append(run);
        }
        else
        {
            Tidily(run);
        }

        pending = Math.Max(pending, spaced ? Space : NoBreak);
    }

    // One space for every run of white space and controls.
    void Tidily(ReadOnlySpan<byte> run)
    {
        var target = output.Reserve(run.Length);
        int used = 0;
        foreach (byte b in run)
        {
            if (b <= ' ')
            {
                pending = Math.Max(pending, plain && b == '\n' ? Line : Space);
                continue;
            }

            if (pending != NoBreak)
            {
                target[used++] = pending == Line && !oneLine ? (byte)'\n' : (byte)' ';
                pending = NoBreak;
            }

            target[used++] = b;
        }

        output.Advance(used);
    }

    void Put(byte b)
    {
        Break();
        output.Append(b);
    }

    void Break()
    {
        if (pending != NoBreak && output.Length > 0)
        {
            output.Append(pending == Line && !oneLine ? (byte)'\n' : (byte)' ');
        }

        pending = NoBreak;
    }

    void Reference()
    {
        Span<byte> character = stackalloc byte[8];
        int length = Entities.Write(html[at..], character, out int written);
        if (length == 0)
        {
            Put(html[at++]);
            return;
        }

        at += length;
        if (written == 1 && character[0] <= ' ')
        {
            pending = Math.Max(pending, Space);
            return;
        }

        Break();
        output.Append(character[..written]);
    }

    void Markup()
    {
        var rest = html[at..];
        if (rest.StartsWith("<!--"u8))
        {
            int end = noCommentEnd ? -1 : rest[4..].IndexOf("-->"u8);
            noCommentEnd |= end < 0;
            at = end >= 0 ? at + end + 7 : EndOfTag(at + 4);
            return;
        }

        if (rest.StartsWith("<![CDATA["u8))
        {
            at += 9;
            return;
        }

        var name = TagName(rest, out bool closing);
        HtmlKind kind = HtmlKind.Inline;
        bool known = name.Length > 0 && HtmlElements.Kinds.TryGet(name, out kind);
        bool isTag = name.Length > 0 || IsDeclaration(rest);
        if (!isTag || (knownTagsOnly && !known))
        {
            Put(html[at++]);
            return;
        }

        int after = EndOfTag(at);
        bool selfClosed = html[after - 1] == '>' && html[after - 2] == '/';
        at = after;
        switch (kind)
        {
            case HtmlKind.Block:
                pending = Line;
                break;
            case HtmlKind.Cell:
                pending = Math.Max(pending, Space);
                break;
            case HtmlKind.Hidden when !closing && !selfClosed:
                SkipTo(name);
                break;
            default:
                break;
        }
    }

    // "<!" that no keyword follows is text, whatever comes after.
    static bool IsDeclaration(ReadOnlySpan<byte> rest) =>
        rest.Length > 2 && (rest[1] == '?' || (rest[1] == '!' && (char.IsAsciiLetter((char)rest[2]) || rest[2] is (byte)'[' or (byte)'-')));

    // The content of a script or style ends at its closing tag and nowhere else; without one, nothing more is text.
    void SkipTo(ReadOnlySpan<byte> name)
    {
        while (at < html.Length)
        {
            int end = html[at..].IndexOf("</"u8);
            if (end < 0)
            {
                at = html.Length;
                return;
            }

            at += end + 2;
            if (html.Length - at >= name.Length && Ascii.EqualsIgnoreCase(html.Slice(at, name.Length), name))
            {
                at = EndOfTag(at);
                return;
            }
        }
    }

    // The position behind the tag's '>', with '>' inside quotes passed over; a quote that never closes counts as none.
    readonly int EndOfTag(int start)
    {
        int i = start;
        while (i < html.Length)
        {
            int stop = html[i..].IndexOfAny(TagStops);
            if (stop < 0)
            {
                return html.Length;
            }

            i += stop;
            if (html[i] == '>')
            {
                return i + 1;
            }

            int close = FollowsEquals(i) ? html[(i + 1)..].IndexOf(html[i]) : -1;
            i += close < 0 ? 1 : close + 2;
        }

        return html.Length;
    }

    readonly bool FollowsEquals(int i)
    {
        do
        {
            i--;
        }
        while (i > 0 && html[i] == ' ');
        return html[i] == '=';
    }
}
