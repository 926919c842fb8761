namespace NewsMonitor.Outbound;

public enum OutboundFailure
{
    /// <summary>The place may not be reached: not public, not http(s).</summary>
    Refused,
    /// <summary>The name has no address.</summary>
    Dns,
    /// <summary>No connection, or it broke.</summary>
    Connection,
    /// <summary>The certificate or the handshake failed.</summary>
    Tls,
    Timeout,
    /// <summary>The body came slower than the bound.</summary>
    TooSlow,
    /// <summary>The body, once decompressed, is larger than the bound.</summary>
    TooLarge,
    /// <summary>The headers are larger than the bound.</summary>
    HeadersTooLarge,
    /// <summary>The body is not what its Content-Encoding says.</summary>
    Encoding,
    /// <summary>What came is no HTTP.</summary>
    Protocol,
    /// <summary>The host failed so often just now that it is left alone for a while.</summary>
    CircuitOpen,
    /// <summary>Too many redirects, or one that leads nowhere.</summary>
    Redirect,
}

/// <summary>A request that got no usable response. The message is a sentence for the person who runs the service.</summary>
public sealed class OutboundException(OutboundFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public OutboundFailure Failure { get; } = failure;

    /// <summary>Could the same request succeed in a moment?</summary>
    public bool IsTransient => Failure is OutboundFailure.Connection or OutboundFailure.Timeout or OutboundFailure.Dns;

    /// <summary>
    /// Does it speak of the network rather than of what the host serves? A host is left alone only for not having been reached.
    /// </summary>
    public bool IsNetwork => IsTransient || Failure == OutboundFailure.CircuitOpen;
}
