using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using FeedParser.Links;
using FeedParser.Text;

namespace FeedParser.Xml;

/// <summary>Collecting the text of an element, through CDATA, references and markup inside, and reading it as plain text.</summary>
sealed partial class XmlFeedParser
{
    // A text this long is an attack or an accident; what is beyond it is left out.
    const int LongestText = 16 * 1024 * 1024;

    readonly ByteBuffer collected = new();
    readonly ByteBuffer readable = new();
    Capture capture;

    void StartCapture(Field field, TextKind kind, int rank, bool soft = false, bool base64 = false)
    {
        collected.Clear();
        capture = new() { Field = field, Kind = kind, Rank = rank, Depth = depth, Soft = soft, Base64 = base64 };
    }

    // Character data between tags.
    void OnText(ReadOnlySpan<byte> data, int at, int length)
    {
        if (capture.Field == Field.None || !Room(length))
        {
            if (depth == 0 && !sawJunk && !data.Slice(at, length).Trim(" \t\r\n\0"u8).IsEmpty)
            {
                sawJunk = true;
                Note("text outside of the root element is passed over", data, at);
            }

            return;
        }

        var text = data.Slice(at, length);
        if (capture.Kind == TextKind.Inline)
        {
            if (!entities.Any)
            {
                collected.Append(text);
                return;
            }

            AppendResolved(data, at, text, keepKnown: true);
        }
        else if (text.IndexOf((byte)'&') < 0)
        {
            collected.Append(text);
        }
        else
        {
            AppendResolved(data, at, text, keepKnown: false);
        }
    }

    // Room for decoded text is reserved once: two names of five bytes stand for six, nothing else is longer than its source.
    static int Decoded(ReadOnlySpan<byte> text) => text.Length + (text.Length / 5) + 8;

    // The references of XML itself take the short way.
    void AppendResolved(ReadOnlySpan<byte> data, int at, ReadOnlySpan<byte> text, bool keepKnown)
    {
        var target = collected.Reserve(Decoded(text));
        int used = 0;
        while (true)
        {
            int ampersand = text.IndexOf((byte)'&');
            if (ampersand < 0)
            {
                text.CopyTo(target[used..]);
                collected.Advance(used + text.Length);
                return;
            }

            text[..ampersand].CopyTo(target[used..]);
            used += ampersand;
            at += ampersand;
            text = text[ampersand..];
            int length = 0;
            if (entities.Any && (length = entities.Read(text, out var value)) > 0)
            {
                collected.Advance(used);
                collected.Append(value);
                target = collected.Reserve(Decoded(text));
                used = 0;
            }
            else if (!keepKnown)
            {
                length = Entities.Write(text, target[used..], out int written);
                used += written;
            }

            if (length == 0)
            {
                if (!keepKnown)
                {
                    Note("a bare '&' or an unknown entity is read as text", data, at);
                }

                target[used++] = (byte)'&';
                length = 1;
            }

            at += length;
            text = text[length..];
        }
    }

    // The content of a CDATA section: characters, none of them markup.
    void OnCharacters(ReadOnlySpan<byte> text)
    {
        if (capture.Field == Field.None || !Room(text.Length))
        {
            return;
        }

        if (capture.Kind == TextKind.Inline)
        {
            Escape(text);
        }
        else
        {
            collected.Append(text);
        }
    }

    // Input that looked like markup and is none.
    void OnLiteral(ReadOnlySpan<byte> text)
    {
        if (capture.Field == Field.None || !Room(text.Length))
        {
            return;
        }

        if (capture.Kind is TextKind.Html or TextKind.Inline && text.Length > 1)
        {
            Escape(text);
        }
        else
        {
            collected.Append(text);
        }
    }

    bool Room(int more)
    {
        if (collected.Length + more <= LongestText)
        {
            return true;
        }

        problems.Add("a text is too long; what is beyond 16 MB is left out");
        return false;
    }

    void Escape(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int special = text.IndexOfAny((byte)'<', (byte)'&');
            collected.Append(special < 0 ? text : text[..special]);
            if (special < 0)
            {
                return;
            }

            collected.Append(text[special] == '<' ? "&lt;"u8 : "&amp;"u8);
            text = text[(special + 1)..];
        }
    }

    void InlineStart(ReadOnlySpan<byte> name, uint hash, bool selfClosing)
    {
        ref var frame = ref stack[capture.Depth];
        if (!selfClosing && frame.Hash == hash && frame.NameLength == name.Length)
        {
            capture.SameInside++;
        }

        BecomeInline();
        AppendTag("<"u8, name, selfClosing ? "/>"u8 : ">"u8);
    }

    void InlineEnd(ReadOnlySpan<byte> name)
    {
        BecomeInline();
        AppendTag("</"u8, name, ">"u8);
    }

    void AppendTag(ReadOnlySpan<byte> open, ReadOnlySpan<byte> name, ReadOnlySpan<byte> close)
    {
        if (!Room(name.Length + 4))
        {
            return;
        }

        collected.Append(open);
        collected.Append(name[(name.IndexOf((byte)':') + 1)..]);
        collected.Append(close);
    }

    // From its first element on, the text is markup of the document itself, and its characters must stay apart from tags.
    void BecomeInline()
    {
        if (capture.Kind == TextKind.Plain && collected.Length > 0)
        {
            var plain = collected.Span.ToArray();
            collected.Clear();
            Escape(plain);
        }

        capture.Kind = TextKind.Inline;
    }

    /// <summary>The collected text as it reads; null when nothing is left.</summary>
    string? ReadText(bool oneLine)
    {
        if (capture.Base64)
        {
            DecodeBase64();
        }

        var source = collected.Span;
        bool markup = capture.Kind is TextKind.Html or TextKind.Inline
            || (capture.Kind == TextKind.Either && HtmlText.LooksLikeHtml(source));
        if (markup)
        {
            HtmlText.Extract(source, readable, oneLine, knownTagsOnly: capture.Kind == TextKind.Either);
        }
        else
        {
            HtmlText.Tidy(source, readable, oneLine);
        }

        return Readable.Finish(readable);
    }

    /// <summary>The collected text as one word: an address, a date, an identifier. Null when it is empty.</summary>
    string? ReadWord()
    {
        if (capture.Kind == TextKind.Inline)
        {
            return ReadText(oneLine: true);
        }

        var text = collected.Span.Trim(" \t\r\n"u8);
        return text.IsEmpty ? null : Reference.WithoutControls(collected.GetString(text));
    }

    void DecodeBase64()
    {
        readable.Clear();
        var target = readable.Reserve(Base64.GetMaxDecodedFromUtf8Length(collected.Length));
        var status = Base64.DecodeFromUtf8(collected.Span, target, out _, out int written);
        if (status != OperationStatus.Done)
        {
            problems.Add("content that should be base64 is not; it is read as it stands");
            return;
        }

        // A picture or sound is no text.
        collected.Clear();
        if (Utf8.IsValid(target[..written]))
        {
            collected.Append(target[..written]);
        }
    }

    struct Capture
    {
        public Field Field;
        public TextKind Kind;
        public int Rank;
        public int Depth;
        public int SameInside;
        public bool Soft;
        public bool Base64;
    }
}
