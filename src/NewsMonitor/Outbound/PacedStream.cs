namespace NewsMonitor.Outbound;

/// <summary>
/// A body that must keep pace: after the grace period, the bytes so far divided by the time so far may not fall under the rate. Each
/// read waits only until the moment at which the rate would be missed, so a sender that falls silent is noticed as well.
/// </summary>
sealed class PacedStream : ReadOnlyStream
{
    readonly Stream _inner;
    readonly int _minBytesPerSecond;
    readonly TimeSpan _grace;
    readonly TimeProvider _time;
    readonly long _start;
    readonly CancellationTokenSource _late;
    readonly CancellationTokenSource _lateOrGivenUp;
    long _bytes;

    /// <summary>Nothing comes any more.</summary>
    public bool HasEnded { get; private set; }

    public PacedStream(Stream inner, int minBytesPerSecond, TimeSpan grace, TimeProvider time, CancellationToken givenUp)
    {
        (_inner, _minBytesPerSecond, _grace, _time, _start) = (inner, minBytesPerSecond, grace, time, time.GetTimestamp());
        _late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _lateOrGivenUp = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, givenUp);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_minBytesPerSecond > 0)
        {
            var left = TimeSpan.FromSeconds(Math.Max(_grace.TotalSeconds,
                (double)_bytes / _minBytesPerSecond)) - _time.GetElapsedTime(_start);
            _late.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        try
        {
            var read = await _inner.ReadAsync(buffer, _lateOrGivenUp.Token);
            _bytes += read;
            HasEnded = read == 0 && buffer.Length > 0;
            return read;
        }
        catch (OperationCanceledException cause) when (_late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException(OutboundFailure.TooSlow,
                $"The body came slower than {_minBytesPerSecond} bytes a second "
                + $"({_bytes:N0} bytes in {_time.GetElapsedTime(_start).TotalSeconds:0} s).", cause);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _lateOrGivenUp.Dispose();
            _late.Dispose();
        }
        base.Dispose(disposing);
    }
}
