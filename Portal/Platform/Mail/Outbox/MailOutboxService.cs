using Portal.Ingestion.Supervision;

namespace Portal.Platform.Mail.Outbox;

/// <summary>Sends due mail once a minute; ends when mail is not configured.</summary>
internal sealed class MailOutboxService(
    MailOutbox outbox, IMailer mailer, TimeProvider time, ILogger<MailOutboxService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);

    public override string Name => "mail";

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured) Finish();
        else await outbox.SendDueAsync(cancellationToken);
    }

    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(CheckInterval, Time, cancellationToken);
}

/// <summary>How long a mail waits after a failure: from one minute to 12 hours. Pure.</summary>
public static class MailPauses
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(
        15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12)];

    /// <summary>The pause after this many attempts.</summary>
    public static TimeSpan After(int attempts) => Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)];
}

/// <summary>Writes the mails of one kind, just before they are sent.</summary>
public interface IMailWriter
{
    /// <summary>Names the kind in <see cref="OutgoingMail.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>The mail; null when the recipient no longer wants it or there is nothing to report.</summary>
    /// <exception cref="MailNotSentException">The mail cannot be written now; it is tried again.</exception>
    Task<MailMessage?> WriteAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
