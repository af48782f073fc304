using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Features.Reports.Monthly;

/// <summary>
/// Issues the monthly reports when a month is over, each for the twelve months that end with it. The month is claimed in the same
/// transaction as the report is stored, so that several nodes make one; months that were missed while the portal was away are made up for,
/// oldest first.
/// </summary>
public sealed class MonthlyReports(IDbContextFactory<PortalDbContext> contexts, ReportMaker maker, ReportArchive archive, TimeProvider time)
{
    /// <summary>Who issues; shown in the report.</summary>
    public const string Issuer = "portalen, som gør det hver måned";

    private const int MostMissed = 12;

    /// <summary>Issues what is due now; gives how many.</summary>
    /// <exception cref="StorageUnavailableException">The database takes nothing now; the month is tried again.</exception>
    /// <exception cref="PartlyFailedException">Some reports could not be made; all others are issued.</exception>
    public async Task<int> IssueDueAsync(CancellationToken cancellationToken)
    {
        var over = Month.Of(time.GetUtcNow()) + -1;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Set<StoredReportSchedule>().AsNoTracking().Where(s => s.LastMonth < over.Number).ToListAsync(cancellationToken);
        var issued = 0;

        // A chain that cannot be reported keeps no other from its report.
        await IsolatedWork.ForEachAsync(
            due,
            async (schedule, stop) =>
            {
                for (var month = new Month(Math.Max(schedule.LastMonth + 1, over.Number - MostMissed + 1)); month <= over; month += 1)
                {
                    if (await IssueAsync(schedule, month, stop)) issued++;
                }
            },
            cancellationToken);
        return issued;
    }

    private async Task<bool> IssueAsync(StoredReportSchedule schedule, Month month, CancellationToken cancellationToken)
    {
        var scope = new ReportScope(schedule.ChainId, schedule.Department);
        var period = Period.YearUpTo(month);
        var report = await maker.MakeAsync(ViewerOf(schedule.Authority), scope, period, cancellationToken);

        // A chain that was deleted has no report; should it come back, its months continue from there.
        if (report is null) return false;
        return await archive.IssueAsync(schedule.Authority, Issuer, scope, period, report, (db, number, stop) => ClaimAsync(
            db, schedule.Authority, scope, month, number, time.GetUtcNow(), stop), cancellationToken) is not null;
    }

    // False when another node has issued the month, or someone has ended the schedule.
    private static async Task<bool> ClaimAsync(PortalDbContext db, string authority, ReportScope scope, Month month, int number,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mine = ReportSchedules.Of(db, authority, scope);
        if (await mine.Where(s => s.LastMonth < month.Number)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastMonth, month.Number), cancellationToken) == 0)
        {
            return false;
        }
        var row = await mine.AsNoTracking().FirstAsync(cancellationToken);
        // Saved with the report, so that a report that is there is mailed too.
        var mail = ReportSchedules.Mail(row) ?? throw new FormatException("The recipients cannot be read.");
        db.OutgoingMails.AddRange(mail.To.Select(to => ReportMails.New(authority, number, to, now)));
        return true;
    }

    /// <summary>Reads counts and chains of the authority, as anyone there who reads reports.</summary>
    internal static Viewer ViewerOf(string authority) =>
        new("monthly-reports", Issuer, ViewerRights.Chains | ViewerRights.Counts, [authority], TypeScope.None);
}
