using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Email;
using NewsMonitor.Deliveries.Webhook;
using NewsMonitor.Outbound;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>What every channel must do, whatever is on its far side.</summary>
public sealed class ChannelContractTests : IDisposable
{
    public enum FarSideDoes { Accept, AskForPatience, BreakDown, Refuse, SayGone, StaySilent, HangUp, NotExist }

    static readonly string[] Secrets =
    [
        Samples.OldSecret, Samples.OldSecret[6..], Samples.NewSecret, Samples.NewSecret[6..], Samples.BotToken, Samples.NtfyToken,
        Samples.SmtpPassword, "pathsecretofthehook", Samples.BotToken.Split(':')[1],
    ];

    readonly OutboundHttp _http = Samples.Http();

    public void Dispose() => _http.Dispose();

    public static TheoryData<RecipientKind, FarSideDoes, VerdictKind> Table()
    {
        var table = new TheoryData<RecipientKind, FarSideDoes, VerdictKind>();
        foreach (var kind in Enum.GetValues<RecipientKind>())
        {
            table.Add(kind, FarSideDoes.Accept, VerdictKind.Sent);
            table.Add(kind, FarSideDoes.AskForPatience, VerdictKind.Retry);
            table.Add(kind, FarSideDoes.BreakDown, VerdictKind.Retry);
            table.Add(kind, FarSideDoes.Refuse, VerdictKind.Dead);
            // Email has no reply that says a mailbox is gone for good and not merely unknown: the letter dies, the recipient stays.
            table.Add(kind, FarSideDoes.SayGone, kind == RecipientKind.Email ? VerdictKind.Dead : VerdictKind.Disable);
            table.Add(kind, FarSideDoes.StaySilent, VerdictKind.Retry);
            table.Add(kind, FarSideDoes.HangUp, VerdictKind.Retry);
            table.Add(kind, FarSideDoes.NotExist, VerdictKind.Retry);
        }
        return table;
    }

    /// <summary>Every kind of receiver that speaks HTTP, with every status that means something.</summary>
    public static TheoryData<RecipientKind, int, VerdictKind> Statuses()
    {
        var table = new TheoryData<RecipientKind, int, VerdictKind>();
        foreach (var kind in Enum.GetValues<RecipientKind>().Where(k => k != RecipientKind.Email))
        {
            foreach (var status in new[] { 200, 201, 202, 204, 299 })
            {
                table.Add(kind, status, VerdictKind.Sent);
            }
            foreach (var status in new[] { 408, 429, 500, 501, 502, 503, 504, 599 })
            {
                table.Add(kind, status, VerdictKind.Retry);
            }
            foreach (var status in new[] { 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 451, 499 })
            {
                // Slack: the webhook was taken away. Telegram: the bot was thrown out.
                var gone = (kind, status) is (RecipientKind.Slack, 404) or (RecipientKind.Telegram, 403);
                table.Add(kind, status, gone ? VerdictKind.Disable : VerdictKind.Dead);
            }
            table.Add(kind, 410, VerdictKind.Disable);
        }
        return table;
    }

    /// <summary>SMTP replies by the command that they answer ("" is the greeting, "." the end of the letter).</summary>
    public static TheoryData<string, string, VerdictKind> Replies() => new()
    {
        { "", "421 4.3.2 closing", VerdictKind.Retry },
        { "", "554 5.3.2 no service here", VerdictKind.Dead },
        { "MAIL", "421 4.3.0 busy", VerdictKind.Retry },
        { "MAIL", "451 4.3.0 error in processing", VerdictKind.Retry },
        { "MAIL", "452 4.3.1 out of storage", VerdictKind.Retry },
        { "MAIL", "530 5.7.0 authentication required", VerdictKind.Retry },
        { "MAIL", "550 5.7.1 sender rejected", VerdictKind.Dead },
        { "MAIL", "552 5.2.2 too much", VerdictKind.Dead },
        { "MAIL", "553 5.1.7 no such sender", VerdictKind.Dead },
        { "RCPT", "421 4.3.0 busy", VerdictKind.Retry },
        { "RCPT", "450 4.2.1 mailbox busy", VerdictKind.Retry },
        { "RCPT", "451 4.7.1 greylisted", VerdictKind.Retry },
        { "RCPT", "452 4.5.3 too many recipients", VerdictKind.Retry },
        { "RCPT", "550 5.1.1 no such user", VerdictKind.Dead },
        { "RCPT", "551 5.1.6 user has moved", VerdictKind.Dead },
        { "RCPT", "552 5.2.2 mailbox full", VerdictKind.Dead },
        { "RCPT", "553 5.1.3 bad address", VerdictKind.Dead },
        { "RCPT", "554 5.7.1 relay denied", VerdictKind.Dead },
        { "RCPT", "556 5.1.10 domain takes no mail", VerdictKind.Dead },
        { "DATA", "451 4.3.0 not now", VerdictKind.Retry },
        { "DATA", "554 5.5.1 no valid recipients", VerdictKind.Dead },
        { ".", "421 4.3.0 shutting down", VerdictKind.Retry },
        { ".", "450 4.7.1 later", VerdictKind.Retry },
        { ".", "451 4.3.0 scanner is away", VerdictKind.Retry },
        { ".", "452 4.3.1 out of storage", VerdictKind.Retry },
        { ".", "550 5.7.1 refused", VerdictKind.Dead },
        { ".", "552 5.3.4 too large", VerdictKind.Dead },
        { ".", "554 5.7.1 spam", VerdictKind.Dead },
    };

    public static TheoryData<RecipientKind> Kinds() => [.. Enum.GetValues<RecipientKind>()];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task WhatTheFarSideDoesBecomesThisVerdictWithoutAnySecret(RecipientKind kind, FarSideDoes does, VerdictKind expected)
    {
        await using var far = await Far(kind, does);
        var timeout = does == FarSideDoes.StaySilent ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(30);
        var verdict = await Channel(kind, far, timeout).SendAsync(Samples.Message(Samples.Arabic()), Samples.To(kind, far.Url), default);
        Assert.Equal(expected, verdict.Kind);
        Assert.NotEqual("", verdict.Said);
        Assert.DoesNotContain('\n', verdict.Said);
        Assert.DoesNotContain(Secrets, s => verdict.ToString().Contains(s, StringComparison.Ordinal));
        if (does == FarSideDoes.AskForPatience && kind != RecipientKind.Email)
        {
            Assert.Equal(TimeSpan.FromSeconds(17), verdict.After);
        }
        if (does is FarSideDoes.StaySilent)
        {
            Assert.Contains("no answer within 0.3 s", verdict.Said, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task EachHttpStatusHasItsVerdictAndNoRedirectIsFollowed(RecipientKind kind, int status, VerdictKind expected)
    {
        await using var other = await HttpFarSide.Start(200);
        await using var far = await HttpFarSide.Start(status, "", ("Location", other.Url.AbsoluteUri));
        var verdict = await new HttpChannel(_http, TimeProvider.System, far.Url)
            .SendAsync(Samples.Message(Samples.Arabic()), Samples.To(kind, far.Url), default);
        Assert.Equal((expected, (int?)status), (verdict.Kind, verdict.Status));
        Assert.Contains($"{status}", verdict.Said, StringComparison.Ordinal);
        Assert.Single(far.Arrivals);
        Assert.Empty(other.Arrivals);
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task EachSmtpReplyHasItsVerdictAndItsReasonIsKept(string to, string reply, VerdictKind expected)
    {
        await using var far = new Mail(new SmtpFarSide(command => command == to || (to.Length > 1 && Is(command, to)) ? reply : SmtpFarSide.Agreeable(command)));
        var verdict = await Channel(RecipientKind.Email, far, TimeSpan.FromSeconds(30))
            .SendAsync(Samples.Message(Samples.Arabic()), Samples.To(RecipientKind.Email, far.Url), default);
        Assert.Equal((expected, (int?)int.Parse(reply[..3])), (verdict.Kind, verdict.Status));
        Assert.Contains(reply[4..], verdict.Said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task StoppingInterruptsAnAttemptAndIsNoVerdict(RecipientKind kind)
    {
        await using var far = await Far(kind, FarSideDoes.StaySilent);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Channel(kind, far, TimeSpan.FromMinutes(5)).SendAsync(Samples.Message(Samples.Arabic()), Samples.To(kind, far.Url), stop.Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EveryKindOfMessageIsAccepted(RecipientKind kind)
    {
        await using var far = await Far(kind, FarSideDoes.Accept);
        var channel = Channel(kind, far, TimeSpan.FromSeconds(30));
        Message[] messages =
        [
            Samples.Message(), Samples.Message(Samples.Hostile()), Samples.Message([.. Enumerable.Range(0, 120).Select(i => Samples.Hostile(i))]),
            Samples.Message(Samples.English()) with { Event = MessageEvent.Updated },
            Samples.Message() with { Event = MessageEvent.Notice, Notice = "desk is off\r\nBcc: x@example.org" },
            Samples.Message(Samples.Arabic(), Samples.English()) with { Omitted = 400 },
        ];
        foreach (var message in messages)
        {
            Assert.Equal(VerdictKind.Sent, (await channel.SendAsync(message, Samples.To(kind, far.Url), default)).Kind);
        }
    }

    [Fact]
    public void AnAddressDoesNotPrintItsSecrets()
    {
        var text = Samples.To(RecipientKind.Webhook, new Uri("https://example.org/")).ToString();
        Assert.DoesNotContain(Secrets, s => text.Contains(s, StringComparison.Ordinal));
    }

    IChannel Channel(RecipientKind kind, IFar far, TimeSpan timeout) => kind == RecipientKind.Email
        ? new EmailChannel(
            new SmtpOptions
            {
                Host = "127.0.0.1",
                Port = far.Url.Port,
                From = "News Monitor <news@example.org>",
                Security = SmtpSecurity.None,
                Timeout = timeout,
            },
            TimeProvider.System)
        : new HttpChannel(_http, TimeProvider.System, telegram: far.Url) { Timeout = timeout };

    static async Task<IFar> Far(RecipientKind kind, FarSideDoes does)
    {
        if (does == FarSideDoes.NotExist)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            return new Nobody(((IPEndPoint)free.LocalEndpoint).Port);
        }
        if (kind == RecipientKind.Email)
        {
            return new Mail(new SmtpFarSide(command => does switch
            {
                FarSideDoes.AskForPatience when Is(command, "RCPT") => "451 4.7.1 greylisted, password " + Samples.SmtpPassword[..3],
                FarSideDoes.BreakDown when Is(command, ".") => "452 4.3.1 out of storage",
                FarSideDoes.Refuse when Is(command, ".") => "554 5.7.1 spam",
                FarSideDoes.SayGone when Is(command, "RCPT") => "550 5.1.1 no such user",
                FarSideDoes.StaySilent => "",
                FarSideDoes.HangUp when Is(command, "MAIL") => null,
                _ => SmtpFarSide.Agreeable(command),
            }));
        }
        return new Web(await HttpFarSide.Start(async (http, arrival) =>
        {
            if (does == FarSideDoes.StaySilent)
            {
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            if (does == FarSideDoes.HangUp)
            {
                http.Abort();
                return;
            }
            http.Response.StatusCode = does switch
            {
                FarSideDoes.AskForPatience => 429,
                FarSideDoes.BreakDown => 500,
                FarSideDoes.Refuse => 400,
                FarSideDoes.SayGone => 410,
                _ => 200,
            };
            http.Response.Headers.RetryAfter = "17";
            // The worst of far sides: it repeats everything that it was told.
            await http.Response.WriteAsync($"bad\r\ncall {http.Request.Scheme}://{http.Request.Host}{arrival.Path} "
                + string.Join(" ", arrival.Headers.Values) + " " + string.Join(" ", Secrets.Where(s => s.Contains("pathsecret", StringComparison.Ordinal)
                    && arrival.Path.Contains(s, StringComparison.Ordinal)).Select(_ => arrival.Path)));
        }));
    }

    static bool Is(string command, string verb) => command.StartsWith(verb, StringComparison.OrdinalIgnoreCase);

    interface IFar : IAsyncDisposable
    {
        Uri Url { get; }
    }

    sealed class Web(HttpFarSide side) : IFar
    {
        public Uri Url => side.Url;

        public ValueTask DisposeAsync() => side.DisposeAsync();
    }

    sealed class Mail(SmtpFarSide side) : IFar
    {
        public Uri Url => new($"smtp://127.0.0.1:{side.Port}/");

        public ValueTask DisposeAsync() => side.DisposeAsync();
    }

    sealed class Nobody(int port) : IFar
    {
        public Uri Url => new($"http://127.0.0.1:{port}/");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
