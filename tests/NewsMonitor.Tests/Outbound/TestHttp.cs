using System.Net;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Outbound;

/// <summary>OutboundHttp as tests use it: loopback opened by name, short limits, names answered by the test.</summary>
static class TestHttp
{
    public static OutboundOptions Options(string allowed = "127.0.0.0/8") => new()
    {
        AllowedHosts = allowed,
        ConnectTimeout = 5,
        HeadersTimeout = 5,
        TotalTimeout = 20,
        SlowGrace = 2,
        MaxBytes = 1024 * 1024,
    };

    public static OutboundHttp Create(OutboundOptions? options = null, HostResolver? resolver = null, TimeProvider? time = null) =>
        new(options ?? Options(), resolver ?? LoopbackNames, time ?? TimeProvider.System, new Random(1));

    /// <summary>Every name is a name of this machine.</summary>
    public static Task<IPAddress[]> LoopbackNames(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
}
