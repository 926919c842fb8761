using System.Buffers;
using System.IO.Compression;

namespace NewsMonitor.Outbound;

/// <summary>
/// Reads a body to its end or to a bound. Decompression is done here, not by the handler, so that the size bound holds for what comes
/// out (a bomb ends at the bound), and a body that arrives a byte a second ends too.
/// </summary>
public sealed class BoundedBody(int maxBytes, int minBytesPerSecond, TimeSpan grace, TimeProvider time)
{
    const int MostEncodings = 3;
    const int Chunk = 32 * 1024;

    /// <param name="raw">The body as it comes over the wire.</param>
    /// <param name="encodings">Content-Encoding, in the order applied by the sender.</param>
    /// <param name="cut">Stop quietly at the bound instead of failing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The body; <c>BrokeOff</c> where its compression has no end: then it is what came before that.</returns>
    /// <exception cref="OutboundException">Too large, too slow or not what the encoding says.</exception>
    public async Task<(byte[] Body, bool BrokeOff)> ReadAsync(
        Stream raw, IEnumerable<string> encodings, bool cut, CancellationToken cancellationToken)
    {
        var names = encodings.Select(e => e.Trim()).Where(e => e.Length > 0 && !e.Equals("identity", StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (names.Count > MostEncodings)
            throw new OutboundException(OutboundFailure.Encoding, $"The body is encoded {names.Count} times over, which no feed needs.");
        await using var paced = new PacedStream(raw, minBytesPerSecond, grace, time, cancellationToken);
        try
        {
            Stream stream = paced;
            for (var i = names.Count - 1; i >= 0; i--) stream = await DecodeAsync(stream, names[i], cancellationToken);
            return await ReadToBoundAsync(stream, paced, cut, cancellationToken);
        }
        catch (Exception cause) when (cause is InvalidDataException or InvalidOperationException)
        {
            throw new OutboundException(OutboundFailure.Encoding,
                $"The body is not the {string.Join(", ", names)} that its header promises.", cause);
        }
    }

    async Task<(byte[] Body, bool BrokeOff)> ReadToBoundAsync(Stream stream, PacedStream raw, bool cut, CancellationToken cancellationToken)
    {
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent(Chunk), 0);
        try
        {
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer, length);
                var read = await stream.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length - length, Chunk)), cancellationToken);
                if (read == 0) return (buffer.AsSpan(0, length).ToArray(), false);
                length += read;
                if (length <= maxBytes) continue;
                if (cut) return (buffer.AsSpan(0, maxBytes).ToArray(), false);
                throw new OutboundException(OutboundFailure.TooLarge, $"The body is larger than the bound of {maxBytes:N0} bytes.");
            }
        }
        // Some programs never end their compression properly, and browsers take what comes. .NET notices only with the project file's
        // UseStrictValidation.
        catch (Exception cause) when (cause is InvalidDataException or InvalidOperationException && raw.HasEnded && length > 0)
        {
            return (buffer.AsSpan(0, length).ToArray(), true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    static async Task<Stream> DecodeAsync(Stream stream, string encoding, CancellationToken cancellationToken)
    {
        var peeked = new PeekedStream(stream);
        var head = await peeked.PeekAsync(2, cancellationToken);
        return encoding.ToLowerInvariant() switch
        {
            // Servers that say gzip and send plain text exist; the first two bytes tell.
            "gzip" or "x-gzip" => head is [0x1f, 0x8b] ? new GZipStream(peeked, CompressionMode.Decompress) : peeked,
            "br" => new BrotliStream(peeked, CompressionMode.Decompress),
            // "deflate" means zlib by the standard and raw deflate by some servers; the zlib header is a multiple of 31.
            "deflate" => head.Length == 2 && (head[0] & 0x0f) == 8 && ((head[0] << 8) | head[1]) % 31 == 0
                ? new ZLibStream(peeked, CompressionMode.Decompress)
                : new DeflateStream(peeked, CompressionMode.Decompress),
            "zstd" or "compress" or "x-compress" or "dcb" or "dcz" => throw new OutboundException(
                OutboundFailure.Encoding, $"The body is encoded as '{encoding}', which was not asked for."),
            // "none", "8bit", "utf-8": programs write here what is no encoding of a body.
            _ => peeked,
        };
    }
}
