using Microsoft.EntityFrameworkCore;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Mail;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Storage;

namespace Portal.Features.FollowUp.Digest;

/// <summary>
/// Queues the daily mail on working days from 07:00 (Copenhagen) for people who turned it on. <c>DigestDay</c> is set in the transaction
/// that queues the mail, so that several nodes queue one mail and none is lost. A mail expires at the end of the day.
/// </summary>
public sealed class DigestSender(
    IDbContextFactory<PortalDbContext> contexts, IMailer mailer, WriteGate gate, TimeProvider time, ILogger<DigestSender> log)
    : SupervisedService(time, log)
{
    private const int FirstHour = 7;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(10);

    /// <summary>Queues the mails that are due. Returns how many.</summary>
    /// <exception cref="PartlyFailedException">Some mails could not be queued; all others are.</exception>
    public async Task<int> QueueDueAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var local = DanishTime.ToLocal(now);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (!mailer.IsConfigured || local.Hour < FirstHour || !DanishCalendar.IsWorkingDay(day)) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Colleagues.AsNoTracking().Where(c => c.DigestTo != null && c.DigestDay < day.DayNumber)
            .ToListAsync(cancellationToken);
        var queued = 0;
        await IsolatedWork.ForEachAsync(
            due, async (person, stop) => queued += await QueueAsync(person, day, now, stop) ? 1 : 0, cancellationToken);
        return queued;
    }

    // False when another node queued it first.
    private async Task<bool> QueueAsync(StoredColleague person, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var both = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Colleagues.Where(c => c.Authority == person.Authority && c.Id == person.Id && c.DigestDay == person.DigestDay)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.DigestDay, day.DayNumber), cancellationToken) == 0) return false;
        db.OutgoingMails.Add(MailOutbox.New(DigestMails.Name, person.Authority, person.Id, person.DigestTo!, now, DanishTime.EndOf(day)));
        await db.SaveChangesAsync(cancellationToken);
        await both.CommitAsync(cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public override string Name => "digests";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured) Finish();
        else await QueueDueAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(CheckInterval, Time, cancellationToken);
}
