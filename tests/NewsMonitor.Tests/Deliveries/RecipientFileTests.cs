using NewsMonitor.Deliveries;
using NewsMonitor.Watches;

namespace NewsMonitor.Tests.Deliveries;

public class RecipientFileTests
{
    const string Secret = "whsec_bmV3cy1tb25pdG9yLWV4YW1wbGUtc2VjcmV0LTEyMw==";

    [Fact]
    public void EveryFieldIsRead()
    {
        var file = RecipientFile.Read($"""
            recipients:
              - id: desk
                kind: email
                to: desk@example.org
                mode: daily
                minSeverity: high
                quietHours: 22:00-06:30
                language: ar
                timeZone: Asia/Baghdad
                default: true
                dailyAt: "07:15"
                groupSeconds: 20
                only: {"{"}sources: [example.org, Example], languages: ar, folders: [iran/quds], hours: "08:00-18:00"{"}"}
                escalate: {"{"}to: hook, afterMinutes: 15{"}"}
              - {"{"}id: hook, kind: webhook, url: "https://hooks.example.org/x", secret: [{Secret}, {Secret}]{"}"}
              - {"{"}id: field, kind: telegram, to: "-1001234567890", secret: "1234:abc_DEF"{"}"}
              - {"{"}id: phone, kind: ntfy, url: https://ntfy.example.org/topic{"}"}
            """);
        Assert.Empty(file.Problems);
        var desk = file.Recipients[0];
        Assert.Equal(("desk", RecipientKind.Email, "desk@example.org"), (desk.Id, desk.Kind, desk.Target));
        Assert.Equal((DeliveryMode.Daily, Severity.High), (desk.Mode, desk.MinSeverity));
        Assert.Equal(("22:00-06:30", "ar", "Asia/Baghdad", true), (desk.Settings.QuietHours, desk.Settings.Language, desk.Settings.TimeZone, desk.Settings.Default));
        Assert.Equal((new TimeOnly(7, 15), 20), (desk.Settings.DailyAt, desk.Settings.GroupSeconds));
        Assert.Equal(["example.org", "Example"], desk.Settings.Only!.Sources);
        Assert.Equal(["ar"], desk.Settings.Only.Languages);
        Assert.Equal(new Escalation("hook", 15), desk.Settings.Escalate);
        Assert.Equal([Secret, Secret], file.Recipients[1].Secrets);
        Assert.Equal(["hook", "field", "phone"], file.Recipients.Skip(1).Select(r => r.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("recipients: []")]
    [InlineData("recipients:\n# - id: desk\n")]
    public void AFileMayBeEmpty(string yaml) => Assert.Equal((0, 0), Counts(RecipientFile.Read(yaml)));

    [Theory]
    [InlineData("recipients:\n  - {id: a, kind: email, to: a@b.org, only: {sources: [\"x\\0\"]}}\n", 2, 56, "U+0000")]
    [InlineData("recipients:\n  - id: a\n    kind:\n    to: a@b.org\n", 2, 5, "has no kind")]
    [InlineData("recipients:\n  - id: a\n    kind: fax\n", 3, 11, "one of email, webhook, slack, teams, telegram, ntfy")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n    to: 'a@b.org, c@d.org'\n", 4, 9, "no email address")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n    to: \"a@b.org\\r\\nBcc: c@d.org\"\n", 4, 9, "no email address")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n", 2, 5, "needs 'to'")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n    url: https://x.org\n", 4, 10, "takes 'to', not 'url'")]
    [InlineData("recipients:\n  - id: a\n    kind: slack\n    url: ftp://x.org/\n", 4, 10, "no http or https URL")]
    [InlineData("recipients:\n  - id: a\n    kind: slack\n    url: https://x.org/…\n", 4, 10, "is shortened")]
    [InlineData("recipients:\n  - id: a\n    kind: webhook\n    url: https://u:p@x.org/\n", 4, 10, "user or password")]
    [InlineData("recipients:\n  - id: a\n    kind: webhook\n    url: https://x.org/\n    secret: whsec_dG9vIHNob3J0\n", 5, 13, "24 to 64")]
    [InlineData("recipients:\n  - id: a\n    kind: telegram\n    to: '5'\n", 2, 5, "needs the bot's token")]
    [InlineData("recipients:\n  - id: a\n    kind: ntfy\n    url: https://ntfy.sh/\n", 4, 10, "names no topic")]
    [InlineData("recipients:\n  - id: A b\n    kind: email\n    to: a@b.org\n", 2, 9, "is no id")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n    to: a@b.org\n    quietHours: 22-6\n", 5, 17, "write it as 22:00-06:30")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n    to: a@b.org\n    timeZone: Mars/Base\n", 5, 15, "no known time zone")]
    [InlineData("recipients:\n  - id: a\n    kind: email\n    to: a@b.org\n    colour: red\n", 5, 5, "'colour' is no field here")]
    [InlineData("recipients:\n  - {id: a, kind: email, to: a@b.org}\n  - {id: a, kind: email, to: a@b.org}\n", 3, 10, "two recipients")]
    [InlineData("recipients:\n  - id: a\n    id: b\n", 3, 5, "no YAML")]
    [InlineData("recipients: [\n", 2, 1, "no YAML")]
    [InlineData("- desk\n", 1, 1, "must start with 'recipients:'")]
    [InlineData("recipients: desk\n", 1, 13, "is a list")]
    [InlineData("recipients: [desk]\n", 1, 14, "block of fields")]
    [InlineData("recipients:\n  - {id: a, kind: email, to: a@b.org, escalate: {to: a, afterMinutes: 5}}\n", 2, 49, "itself")]
    public void AMistakeIsNamedWithItsPlaceAndNothingIsRead(string yaml, int line, int column, string says)
    {
        var file = RecipientFile.Read(yaml);
        Assert.Empty(file.Recipients);
        var problem = file.Problems[0];
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void NoProblemRepeatsASecret()
    {
        var file = RecipientFile.Read("recipients:\n  - {id: a, kind: webhook, url: https://x.org/, secret: hunter2hunter2}\n  - {id: b, kind: ntfy, url: https://x.org/t, secret: 'hunter2 hunter2'}\n");
        Assert.Equal(2, file.Problems.Count);
        Assert.DoesNotContain(file.Problems, p => p.Message.Contains("hunter2", StringComparison.Ordinal));
    }

    static (int, int) Counts(RecipientFile file) => (file.Recipients.Count, file.Problems.Count);
}
