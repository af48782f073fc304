using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Pipeline;

namespace Portal.Mail.Outbox;

/// <summary>Looks once a minute for mail that is due, when mail is configured.</summary>
internal sealed partial class MailOutboxService(MailOutbox outbox, IMailer mailer, TimeProvider time, ILogger<MailOutboxService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!mailer.IsConfigured) return;
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                try
                {
                    await outbox.SendDueAsync(stoppingToken);
                }
                catch (Exception trouble) when (trouble is DbException or DbUpdateException or StorageUnavailableException or InvalidOperationException or IOException)
                {
                    LogTrouble(log, trouble.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail that waits is tried again later: {Why}")]
    private static partial void LogTrouble(ILogger logger, string why);
}
