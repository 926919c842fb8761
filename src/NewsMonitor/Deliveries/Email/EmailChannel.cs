using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace NewsMonitor.Deliveries.Email;

/// <summary>Email over SMTP. The only file that knows System.Net.Mail, so that another library can take its place.</summary>
public sealed class EmailChannel(SmtpOptions options, TimeProvider time) : IChannel
{
    public async Task<Verdict> SendAsync(Message message, Address to, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(options.Host) || string.IsNullOrWhiteSpace(options.From))
        {
            return Verdict.Retry(null, "email is off: set Monitor__Smtp__Host and Monitor__Smtp__From");
        }
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            // SmtpClient goes on trying to connect, for minutes, though it is told to stop: it is left to that, and sends nothing any more.
            var mail = Compose(message, to);
            await Task.Run(() => SendAsync(mail, either.Token), CancellationToken.None).WaitAsync(either.Token);
            return Verdict.Sent(250, "accepted by the mail server");
        }
        catch (Exception e) when (e is OperationCanceledException or SmtpException && stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (Exception e) when (e is OperationCanceledException or SmtpException && timeout.IsCancellationRequested)
        {
            return Verdict.Retry(null, $"no answer within {options.Timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s");
        }
        catch (SmtpException e)
        {
            return Judge(e, to);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            return Verdict.Retry(null, Line(e.Message, to));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return Verdict.Dead(null, Line(e.Message, to));
        }
    }

    async Task SendAsync(MailMessage mail, CancellationToken stop)
    {
        using (mail)
        {
            using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Security == SmtpSecurity.StartTls };
            if (options.User is { Length: > 0 })
            {
                client.Credentials = new NetworkCredential(options.User, options.Password);
            }

            await client.SendMailAsync(mail, stop);
        }
    }

    /// <summary>A reply of 5xx is final and one of 4xx is not (RFC 5321, 4.2.1); no reply at all may be anything and is tried again.</summary>
    Verdict Judge(SmtpException error, Address to)
    {
        var code = (int)error.StatusCode;
        var said = Line(error.InnerException is null ? error.Message : $"{error.Message} {error.InnerException.Message}", to);
        // A wrong password or a missing encryption is our own set-up: the message is not to blame and must not die of it.
        var ours = error.StatusCode is SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted
            || code is 530 or 534 or 535 or 538;
        return code is >= 500 and < 600 && !ours
            ? Verdict.Dead(code, $"SMTP {code}: {said}")
            : Verdict.Retry(code > 0 ? code : null, code > 0 ? $"SMTP {code}: {said}" : said);
    }

    string Line(string text, Address to) =>
        Redaction.Line(options.Password is { Length: > 0 } password ? text.Replace(password, "•••", StringComparison.Ordinal) : text, to);

    MailMessage Compose(Message message, Address to)
    {
        var (subject, text, html) = EmailBody.Of(message, to);
        var from = new MailAddress(options.From!);
        var mail = new MailMessage
        {
            From = from,
            Subject = subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.Base64,
            Body = text,
            IsBodyHtml = false,
        };
        mail.To.Add(new MailAddress(to.Target));
        mail.AlternateViews.Add(View(html, "text/html"));
        mail.Headers["Message-ID"] = $"<{Token(message.Id)}@{from.Host}>";
        mail.Headers["Auto-Submitted"] = "auto-generated";
        mail.Headers["X-Auto-Response-Suppress"] = "All";
        if (message.Alerts.Count == 1)
        {
            // The story's own id is no message that was ever sent: mail programs gather all that refer to it in one thread.
            var story = $"<story-{message.Alerts[0].Alert.Story.Id.ToString(CultureInfo.InvariantCulture)}@{from.Host}>";
            mail.Headers["In-Reply-To"] = story;
            mail.Headers["References"] = story;
        }
        if (message.UnsubscribeUrl is { } stop)
        {
            mail.Headers["List-Unsubscribe"] = $"<{stop.AbsoluteUri}>";
            mail.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }
        return mail;
    }

    static AlternateView View(string body, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(body, Encoding.UTF8, type);
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }

    /// <summary>What may stand before the @ of a Message-ID.</summary>
    static string Token(string id) => string.Concat(id.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
}
