using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NewsMonitor.Tests.Deliveries;

/// <summary>
/// A real SMTP server (aiosmtpd) on loopback that demands STARTTLS and a password. Its certificate is made for the run,
/// and nothing but this one is trusted beyond what the machine trusts.
/// </summary>
public sealed class MailServer : IAsyncLifetime
{
    public const string User = "monitor";

    readonly string _folder = Directory.CreateTempSubdirectory("monitor-mail-").FullName;
    Process? _server;
    X509Certificate2? _certificate;

    public int Port { get; private set; }

    public async Task InitializeAsync()
    {
        Certify();
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.py"), Server);
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        _server = Process.Start(new ProcessStartInfo(python, $"server.py {User} {Samples.SmtpPassword}")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var line = await _server.StandardOutput.ReadLineAsync();
        Port = int.TryParse(line, out var port)
            ? port
            : throw new InvalidOperationException("The mail server did not start; it needs Python 3 with aiosmtpd (Debian: apt-get install "
                + "python3-aiosmtpd). " + await _server.StandardError.ReadToEndAsync());
    }

    /// <summary>Everything received so far, as it came over the wire, oldest first.</summary>
    public IReadOnlyList<string> Letters() =>
        [.. Directory.GetFiles(_folder, "*.eml").OrderBy(f => int.Parse(Path.GetFileNameWithoutExtension(f))).Select(File.ReadAllText)];

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
#pragma warning disable SYSLIB0014 // The only door through which System.Net.Mail lets a certificate be judged.
        ServicePointManager.ServerCertificateValidationCallback = null;
#pragma warning restore SYSLIB0014
        _certificate!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    void Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), _certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
#pragma warning disable SYSLIB0014
        ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, errors) => errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && shown?.GetCertHashString() == _certificate.GetCertHashString());
#pragma warning restore SYSLIB0014
    }

    const string Server = """
        import asyncio, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult

        class Keep:
            count = 0
            async def handle_DATA(self, server, session, envelope):
                Keep.count += 1
                with open(f"{Keep.count}.tmp", "wb") as f:
                    f.write(envelope.original_content)
                import os; os.rename(f"{Keep.count}.tmp", f"{Keep.count}.eml")
                return "250 kept as %d" % Keep.count

        class AnyCase(SMTP):
            # System.Net.Mail writes the mechanism's name in small letters, which this server alone does not take.
            async def smtp_AUTH(self, arg):
                name, _, rest = (arg or "").partition(" ")
                await super().smtp_AUTH((name.upper() + " " + rest).strip())

        def check(server, session, envelope, mechanism, data):
            good = data.login == sys.argv[1].encode() and data.password == sys.argv[2].encode()
            return AuthResult(success=good, handled=False)

        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain("cert.pem", "key.pem")

        async def main():
            loop = asyncio.get_running_loop()
            server = await loop.create_server(lambda: AnyCase(Keep(), hostname="localhost", tls_context=tls, require_starttls=True,
                auth_required=True, auth_require_tls=True, authenticator=check), "127.0.0.1", 0)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()

        asyncio.run(main())
        """;
}
