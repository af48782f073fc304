using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Issued;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Features.Reports.Monthly;

/// <summary>
/// Issues the monthly reports when a month has ended, each for the twelve months that end with it. The month is claimed in the transaction
/// that stores the report, so that several nodes issue only one. Up to twelve months missed while the portal was down are issued later,
/// oldest first.
/// </summary>
public sealed class MonthlyReports(IDbContextFactory<PortalDbContext> contexts, ReportMaker maker, ReportArchive archive, TimeProvider time)
{
    /// <summary>The issuer shown in the report.</summary>
    public const string Issuer = "portalen, som gør det hver måned";

    private const int MostMissed = 12;

    /// <summary>Issues the reports that are due; returns how many.</summary>
    /// <exception cref="StorageUnavailableException">The database is unavailable; the month is tried again later.</exception>
    /// <exception cref="PartlyFailedException">Some reports could not be built; all others were issued.</exception>
    public async Task<int> IssueDueAsync(CancellationToken cancellationToken)
    {
        var over = Month.Of(time.GetUtcNow()) + -1;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Set<StoredReportSchedule>().AsNoTracking().Where(s => s.LastMonth < over.Number).ToListAsync(cancellationToken);
        var issued = 0;

        // A chain whose report fails must not stop the others.
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

        // A deleted chain has no report; if it is restored, its missed months are issued then.
        if (report is null) return false;
        return await archive.IssueAsync(schedule.Authority, Issuer, scope, period, report, (db, number, stop) => ClaimAsync(
            db, schedule.Authority, scope, month, number, time.GetUtcNow(), stop), cancellationToken) is not null;
    }

    // False when another node has issued the month, or the schedule was ended.
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
        // Stored in the same transaction as the report, so that an issued report is always mailed.
        var mail = ReportSchedules.Mail(row) ?? throw new FormatException("The recipients cannot be read.");
        db.OutgoingMails.AddRange(mail.To.Select(to => ReportMails.New(authority, number, to, now)));
        return true;
    }

    /// <summary>A viewer who may read the authority's chains and counts.</summary>
    internal static Viewer ViewerOf(string authority) =>
        new("monthly-reports", Issuer, ViewerRights.Chains | ViewerRights.Counts, [authority], TypeScope.None);
}
