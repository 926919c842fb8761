using System.Net;
using NewsMonitor.Outbound;

namespace NewsMonitor.Feeds;

/// <summary>What kind of failure a look ended in; the sentence beside it says more, in English.</summary>
public enum FeedFault
{
    Refused, Dns, Connection, Tls, Timeout, TooSlow, TooLarge, HeadersTooLarge, Encoding, Protocol, CircuitOpen, Redirect,

    /// <summary>Answers other than success: 401, 403, 404, 429, 503, other 5xx, all else.</summary>
    WantsPassword, NotLetIn, NotThere, TooManyRequests, NotAvailable, ServerFault, OtherStatus,

    /// <summary>
    /// What came is no feed; the publisher says that it has ended (410); the feed's address is none; what it brought could not be stored.
    /// </summary>
    NotAFeed, Ended, NoAddress, NotStored,
}

static class FeedFaults
{
    public static FeedFault Of(OutboundFailure failure) => failure switch
    {
        OutboundFailure.Refused => FeedFault.Refused,
        OutboundFailure.Dns => FeedFault.Dns,
        OutboundFailure.Connection => FeedFault.Connection,
        OutboundFailure.Tls => FeedFault.Tls,
        OutboundFailure.Timeout => FeedFault.Timeout,
        OutboundFailure.TooSlow => FeedFault.TooSlow,
        OutboundFailure.TooLarge => FeedFault.TooLarge,
        OutboundFailure.HeadersTooLarge => FeedFault.HeadersTooLarge,
        OutboundFailure.Encoding => FeedFault.Encoding,
        OutboundFailure.CircuitOpen => FeedFault.CircuitOpen,
        OutboundFailure.Redirect => FeedFault.Redirect,
        _ => FeedFault.Protocol,
    };

    public static FeedFault Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => FeedFault.WantsPassword,
        HttpStatusCode.Forbidden => FeedFault.NotLetIn,
        HttpStatusCode.NotFound => FeedFault.NotThere,
        HttpStatusCode.TooManyRequests => FeedFault.TooManyRequests,
        HttpStatusCode.ServiceUnavailable => FeedFault.NotAvailable,
        _ when (int)status >= 500 => FeedFault.ServerFault,
        _ => FeedFault.OtherStatus,
    };
}
