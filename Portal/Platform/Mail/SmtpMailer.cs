using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Mail;

/// <summary>Sends mail by SMTP, with a connection for each mail, since the portal sends few.</summary>
public sealed class SmtpMailer(SmtpSettings settings) : IMailer
{
    private const int TlsPort = 465;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public bool IsConfigured => settings.Host is not null;

    /// <inheritdoc />
    public async Task SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (settings.Host is not { } host) throw new InvalidOperationException("Mail is not configured: Smtp:Host is empty.");
        using var mail = new MimeMessage { Subject = message.Subject, Body = BodyOf(message) };
        try
        {
            mail.From.Add(MailboxAddress.Parse(settings.From));
            mail.To.Add(MailboxAddress.Parse(message.To));
            if (message.Id is { } id) mail.MessageId = $"{id}@{mail.From.Mailboxes.First().Domain}";
            using var client = new SmtpClient
            {
                Timeout = (int)Timeout.TotalMilliseconds, SslProtocols = TlsVersions.Allowed,
            };
            await client.ConnectAsync(host, settings.Port,
                settings.Port == TlsPort ? SecureSocketOptions.SslOnConnect
                : settings.DemandsTls ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
            await client.SendAsync(mail, cancellationToken);
            await LeaveAsync(client);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException or CommandException or ProtocolException or AuthenticationException
            or NotSupportedException or SslHandshakeException or ParseException or TimeoutException)
        {
            throw new MailNotSentException($"The mail server did not take the mail: {error.GetType().Name}.", error);
        }
    }

    // The server has accepted the mail by now: an error while disconnecting must not cause a second sending.
    private static async Task LeaveAsync(SmtpClient client)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Farewell);
            await client.DisconnectAsync(quit: true, timeout.Token);
        }
        catch (Exception gone) when (gone is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException
            or OperationCanceledException or TimeoutException)
        {
            // The mail is already accepted.
        }
    }

    private static MimeEntity BodyOf(MailMessage message)
    {
        var body = new BodyBuilder { TextBody = message.Text };
        foreach (var file in message.Attachments) body.Attachments.Add(file.Name, file.Content, ContentType.Parse(file.MediaType));
        return body.ToMessageBody();
    }
}
