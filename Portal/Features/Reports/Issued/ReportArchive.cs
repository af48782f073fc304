using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Documents.Model;
using Portal.Platform.Storage;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Issued;

/// <summary>An issued report in a list.</summary>
/// <param name="IssuedAt">UTC.</param>
public sealed record IssuedReport(int Number, string Title, Period Period, DateTimeOffset IssuedAt, string IssuedBy)
{
    /// <summary>
    /// What is different from the report of the same scope before it; null for the first, and for one without kept figures.
    /// </summary>
    public ReportSince? Since { get; init; }

    /// <summary>The files that were made with it, by name; the PDF is made from what the report says.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>An issued report with what it says.</summary>
public sealed record IssuedDocument(int Number, string Title, Period Period, DateTimeOffset IssuedAt, Document Document);

/// <summary>Issued reports. They never change, and are numbered consecutively within the authority.</summary>
public sealed class ReportArchive(IDbContextFactory<PortalDbContext> contexts, WriteGate gate, TimeProvider time)
{
    private const int MostAttempts = 10;

    // Of older reports nobody asks what was different from the one before.
    private const int MostCompared = 24;

    /// <summary>Issues a report and returns it as it was issued; null when the viewer may not.</summary>
    /// <exception cref="StorageUnavailableException">The database is unavailable; nothing was issued.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    public Task<IssuedDocument?> IssueAsync(
        Viewer viewer, ReportScope scope, Period period, ReportModel report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return viewer.MayCall<ReportArchive>() && viewer.AuthorityOf(ViewerRights.SteerBenefits) is { } authority
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
                var figures = IssuedFigures.Of(report.Chapters.Select(c => c.Benefits));
                var issued = report with
                {
                    Number = number, Issued = new ReportIssued(now, by),
                    Since = await SinceAsync(db, authority, scope, figures, cancellationToken),
                };
                var document = ReportDocumentBuilder.Build(issued, DanishFormat.Danish);
                db.Add(new StoredReport
                {
                    Authority = authority, Number = number, ChainId = scope.ChainId, Department = scope.Department, Title = report.Title,
                    FirstMonth = period.First.Number, LastMonth = period.Last.Number,
                    IssuedAt = now, IssuedBy = by, Json = DocumentJson.Write(document),
                });
                db.AddRange(FilesOf(issued, figures).Select(f => new StoredReportFile
                {
                    Authority = authority, Number = number, Name = f.Name, Content = f.Content,
                }));
                await db.SaveChangesAsync(cancellationToken);
                await all.CommitAsync(cancellationToken);
                return new IssuedDocument(number, report.Title, period, now, document);
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
    [Demands(ViewerRights.Chains)]
    public async Task<IReadOnlyList<IssuedReport>> ListAsync(Viewer viewer, ReportScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(db, viewer).Where(r => r.ChainId == scope.ChainId && r.Department == scope.Department)
            .OrderByDescending(r => r.Number)
            .Select(r => new { r.Authority, r.Number, r.Title, r.FirstMonth, r.LastMonth, r.IssuedAt, r.IssuedBy })
            .ToListAsync(cancellationToken);
        var (numbers, authorities) = (rows.Select(r => r.Number).ToArray(), rows.Select(r => r.Authority).Distinct().ToArray());
        var names = (await db.Set<StoredReportFile>().AsNoTracking()
            .Where(f => authorities.Contains(f.Authority) && numbers.Contains(f.Number)).Select(f => new { f.Authority, f.Number, f.Name })
            .ToListAsync(cancellationToken)).ToLookup(f => (f.Authority, f.Number), f => f.Name);
        var latest = numbers.Take(MostCompared + 1).ToArray();
        var kept = (await db.Set<StoredReportFile>().AsNoTracking()
            .Where(f => authorities.Contains(f.Authority) && latest.Contains(f.Number) && f.Name == ReportFiles.Figures)
            .ToListAsync(cancellationToken)).ToDictionary(f => (f.Authority, f.Number), f => IssuedFigures.Read(f.Content));
        return [.. rows.Select((r, n) => new IssuedReport(
            r.Number, r.Title, new Period(new(r.FirstMonth), new(r.LastMonth)), r.IssuedAt, r.IssuedBy)
        {
            Files = [.. names[(r.Authority, r.Number)]],
            Since = rows.Skip(n + 1).FirstOrDefault(b => b.Authority == r.Authority) is { } before
                && kept.GetValueOrDefault((r.Authority, r.Number)) is { } now
                && kept.GetValueOrDefault((before.Authority, before.Number)) is { } then
                ? new ReportSince(before.Number, before.IssuedAt, now.Since(then))
                : null,
        })];
    }

    /// <summary>
    /// The number that the next report of the viewer's authority gets, unless somebody issues one before; 0 when the viewer may issue none.
    /// </summary>
    [Demands(ViewerRights.SteerBenefits)]
    public async Task<int> NextNumberAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<ReportArchive>() || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await NewestAsync(db, authority, cancellationToken) + 1;
    }

    /// <summary>A file that was made when a report was issued; null when there is none that the viewer may see.</summary>
    /// <param name="name">One of <see cref="ReportFiles"/>.</param>
    [Demands(ViewerRights.Chains)]
    public async Task<(IssuedReport Report, byte[] Content)?> FindFileAsync(
        Viewer viewer, ReportScope scope, int number, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Visible(db, viewer)
            .Where(r => r.ChainId == scope.ChainId && r.Department == scope.Department && r.Number == number)
            .FirstOrDefaultAsync(cancellationToken);
        if (row is null) return null;
        var file = await db.Set<StoredReportFile>().AsNoTracking()
            .FirstOrDefaultAsync(f => f.Authority == row.Authority && f.Number == number && f.Name == name, cancellationToken);
        return file is null
            ? null
            : (new IssuedReport(row.Number, row.Title, new Period(new(row.FirstMonth), new(row.LastMonth)), row.IssuedAt, row.IssuedBy),
                file.Content);
    }

    /// <summary>An issued report; null when there is none that the viewer may see.</summary>
    /// <param name="language">Reports from before they were kept in English are Danish in every language.</param>
    [Demands(ViewerRights.Chains)]
    public async Task<IssuedDocument?> FindAsync(
        Viewer viewer, ReportScope scope, int number, CultureInfo language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Visible(db, viewer)
            .Where(r => r.ChainId == scope.ChainId && r.Department == scope.Department && r.Number == number)
            .FirstOrDefaultAsync(cancellationToken);
        if (row is null) return null;
        var english = ReportLanguage.IsEnglishCulture(language)
            ? await db.Set<StoredReportFile>().AsNoTracking().FirstOrDefaultAsync(
                f => f.Authority == row.Authority && f.Number == number && f.Name == ReportFiles.English, cancellationToken)
            : null;
        var json = english is null ? row.Json : Encoding.UTF8.GetString(english.Content);
        return (StoredDocument.Read(json) ?? StoredDocument.Read(row.Json)) is { } document
            ? new IssuedDocument(
                number, row.Title, new Period(new(row.FirstMonth), new(row.LastMonth)), row.IssuedAt, document)
            : null;
    }

    // The figures of the report of the same scope before this one, compared with it.
    private static async Task<ReportSince?> SinceAsync(
        PortalDbContext db, string authority, ReportScope scope, IssuedFigures now, CancellationToken cancellationToken)
    {
        var (chain, department) = (scope.ChainId, scope.Department);
        var before = await db.Set<StoredReport>().AsNoTracking()
            .Where(r => r.Authority == authority && r.ChainId == chain && r.Department == department).OrderByDescending(r => r.Number)
            .Select(r => new { r.Number, r.IssuedAt }).FirstOrDefaultAsync(cancellationToken);
        if (before is null) return null;
        var kept = await db.Set<StoredReportFile>().AsNoTracking().FirstOrDefaultAsync(
            f => f.Authority == authority && f.Number == before.Number && f.Name == ReportFiles.Figures, cancellationToken);
        return kept is not null && IssuedFigures.Read(kept.Content) is { } then
            ? new ReportSince(before.Number, before.IssuedAt, now.Since(then))
            : null;
    }

    private static IEnumerable<(string Name, byte[] Content)> FilesOf(ReportModel issued, IssuedFigures figures)
    {
        yield return (ReportFiles.Figures, figures.Write());
        yield return (ReportFiles.English, Encoding.UTF8.GetBytes(
            DocumentJson.Write(ReportDocumentBuilder.Build(issued, LanguageFormat.English))));
        yield return (ReportFiles.Workbook, ReportFiles.WorkbookOf(issued));
        if (!issued.IsOverview) yield return (ReportFiles.Measurements, MeasurementCsv.Write(issued.Chapters[0].Benefits));
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
        var authorities = viewer.AuthoritiesOf(ViewerRights.Chains);
        return db.Set<StoredReport>().AsNoTracking().Where(r => authorities.Contains(r.Authority));
    }
}
