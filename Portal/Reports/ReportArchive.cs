using Microsoft.EntityFrameworkCore;
using Portal.Benefits.Figures;
using Portal.Benefits.Keeping;
using Portal.Ingestion.Access;
using Portal.Ingestion.Storage;
using Portal.Storage;

namespace Portal.Reports;

/// <summary>An issued report in a list.</summary>
public sealed record IssuedReport(int Number, string Title, DateTimeOffset IssuedAt, string IssuedBy);

/// <summary>Reports that were issued: each stays as it was, with its number.</summary>
public sealed class ReportArchive(IDbContextFactory<PortalDbContext> contexts, WriteGate gate, TimeProvider time)
{
    /// <summary>Issues a report; gives it with its number. Null when the viewer may not.</summary>
    public async Task<ReportModel?> IssueAsync(Viewer viewer, ReportModel report, Period period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (!viewer.May(ViewerRights.EditChains) || viewer.OwnAuthority is not { } authority) return null;
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var number = (await db.Set<StoredReport>().Where(r => r.Authority == authority).MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0) + 1;
        var issued = report with { Number = number };
        db.Add(new StoredReport
        {
            Authority = authority, Number = number, ChainId = report.ChainId, Department = "", Title = report.Title, FirstMonth = period.First.Number, LastMonth = period.Last.Number,
            IssuedAt = time.GetUtcNow(), IssuedBy = viewer.Name, Json = BenefitJson.Write(issued),
        });
        await db.SaveChangesAsync(cancellationToken);
        return issued;
    }

    /// <summary>Issued reports of a chain, newest first.</summary>
    public async Task<IReadOnlyList<IssuedReport>> ListAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(db, viewer).Where(r => r.ChainId == chainId).OrderByDescending(r => r.Number).Select(r => new IssuedReport(r.Number, r.Title, r.IssuedAt, r.IssuedBy)).ToListAsync(cancellationToken);
    }

    /// <summary>An issued report as it was; null when there is none for the viewer.</summary>
    public async Task<ReportModel?> FindAsync(Viewer viewer, string chainId, int number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(db, viewer).Where(r => r.ChainId == chainId && r.Number == number).Select(r => r.Json).SingleOrDefaultAsync(cancellationToken) is { } json ? BenefitJson.Read<ReportModel>(json) : null;
    }

    private static IQueryable<StoredReport> Visible(PortalDbContext db, Viewer viewer)
    {
        var authorities = viewer.May(ViewerRights.Chains) ? viewer.Authorities.ToArray() : [];
        return db.Set<StoredReport>().AsNoTracking().Where(r => authorities.Contains(r.Authority));
    }
}
