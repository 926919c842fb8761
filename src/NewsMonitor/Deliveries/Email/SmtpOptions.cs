namespace NewsMonitor.Deliveries.Email;

public enum SmtpSecurity { None, StartTls }

/// <summary>The mail server: configuration section <c>Monitor:Smtp</c>. Without a host email is off.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }
    public int Port { get; set; } = 587;
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>The sender's address, with or without a name: <c>News Monitor &lt;news@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>With starttls a server that does not offer it is an error: nothing, least of all the password, goes out in clear.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
