using MimeKit;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Mail;

/// <summary><c>Smtp:*</c>: the server that mail is sent to.</summary>
/// <param name="Host">Null when mail is not configured.</param>
/// <param name="Port">587 by default. On 465 TLS from the start, on others STARTTLS (see <see cref="DemandsTls"/>).</param>
/// <param name="User">Null for a server without authentication.</param>
/// <param name="Password">Never logged.</param>
/// <param name="From">The sender's address.</param>
public sealed record SmtpSettings(string? Host, int Port, string? User, string? Password, string From)
{
    private const int StandardPort = 587;

    /// <summary>
    /// <c>Smtp:Tls</c>: true when a server that does not offer STARTTLS gets no mail. So it is for other machines, unless <c>offered</c> is
    /// written.
    /// </summary>
    public bool DemandsTls { get; init; }

    /// <summary>Omits user and password, so that they cannot reach a log.</summary>
    public override string ToString() => Host is null ? "smtp: none" : $"smtp: {Host}:{Port}";

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException">A key is invalid, or <c>Smtp:From</c> is missing.</exception>
    public static SmtpSettings Read(IConfiguration configuration)
    {
        var host = NullIfEmpty(configuration["Smtp:Host"]);
        var port = ConfigurationValues.ReadInt(configuration, "Smtp:Port", StandardPort, 1, 65535);
        var from = NullIfEmpty(configuration["Smtp:From"]) ?? "";
        if (host is not null && from.Length == 0)
            throw new ConfigurationProblemException("Smtp:From", "skal være afsenderens mailadresse, når Smtp:Host er sat.");
        if (from.Length > 0 && !IsAddress(from))
            throw new ConfigurationProblemException("Smtp:From", $"skal være en mailadresse som portal@kommune.dk, men er »{from}«.");
        if (host is not null && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new ConfigurationProblemException("Smtp:Host", $"skal være navnet på en mailserver, men er »{host}«.");
        return new SmtpSettings(host, port, NullIfEmpty(configuration["Smtp:User"]), NullIfEmpty(configuration["Smtp:Password"]), from)
        {
            DemandsTls = ReadTls(configuration) && !OwnMachine.Is(host),
        };
    }

    private static bool ReadTls(IConfiguration configuration)
    {
        const string key = "Smtp:Tls";
        return NullIfEmpty(configuration[key])?.ToUpperInvariant() switch
        {
            null or "REQUIRED" => true,
            "OFFERED" => false,
            _ => throw new ConfigurationProblemException(key, $"skal være required eller offered, men er »{configuration[key]}«."),
        };
    }

    // MailKit's parser also accepts a name without a domain.
    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var mailbox) && mailbox.LocalPart.Length > 0
        && mailbox.Domain.Contains('.', StringComparison.Ordinal);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
