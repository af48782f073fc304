using Portal.Ingestion.Supervision;

namespace Portal.Platform.Mail.Outbox;

/// <summary>Looks once a minute for mail that is due, when mail is configured.</summary>
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
