using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Time;
using Portal.Mail;
using Portal.Storage;

namespace Portal.FollowUp.Digest;

/// <summary>
/// Sends the daily mail on working days from seven in the morning (Copenhagen) to those who asked for it. A day is claimed in the database before the mail
/// is sent, so that several nodes send one; a mail that the server did not take is tried again the next time.
/// </summary>
public sealed partial class DigestSender(IDbContextFactory<PortalDbContext> contexts, IWorkDesk desk, IMailer mailer, TimeProvider time, ILogger<DigestSender> log) : BackgroundService
{
    private const int FirstHour = 7;
    private const int OldAfterDays = 5;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>Sends what is due now; gives the number of mails.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var local = DanishTime.ToLocal(time.GetUtcNow());
        var day = DateOnly.FromDateTime(local.DateTime);
        if (!mailer.IsConfigured || local.Hour < FirstHour || !DanishCalendar.IsWorkingDay(day)) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Colleagues.AsNoTracking().Where(c => c.DigestTo != null && c.DigestDay < day.DayNumber).ToListAsync(cancellationToken);
        var sent = 0;
        foreach (var person in due)
        {
            var before = person.DigestDay;
            var mine = db.Colleagues.Where(c => c.Authority == person.Authority && c.Id == person.Id);
            if (await mine.Where(c => c.DigestDay == before).ExecuteUpdateAsync(c => c.SetProperty(x => x.DigestDay, day.DayNumber), cancellationToken) == 0) continue;
            try
            {
                if (await TextForAsync(person, cancellationToken) is not { } mail) continue;
                await mailer.SendAsync(mail, cancellationToken);
                sent++;
            }
            catch (MailNotSentException trouble)
            {
                LogNotSent(log, trouble.Message);
                await mine.ExecuteUpdateAsync(c => c.SetProperty(x => x.DigestDay, before), cancellationToken);
            }
        }

        return sent;
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
                    await SendDueAsync(stoppingToken);
                }
                catch (Exception trouble) when (trouble is DbException or InvalidOperationException or IOException)
                {
                    LogNotSent(log, trouble.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private async Task<MailMessage?> TextForAsync(StoredColleague person, CancellationToken cancellationToken)
    {
        // Counts alone are asked for, as the person would see them.
        var viewer = new Viewer(person.Id, person.Name, ViewerRights.Cases, [person.Authority], TypeScope.None);
        var own = new Dictionary<FollowUpReason, long>();
        foreach (var reason in Enum.GetValues<FollowUpReason>()) own[reason] = await desk.CountAsync(viewer, new WorkQuery(reason, WorkOwner.Person, person.Id), cancellationToken);
        var old = await desk.CountAsync(viewer, new WorkQuery(Owner: WorkOwner.Person, OwnerId: person.Id, Until: WorkAge.Before(time.GetUtcNow(), OldAfterDays)), cancellationToken);
        var nobodys = await desk.CountAsync(viewer, new WorkQuery(Owner: WorkOwner.Nobody), cancellationToken);
        return DigestText.Of(person.DigestTo!, person.Id, person.Address ?? "", own, old, nobodys);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The daily mail of the worklist was not sent and is tried again: {Why}")]
    private static partial void LogNotSent(ILogger logger, string why);
}
