using NewsMonitor.Deliveries;
using NewsMonitor.Deliveries.Webhook;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>Our signatures before the reference library of the standard.</summary>
public sealed class StandardWebhooksTests(NodePackages node) : IClassFixture<NodePackages>
{
    const string Verify = """
        import { Webhook } from "standardwebhooks";
        import { readFileSync } from "node:fs";
        const { secrets, headers, body } = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify(secrets.map(secret => {
          try { return new Webhook(secret).verify(body, headers).type; } catch (e) { return "refused: " + e.message; }
        })));
        """;

    [Fact]
    public async Task TheReferenceLibraryAcceptsBothSecretsWhileTheyRotateAndNoOther()
    {
        var other = "whsec_" + Convert.ToBase64String(new byte[32]);
        await using var far = await HttpFarSide.Start(200);
        using var http = Samples.Http();
        foreach (var message in new[] { Samples.Message(Samples.Arabic()), Samples.Message(Samples.Hostile()), Samples.Message() })
        {
            var verdict = await new HttpChannel(http, TimeProvider.System).SendAsync(message, Samples.To(RecipientKind.Webhook, far.Url), default);
            Assert.Equal(VerdictKind.Sent, verdict.Kind);
            var got = far.Arrivals[^1];
            var answers = await node.Ask(Verify, new { secrets = new[] { Samples.NewSecret, Samples.OldSecret, other }, headers = got.Headers, body = got.Text });
            Assert.Equal([message.Event, message.Event, "refused: No matching signature found"], answers.EnumerateArray().Select(a => a.GetString()));
            var forged = await node.Ask(Verify, new { secrets = new[] { Samples.NewSecret }, headers = got.Headers, body = got.Text + " " });
            Assert.Equal("refused: No matching signature found", forged[0].GetString());
        }
    }
}
