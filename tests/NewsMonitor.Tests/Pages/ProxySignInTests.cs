using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using NewsMonitor.Operations;
using NewsMonitor.Pages;
using NewsMonitor.Review;

namespace NewsMonitor.Tests.Pages;

/// <summary>Whom a reverse proxy's header is believed for, and what that person may do.</summary>
public sealed class ProxySignInTests
{
    static ProxySignIn Read(params (string Key, string Value)[] settings) => ProxySignIn.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Monitor:SignIn:" + s.Key, (string?)s.Value))).Build());

    static HttpContext From(string address, string? user = "mona")
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        if (user is not null)
        {
            http.Request.Headers["X-Forwarded-User"] = user;
        }

        return http;
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    public void OnlyATrustedProxyIsBelieved(string address, bool believed) => Assert.Equal(
        believed, Read(("UserHeader", "X-Forwarded-User"), ("TrustedProxies", "10.0.0.0/8, 192.0.2.7, 2001:db8::/32"))
            .Applies(From(address)));

    [Fact]
    public void WithoutTheSettingNoHeaderMeansAnything() => Assert.False(Read(("TrustedProxies", "10.0.0.0/8")).Applies(From("10.1.2.3")));

    [Fact]
    public void WithoutTheHeaderTheProxySaysNothing() => Assert.False(
        Read(("UserHeader", "X-Forwarded-User"), ("TrustedProxies", "10.0.0.0/8")).Applies(From("10.1.2.3", null)));

    [Fact]
    public void TheHighestRoleOfNameAndGroupsCounts()
    {
        var sign = Read(("Admins", "boss, ops"), ("Reviewers", "desk"), ("Others", "none"));
        Assert.Equal(Role.Admin, sign.RoleOf("boss", []));
        Assert.Equal(Role.Admin, sign.RoleOf("x", ["desk", "OPS"]));
        Assert.Equal(Role.Reviewer, sign.RoleOf("x", ["desk"]));
        Assert.Null(sign.RoleOf("x", ["others"]));
        Assert.Equal(Role.Reader, Read().RoleOf("x", []));
    }

    [Theory]
    [InlineData("UserHeader", "X-User", "TrustedProxies")]
    [InlineData("TrustedProxies", "10.0.0.0/33", "10.0.0.0/33")]
    [InlineData("Others", "root", "root")]
    public void ASettingThatCannotBeMeantIsRefusedByName(string key, string value, string named) =>
        Assert.Contains(named, Assert.Throws<SettingException>(() => Read((key, value))).Message, StringComparison.Ordinal);
}

/// <summary>The real service behind a proxy that it trusts: this process.</summary>
public sealed class BehindAProxyTests(BehindAProxyTests.Site site) : IClassFixture<BehindAProxyTests.Site>
{
    public sealed class Site : IAsyncLifetime
    {
        readonly Database.PostgresFixture _postgres = new();
        readonly EndToEnd.Setting _setting = new("watches: []", []);
        Database.TestDatabase? _database;
        MonitorService? _service;

        public HttpClient Client() => new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
        })
        { BaseAddress = _service!.Address };

        public async Task InitializeAsync()
        {
            _database = await _postgres.CreateDatabaseAsync();
            var settings = _setting.Settings(_database.ConnectionString)
                .ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
            settings["urls"] = "http://127.0.0.1:0";
            settings["Monitor:SignIn:UserHeader"] = "X-Forwarded-User";
            settings["Monitor:SignIn:GroupsHeader"] = "X-Forwarded-Groups";
            settings["Monitor:SignIn:TrustedProxies"] = "127.0.0.1, ::1";
            settings["Monitor:SignIn:Admins"] = "ops";
            settings["Monitor:SignIn:Reviewers"] = "desk";
            settings["Monitor:AdminKey"] = PageFixture.AdminKey;
            _service = await MonitorService.StartAsync(settings, CancellationToken.None);
        }

        public async Task DisposeAsync()
        {
            await _service!.DisposeAsync();
            await _database!.DisposeAsync();
            _setting.Dispose();
        }
    }

    static HttpRequestMessage Request(HttpMethod method, string path, string user, string? groups = null, bool fromPage = true)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Accept", "text/html, application/json");
        request.Headers.Add("X-Forwarded-User", user);
        if (groups is not null)
        {
            request.Headers.Add("X-Forwarded-Groups", groups);
        }

        if (fromPage)
        {
            request.Headers.Add("X-Monitor-Page", "1");
        }

        return request;
    }

    [Fact]
    public async Task TheUserSeesThePageUnderTheirNameWithoutAKey()
    {
        using var http = site.Client();
        using var answer = await http.SendAsync(Request(HttpMethod.Get, "/watches", "منى"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("منى", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/do/sign-out", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/watches/new", html, StringComparison.Ordinal);
    }

    /// <summary>TLS ends at the proxy; the cookie must not travel without it.</summary>
    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    [InlineData(null, false)]
    public async Task TheSessionCookieIsSecureWhereTheProxySpeaksTls(string? scheme, bool secure)
    {
        using var http = site.Client();
        using var form = await http.GetAsync("/sign-in");
        var token = System.Text.RegularExpressions.Regex.Match(await form.Content.ReadAsStringAsync(),
            "__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/do/sign-in")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("key", PageFixture.AdminKey)]),
        };
        request.Headers.Add("Cookie", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        if (scheme is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", scheme);
        }

        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("nm-session=", StringComparison.Ordinal));
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task WhoComesWithoutTheProxyStillSignsInWithAKey()
    {
        using var http = site.Client();
        using var answer = await http.GetAsync("/watches");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [InlineData("mona", null, HttpStatusCode.Forbidden)]
    [InlineData("mona", "desk", HttpStatusCode.Forbidden)]
    [InlineData("mona", "readers, ops", HttpStatusCode.Created)]
    public async Task GroupsGiveTheRole(string user, string? groups, HttpStatusCode expected)
    {
        using var http = site.Client();
        using var request = Request(HttpMethod.Post, "/api/v1/watches", user, groups);
        request.Content = JsonContent.Create(new { id = "w" + Guid.NewGuid().ToString("N"), terms = new[] { "Baghdad" } });
        using var answer = await http.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task AnotherSiteCannotActInTheUsersName()
    {
        using var http = site.Client();
        using var request = Request(HttpMethod.Post, "/api/v1/watches", "mona", "ops", fromPage: false);
        request.Content = JsonContent.Create(new { id = "foreign", terms = new[] { "Baghdad" } });
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task TwoNamesAreNobody()
    {
        using var http = site.Client();
        using var request = Request(HttpMethod.Get, "/watches", "mona");
        request.Headers.Add("X-Forwarded-User", "boss");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
