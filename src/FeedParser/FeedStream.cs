using System.Text;
using FeedParser.Encodings;
using FeedParser.Xml;

namespace FeedParser;

/// <summary>Hands a stream to the parser piece by piece; what a piece leaves incomplete is kept for the next.</summary>
static class FeedStream
{
    const int FirstBuffer = 64 * 1024;

    // A single tag, comment or stretch of text longer than this ends the reading.
    const int LargestBuffer = 32 * 1024 * 1024;

    public static IEnumerable<FeedItem> Read(Stream stream, string? contentType, Uri? baseUri)
    {
        var problems = new Problems();
        var buffer = new byte[FirstBuffer];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        bool complete = length < buffer.Length;
        var encoding = InputText.OfStart(buffer.AsSpan(0, length), complete, contentType, problems, out int mark);
        var start = buffer.AsSpan(mark, length - mark).ToArray();
        if (start.AsSpan().TrimStart(" \t\r\n\0"u8) is [(byte)'{' or (byte)'[', ..])
        {
            return ReadWhole(buffer.AsSpan(0, length), stream, contentType, baseUri);
        }

        var rest = new ChainedStream(start, stream);
        // UTF-8 takes this way too: what is invalid in it is replaced, and the parser reads valid text only.
        var utf8 = Encoding.CreateTranscodingStream(rest, encoding ?? Encoding.UTF8, Encoding.UTF8);
        return ReadXml(utf8, buffer, baseUri, problems);
    }

    static IReadOnlyList<FeedItem> ReadWhole(ReadOnlySpan<byte> start, Stream stream, string? contentType, Uri? baseUri)
    {
        using var whole = new MemoryStream();
        whole.Write(start);
        stream.CopyTo(whole);
        return FeedReader.Read(whole.GetBuffer().AsMemory(0, (int)whole.Length), contentType, baseUri).Feed?.Items ?? [];
    }

    static IEnumerable<FeedItem> ReadXml(Stream stream, byte[] buffer, Uri? baseUri, Problems problems)
    {
        var parser = new XmlFeedParser(problems, baseUri);
        int length = 0;
        bool final = false;
        while (!final)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            length += read;
            final = length < buffer.Length || buffer.Length >= LargestBuffer;
            int used = parser.Process(buffer.AsSpan(0, length), final);
            parser.Forget(buffer.AsSpan(0, used));
            buffer.AsSpan(used, length - used).CopyTo(buffer);
            length -= used;
            if (length > buffer.Length / 2)
            {
                // What is kept grows with the longest token only; doubling keeps the searches in it linear.
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            if (final)
            {
                parser.Finish();
            }

            foreach (var item in parser.Items)
            {
                parser.Inherit(item);
                yield return item;
            }

            parser.Items.Clear();
        }
    }

    /// <summary>Bytes that were looked at already, then the stream they came from.</summary>
    sealed class ChainedStream(byte[] start, Stream rest) : Stream
    {
        int taken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (taken == start.Length)
            {
                return rest.Read(buffer);
            }

            int count = Math.Min(buffer.Length, start.Length - taken);
            start.AsSpan(taken, count).CopyTo(buffer);
            taken += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
