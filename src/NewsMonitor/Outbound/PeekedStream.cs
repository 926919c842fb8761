namespace NewsMonitor.Outbound;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
sealed class PeekedStream(Stream inner) : ReadOnlyStream
{
    byte[] _head = [];
    int _given;

    public async Task<byte[]> PeekAsync(int count, CancellationToken cancellationToken)
    {
        var head = new byte[count];
        _head = head[..await inner.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellationToken)];
        return _head;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == _head.Length) return inner.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _head.Length - _given);
        _head.AsSpan(_given, count).CopyTo(buffer.Span);
        _given += count;
        return ValueTask.FromResult(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
