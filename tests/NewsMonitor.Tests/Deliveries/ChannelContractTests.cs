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
