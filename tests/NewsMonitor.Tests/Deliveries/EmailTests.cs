using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Email;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>Emails as a real server receives them and another library reads them.</summary>
public sealed class EmailTests(MailServer server, NodePackages node) : IClassFixture<MailServer>, IClassFixture<NodePackages>
{
    const string Parse = """
        import { simpleParser } from "mailparser";
        import { readFileSync } from "node:fs";
        const mail = await simpleParser(JSON.parse(readFileSync(0, "utf8")));
        console.log(JSON.stringify({ subject: mail.subject, from: mail.from.text, to: mail.to.text, cc: mail.cc?.text, bcc: mail.bcc?.text,
          messageId: mail.messageId, inReplyTo: mail.inReplyTo, references: mail.references, date: mail.date, text: mail.text, html: mail.html,
          headers: [...mail.headerLines].map(h => h.key), unsubscribe: mail.headerLines.find(h => h.key === "list-unsubscribe")?.line,
          oneClick: mail.headerLines.find(h => h.key === "list-unsubscribe-post")?.line,
          contentType: mail.headers.get("content-type").value, attachments: mail.attachments.length }));
        """;

    static readonly Address Desk = Samples.To(RecipientKind.Email, new Uri("smtp://unused/"));

    [Fact]
    public async Task AnArabicAlertArrivesWholeInBothBodies()
    {
        var mail = await Receive(Samples.Message(Samples.Arabic()), Desk);
        Assert.Equal("[إسماعيل قاآني] قاآني في بغداد: زيارة ثانية خلال 10 أيام بحسب Reuters", Field(mail, "subject"));
        Assert.Equal("\"News Monitor\" <news@example.org>", Field(mail, "from"));
        Assert.Equal("desk@example.org", Field(mail, "to"));
        Assert.Equal("multipart/alternative", Field(mail, "contentType"));
        Assert.Equal(0, mail.GetProperty("attachments").GetInt32());
        Assert.Equal("List-Unsubscribe: <https://monitor.example.org/unsubscribe/token>", Field(mail, "unsubscribe"));
        Assert.Equal("List-Unsubscribe-Post: List-Unsubscribe=One-Click", Field(mail, "oneClick"));
        var html = Field(mail, "html");
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", html, StringComparison.Ordinal);
        Assert.Contains(">قاآني</mark>", html, StringComparison.Ordinal);
        Assert.Contains("doubled alef", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://monitor.example.org/alerts/1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://news.example.org/a?b=1&amp;c=2\"", html, StringComparison.Ordinal);
        Assert.Contains("2026-03-01 14:55 UTC+03:00", html, StringComparison.Ordinal);
        Assert.Contains("Another Source", html, StringComparison.Ordinal);
        var text = Field(mail, "text");
        Assert.Contains("إسماعيل *قاآني* إلى بغداد", text, StringComparison.Ordinal);
        Assert.Contains("https://monitor.example.org/alerts/1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AlertsOfOneStoryStandInOneThreadAndEachHasItsOwnId()
    {
        var first = await Receive(Samples.Message(Samples.Arabic()), Desk);
        var second = await Receive(Samples.Message(Samples.English()) with { Id = "msg_other" }, Desk);
        Assert.Equal("<msg_2b7f@example.org>", Field(first, "messageId"));
        Assert.Equal("<msg_other@example.org>", Field(second, "messageId"));
        Assert.Equal("<story-77@example.org>", Field(first, "inReplyTo"));
        Assert.Equal(Field(first, "references"), Field(second, "references"));
    }

    [Fact]
    public async Task NothingInTheNewsBecomesAHeaderOrMarkup()
    {
        var mail = await Receive(Samples.Message(Samples.Hostile()), Desk);
        Assert.False(mail.TryGetProperty("bcc", out _));
        Assert.DoesNotContain("bcc", mail.GetProperty("headers").EnumerateArray().Select(h => h.GetString()));
        var html = Field(mail, "html");
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html + Field(mail, "text"));
        Assert.InRange(Field(mail, "subject").Length, 10, 150);
        Assert.EndsWith("…", Field(mail, "subject"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADigestTellsOfAllItsAlerts()
    {
        var mail = await Receive(Samples.Message(Samples.Arabic(1), Samples.English(2)) with { Omitted = 5 }, Desk with { Language = "en" });
        Assert.Equal("News Monitor · Alerts: 7", Field(mail, "subject"));
        Assert.Contains("alerts/1", Field(mail, "html"), StringComparison.Ordinal);
        Assert.Contains("alerts/2", Field(mail, "html"), StringComparison.Ordinal);
        Assert.Contains("More alerts not shown here: <bdi>5</bdi>", Field(mail, "html"), StringComparison.Ordinal);
        Assert.False(mail.TryGetProperty("inReplyTo", out _));
    }

    [Fact]
    public async Task LongSubjectsInAnyScriptSurviveTheirFolding()
    {
        foreach (var title in new[] { string.Concat(Enumerable.Repeat("إسماعيل قاآني 😀 ", 7)).Trim(), string.Concat(Enumerable.Repeat("ab漢字😀", 14)) })
        {
            var mail = await Receive(Samples.Message(Samples.Arabic() with { Title = title, Hits = [] }), Desk);
            Assert.Equal($"[إسماعيل قاآني] {title}", Field(mail, "subject"));
        }
    }

    [Fact]
    public async Task AWrongPasswordIsOurOwnFaultAndKillsNoLetter()
    {
        var verdict = await Channel("wrong-password-here").SendAsync(Samples.Message(Samples.Arabic()), Desk, default);
        Assert.Equal(VerdictKind.Retry, verdict.Kind);
        Assert.DoesNotContain("wrong-password-here", verdict.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerWithoutStartTlsNeverSeesThePassword()
    {
        var heard = new List<string>();
        await using var plain = new SmtpFarSide(command =>
        {
            lock (heard)
            {
                heard.Add(command);
            }
            return SmtpFarSide.Agreeable(command);
        });
        var verdict = await new EmailChannel(Options(plain.Port, Samples.SmtpPassword), TimeProvider.System)
            .SendAsync(Samples.Message(Samples.Arabic()), Desk, default);
        Assert.Equal(VerdictKind.Retry, verdict.Kind);
        Assert.DoesNotContain(heard, c => c.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase) || c.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task AServerThatSwallowsEverythingIsGivenUpAfterTheTimeout()
    {
        // A listener with a full queue answers no SYN, as a firewall that drops packets does.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var queued = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var socket in queued) _ = socket.ConnectAsync(full.LocalEndPoint!);
        var options = new SmtpOptions
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)full.LocalEndPoint!).Port, From = "news@example.org", Timeout = TimeSpan.FromSeconds(1),
        };
        var verdict = await new EmailChannel(options, TimeProvider.System).SendAsync(Samples.Message(Samples.Arabic()), Desk, default)
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(Verdict.Retry(null, "no answer within 1 s"), verdict);
        queued.ForEach(s => s.Dispose());
    }

    async Task<JsonElement> Receive(Message message, Address to)
    {
        var before = server.Letters().Count;
        var verdict = await Channel(Samples.SmtpPassword).SendAsync(message, to, default);
        Assert.Equal(Verdict.Sent(250, "accepted by the mail server"), verdict);
        return await node.Ask(Parse, server.Letters()[before]);
    }

    EmailChannel Channel(string password) => new(Options(server.Port, password), TimeProvider.System);

    static SmtpOptions Options(int port, string password) => new()
    {
        Host = "localhost",
        Port = port,
        User = MailServer.User,
        Password = password,
        From = "News Monitor <news@example.org>",
        Security = SmtpSecurity.StartTls,
    };

    static string Field(JsonElement mail, string name) => mail.GetProperty(name).GetString()!;
}
