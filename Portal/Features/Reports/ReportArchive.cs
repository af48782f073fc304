using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Documents.Model;
using Portal.Platform.Storage;
using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>An issued report in a list.</summary>
/// <param name="IssuedAt">UTC.</param>
public sealed record IssuedReport(int Number, string Title, Period Period, DateTimeOffset IssuedAt, string IssuedBy);

/// <summary>An issued report with what it says.</summary>
public sealed record IssuedDocument(int Number, string Title, Period Period, Document Document);

/// <summary>Issued reports. They never change, and are numbered consecutively within the authority.</summary>
public sealed class ReportArchive(IDbContextFactory<PortalDbContext> contexts, WriteGate gate, TimeProvider time)
{
    private const int MostAttempts = 10;

    /// <summary>Issues a report and returns it as it was issued; null when the viewer may not.</summary>
    /// <exception cref="StorageUnavailableException">The database is unavailable; nothing was issued.</exception>
    public Task<IssuedDocument?> IssueAsync(
        Viewer viewer, ReportScope scope, Period period, ReportModel report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return viewer.May(ViewerRights.SteerBenefits) && viewer.OwnAuthority is { } authority
            ? IssueAsync(authority, viewer.Name, scope, period, report, (_, _, _) => Task.FromResult(true), cancellationToken)
            : Task.FromResult<IssuedDocument?>(null);
    }

    /// <summary>Issues in one transaction with <paramref name="claim"/>; null when it returns false.</summary>
    internal async Task<IssuedDocument?> IssueAsync(
        string authority, string by, ReportScope scope, Period period, ReportModel report,
        Func<PortalDbContext, int, CancellationToken, Task<bool>> claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(scope);
        for (var attempt = 1; ; attempt++)
        {
            var number = 0;
            try
            {
                using var writeLock = await gate.EnterAsync(cancellationToken);
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                await using var all = await db.Database.BeginTransactionAsync(cancellationToken);
                number = await NewestAsync(db, authority, cancellationToken) + 1;
                if (!await claim(db, number, cancellationToken)) return null;
                var now = time.GetUtcNow();
                var document = ReportDocumentBuilder.Build(
                    report with { Number = number, Issued = new ReportIssued(now, by) }, DanishFormat.Danish);
                db.Add(new StoredReport
                {
                    Authority = authority, Number = number, ChainId = scope.ChainId, Department = scope.Department, Title = report.Title,
                    FirstMonth = period.First.Number, LastMonth = period.Last.Number,
                    IssuedAt = now, IssuedBy = by, Json = DocumentJson.Write(document),
                });
                await db.SaveChangesAsync(cancellationToken);
                await all.CommitAsync(cancellationToken);
                return new IssuedDocument(number, report.Title, period, document);
            }
            catch (DbUpdateException) when (attempt < MostAttempts && number > 0)
            {
                // Another node may have used the number at the same time (unique key); otherwise it is an error of the database.
                if (!await IsTakenAsync(authority, number, cancellationToken)) throw StorageAccess.Unavailable(null);
            }
            catch (Exception problem) when (StorageAccess.IsRefused(problem))
            {
                throw StorageAccess.Unavailable(problem);
            }
        }
    }

    /// <summary>The issued reports of a scope, newest first.</summary>
    public async Task<IReadOnlyList<IssuedReport>> ListAsync(Viewer viewer, ReportScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(db, viewer).Where(r => r.ChainId == scope.ChainId && r.Department == scope.Department)
            .OrderByDescending(r => r.Number)
            .Select(r => new { r.Number, r.Title, r.FirstMonth, r.LastMonth, r.IssuedAt, r.IssuedBy }).ToListAsync(cancellationToken);
        return [.. rows.Select(
            r => new IssuedReport(r.Number, r.Title, new Period(new(r.FirstMonth), new(r.LastMonth)), r.IssuedAt, r.IssuedBy))];
    }

    /// <summary>An issued report; null when there is none that the viewer may see.</summary>
    public async Task<IssuedDocument?> FindAsync(
        Viewer viewer, ReportScope scope, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Visible(db, viewer)
            .Where(r => r.ChainId == scope.ChainId && r.Department == scope.Department && r.Number == number)
            .FirstOrDefaultAsync(cancellationToken);
        return row is not null && StoredDocument.Read(row.Json) is { } document
            ? new IssuedDocument(number, row.Title, new Period(new(row.FirstMonth), new(row.LastMonth)), document)
            : null;
    }

    private async Task<bool> IsTakenAsync(string authority, int number, CancellationToken cancellationToken)
    {
        return await StorageAccess.TryAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await NewestAsync(db, authority, cancellationToken) >= number;
        });
    }

    private static async Task<int> NewestAsync(PortalDbContext db, string authority, CancellationToken cancellationToken) =>
        await db.Set<StoredReport>().Where(r => r.Authority == authority).MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0;

    private static IQueryable<StoredReport> Visible(PortalDbContext db, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var authorities = viewer.May(ViewerRights.Chains) ? viewer.Authorities.ToArray() : [];
        return db.Set<StoredReport>().AsNoTracking().Where(r => authorities.Contains(r.Authority));
    }
}
