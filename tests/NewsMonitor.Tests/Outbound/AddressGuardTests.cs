using System.Net;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Outbound;

public class AddressGuardTests
{
    static readonly AddressGuard Guard = new(AllowedHosts.None);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("ff0e::1")]
    public void AnAddressOutsideThePublicInternetIsRefused(string address)
    {
        Assert.False(PublicAddress.IsPublic(IPAddress.Parse(address)));
        Assert.NotNull(Guard.Refuse("news.example", 443, IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.1")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.1")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    [InlineData("3ffe::1")]
    public void APublicAddressPasses(string address)
    {
        Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));
        Assert.Null(Guard.Refuse("news.example", 443, IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://134744072/")]
    [InlineData("http://0x08080808/feed")]
    [InlineData("http://010.8.8.8/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://127.0.0.1.:8080/")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://①②⑦.0.0.1/")]
    [InlineData("http://1.2.3.4.5/")]
    [InlineData("http://user:secret@10.0.0.1/")]
    [InlineData("http://public.example@192.168.1.1/feed")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:8080/")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST:8080/")]
    [InlineData("http://localhost./")]
    [InlineData("http://feeds.localhost/")]
    [InlineData("http://localhost.localdomain/")]
    [InlineData("http://ip6-localhost/")]
    [InlineData("http://metadata.google.internal/")]
    [InlineData("http://metadata/computeMetadata/v1/")]
    [InlineData("http://printer.local/feed")]
    [InlineData("http://router.home.arpa/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://ftp.example/feed.xml")]
    [InlineData("gopher://127.0.0.1:25/")]
    [InlineData("feed://news.example/rss")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("ws://news.example/")]
    public void AUrlThatLeadsInsideOrElsewhereIsRefusedBeforeAnythingIsSent(string url)
    {
        Assert.NotNull(Guard.Refuse(new Uri(url, UriKind.Absolute)));
    }

    [Theory]
    [InlineData("http://news.example/feed")]
    [InlineData("https://news.example:8443/feed?x=1")]
    [InlineData("https://8.8.8.8/feed")]
    [InlineData("https://[2606:4700::1111]/feed")]
    [InlineData("https://user:secret@news.example/feed")]
    [InlineData("https://الجزيرة.example/feed")]
    [InlineData("https://xn--mgbcd4a2b0d2b.example/feed")]
    [InlineData("https://localhost.example/feed")]
    [InlineData("https://mylocalhost/feed")]
    [InlineData("https://internal.example/feed")]
    [InlineData("https://1.example/feed")]
    [InlineData("https://news.example/127.0.0.1/")]
    [InlineData("https://news.example/feed?u=http://localhost/")]
    [InlineData("https://0xfeed.example/")]
    public void AnOrdinaryUrlPasses(string url)
    {
        Assert.Null(Guard.Refuse(new Uri(url)));
    }

    [Theory]
    [InlineData("10.1.0.0/16", "http://10.1.2.3/", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "http://10.2.2.3/", "10.2.2.3", false)]
    [InlineData("10.1.0.0/16", "http://bridge.example/", "10.1.9.9", true)]
    [InlineData("bridge", "http://bridge:3000/feed", "172.18.0.5", true)]
    [InlineData("bridge:3000", "http://bridge:3000/feed", "172.18.0.5", true)]
    [InlineData("bridge:3000", "http://bridge:5432/feed", "172.18.0.5", false)]
    [InlineData("bridge", "http://other/feed", "172.18.0.5", false)]
    [InlineData("BRIDGE.", "http://bridge/feed", "172.18.0.5", true)]
    [InlineData("localhost:8080", "http://localhost:8080/", "127.0.0.1", true)]
    [InlineData("localhost:8080", "http://localhost:8081/", "127.0.0.1", false)]
    [InlineData("127.0.0.0/8", "http://localhost/", "127.0.0.1", true)]
    [InlineData("127.0.0.0/8", "http://localhost/", "::1", false)]
    [InlineData("10.0.0.0/8", "http://localhost/", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "http://127.0.0.1:9/", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "http://127.0.0.2:9/", "127.0.0.2", false)]
    [InlineData("10.0.0.0/8", "http://x.example/", "::ffff:10.0.0.1", true)]
    [InlineData("::1", "http://[::1]:80/", "::1", true)]
    [InlineData("[::1]:81", "http://[::1]:81/", "::1", true)]
    [InlineData("[::1]:81", "http://[::1]:80/", "::1", false)]
    [InlineData("bridge, 10.0.0.0/8", "http://bridge/", "192.168.0.9", true)]
    [InlineData("127.0.0.0/8", "http://2130706433/", "127.0.0.1", false)]
    [InlineData("127.0.0.0/8", "gopher://127.0.0.1/", "127.0.0.1", false)]
    public void AllowedHostsOpenExactlyWhatTheyName(string allowed, string url, string resolved, bool passes)
    {
        var guard = new AddressGuard(new OutboundOptions { AllowedHosts = allowed }.ReadAllowedHosts());
        var uri = new Uri(url);
        var reason = guard.Refuse(uri) ?? guard.Refuse(uri.IdnHost, uri.Port, IPAddress.Parse(resolved));
        Assert.Equal(passes, reason is null);
    }

    [Theory]
    [InlineData("10.0.0.0/99")]
    [InlineData("bridge:http")]
    [InlineData("bridge:70000")]
    [InlineData("two words!")]
    [InlineData("http://bridge")]
    public void AnEntryThatCannotBeReadIsNamed(string entry)
    {
        var problem = Assert.Throws<FormatException>(() => new AllowedHosts([entry]));
        Assert.Contains(entry, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHostThatIsNoNameIsRefusedAndNotThrownAt()
    {
        var uri = new Uri("https://\U0001F937\u200D\u2640\uFE0F/feed");
        Assert.Contains("no host name", new AddressGuard(AllowedHosts.None).Refuse(uri), StringComparison.Ordinal);
    }
}
