using System.Diagnostics;
using System.Text;

namespace FeedParser.Benchmarks;

/// <summary>Streams a feed of the wanted size, made while it is read, and watches the memory that is live.</summary>
static class Large
{
    public static int Run(int megabytes)
    {
        using var stream = new EndlessFeed(megabytes * 1_000_000L);
        long items = 0, peak = 0;
        GC.Collect();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        foreach (var _ in FeedReader.ReadItems(stream))
        {
            if (++items % 2000 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Console.WriteLine($"{megabytes} MB, {items:N0} items, {clock.Elapsed.TotalSeconds:F2} s, most live memory {peak / 1e6:F2} MB");
        return 0;
    }

    sealed class EndlessFeed(long size) : Stream
    {
        byte[] piece = "<rss version=\"2.0\"><channel><title>Large</title>"u8.ToArray();
        int at;
        long made;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => size;

        public override long Position { get => made; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (at == piece.Length && made < size)
            {
                piece = Encoding.UTF8.GetBytes($"<item><guid>urn:{made}</guid><title>Item {made}</title>"
                    + $"<description>&lt;p&gt;{new string('x', 900)}&lt;/p&gt;</description></item>");
                made += piece.Length;
                at = 0;
            }

            int length = Math.Min(count, piece.Length - at);
            piece.AsSpan(at, length).CopyTo(buffer.AsSpan(offset));
            at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
