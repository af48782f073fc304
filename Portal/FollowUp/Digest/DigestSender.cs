using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Time;
using Portal.Mail;
using Portal.Mail.Outbox;
using Portal.Storage;

namespace Portal.FollowUp.Digest;

/// <summary>
/// Queues the daily mail on working days from seven in the morning (Copenhagen) for those who asked for it. A person's day is claimed in the transaction that queues the mail, so that several nodes
/// queue one and none is lost; it is worth sending until the day is over.
/// </summary>
public sealed partial class DigestSender(IDbContextFactory<PortalDbContext> contexts, IMailer mailer, WriteGate gate, TimeProvider time, ILogger<DigestSender> log) : BackgroundService
{
    private const int FirstHour = 7;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>Queues what is due now; gives the number of mails.</summary>
    public async Task<int> QueueDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var local = DanishTime.ToLocal(now);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (!mailer.IsConfigured || local.Hour < FirstHour || !DanishCalendar.IsWorkingDay(day)) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Colleagues.AsNoTracking().Where(c => c.DigestTo != null && c.DigestDay < day.DayNumber).ToListAsync(cancellationToken);
        var queued = 0;
        foreach (var person in due)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await using var both = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.Colleagues.Where(c => c.Authority == person.Authority && c.Id == person.Id && c.DigestDay == person.DigestDay)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.DigestDay, day.DayNumber), cancellationToken) == 0) continue;
            db.OutgoingMails.Add(MailOutbox.New(DigestMails.Name, person.Authority, person.Id, person.DigestTo!, now, DanishTime.EndOf(day)));
            await db.SaveChangesAsync(cancellationToken);
            await both.CommitAsync(cancellationToken);
            queued++;
        }

        return queued;
    }

    /// <inheritdoc />
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
                    await QueueDueAsync(stoppingToken);
                }
                catch (Exception trouble) when (trouble is DbException or DbUpdateException or InvalidOperationException or IOException)
                {
                    LogNotQueued(log, trouble.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The daily mail of the worklist was not queued and is tried again: {Why}")]
    private static partial void LogNotQueued(ILogger logger, string why);
}
