using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace NewsMonitor.Deliveries.Email;

public enum SmtpSecurity { None, StartTls }

/// <summary>The mail server: configuration section <c>Monitor:Smtp</c>. Without a host email is off.</summary>
public sealed class SmtpOptions : IValidatableObject
{
    public string? Host { get; set; }
    [Range(1, 65535)]
    public int Port { get; set; } = 587;
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>The sender's address, with or without a name: <c>News Monitor &lt;news@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>With starttls a server that does not offer it is an error: nothing, least of all the password, goes out in clear.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A host without a usable sender would hold back every message.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrWhiteSpace(Host) || MailAddress.TryCreate(From, out _) ? []
            : [new("it is the sender's address, such as News Monitor <news@example.org>.", [nameof(From)])];
}
