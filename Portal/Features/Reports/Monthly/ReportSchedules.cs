using Microsoft.EntityFrameworkCore;
using MimeKit;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Platform.Http;
using Portal.Platform.Storage;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Monthly;

/// <summary>A report that is issued automatically each month.</summary>
/// <param name="LastMonth">The last month that was issued, or the one before the schedule was created.</param>
/// <param name="To">Addresses that receive it by mail.</param>
public sealed record ReportSchedule(ReportScope Scope, Month LastMonth, IReadOnlyList<string> To, DateTimeOffset MadeAt, string MadeBy);

/// <summary>The content of a schedule's <c>Recipients</c>, stored as JSON.</summary>
/// <param name="Site">The portal's base URL, for the link in the mail.</param>
/// <param name="Unsent">From versions without an outbox: numbers of issued reports not mailed yet. <see cref="ReportMails.TakeOverAsync"/>
/// moves them to it.</param>
internal sealed record ScheduleMail(IReadOnlyList<string> To, string Site, IReadOnlyList<int>? Unsent = null);

/// <summary>The schedules of monthly reports. Creating and ending one requires the right to edit chains.</summary>
public sealed class ReportSchedules(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, PublicAddress address, TimeProvider time)
{
    /// <summary>The most addresses of a schedule.</summary>
    public const int MostRecipients = 20;

    private const int LongestAddress = 254;

    /// <summary>The schedule; null when there is none that the viewer may see.</summary>
    [Demands(ViewerRights.Chains)]
    public async Task<ReportSchedule?> FindAsync(Viewer viewer, ReportScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(scope);
        if (!viewer.MayCall<ReportSchedules>() || viewer.AuthorityOf(ViewerRights.Chains) is not { } authority) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, authority, scope).AsNoTracking().FirstOrDefaultAsync(cancellationToken) is { } row
            ? new ReportSchedule(scope, new Month(row.LastMonth), Mail(row)?.To ?? [], row.MadeAt, row.MadeBy)
            : null;
    }

    /// <summary>
    /// Creates a schedule that begins with the current month, or changes its recipients. Returns the problem; null when it was saved.
    /// </summary>
    /// <param name="recipients">Addresses separated by commas, semicolons, spaces or line breaks; may be empty.</param>
    /// <param name="site">The address at which the portal was asked.</param>
    /// <exception cref="StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    public async Task<ProblemText?> SaveAsync(
        Viewer viewer, ReportScope scope, string recipients, Uri site, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(site);
        if (!viewer.MayCall<ReportSchedules>() || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority)
            return ReportTexts.Of("MonthlyNotYours");
        var to = TextLines.OneLine(recipients ?? "").Split([',', ';', ' ', '\u00A0'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (to.Count > MostRecipients) return ReportTexts.Of("TooManyRecipients", MostRecipients);
        if (to.Find(a => a.Length > LongestAddress || !a.Contains('@', StringComparison.Ordinal) || !MailboxAddress.TryParse(a, out _))
            is { } wrong)
        {
            return ReportTexts.Of("NoAddress", wrong);
        }
        await WriteAsync(async db =>
        {
            var now = time.GetUtcNow();
            if (await Of(db, authority, scope).FirstOrDefaultAsync(cancellationToken) is { } row)
            {
                row.Recipients = BenefitJson.Write(
                    (Mail(row) ?? new ScheduleMail([], "")) with { To = to, Site = address.For(site).ToString() });
            }
            else
            {
                db.Add(new StoredReportSchedule
                {
                    Authority = authority, ChainId = scope.ChainId, Department = scope.Department,
                    Recipients = BenefitJson.Write(new ScheduleMail(to, address.For(site).ToString())),
                    MadeAt = now, MadeBy = viewer.Name, LastMonth = (Month.Of(now) + -1).Number,
                });
            }

            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return null;
    }

    /// <summary>Ends a schedule; issued reports stay.</summary>
    /// <exception cref="StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    public async Task EndAsync(Viewer viewer, ReportScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<ReportSchedules>() || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority) return;
        await WriteAsync(db => Of(db, authority, scope).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    internal static IQueryable<StoredReportSchedule> Of(PortalDbContext db, string authority, ReportScope scope)
    {
        var (chain, department) = (scope.ChainId, scope.Department);
        return db.Set<StoredReportSchedule>().Where(s => s.Authority == authority && s.ChainId == chain && s.Department == department);
    }

    /// <summary>The mail settings of a schedule; null when they cannot be read.</summary>
    internal static ScheduleMail? Mail(StoredReportSchedule row) => BenefitJson.Read<ScheduleMail>(row.Recipients);

    private async Task WriteAsync(Func<PortalDbContext, Task> write, CancellationToken cancellationToken)
    {
        await StorageAccess.TryAsync(async () =>
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await write(db);
        });
    }
}
