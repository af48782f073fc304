using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>The authorities whose receipts are late everywhere at a moment, and which of their letters wait because of it.</summary>
internal sealed class ReceiptHolds
{
    private static readonly string Physical = LetterChannel.FysiskPost.ToString();

    // By authority: letters whose attempt began at this moment or later wait.
    private readonly Dictionary<string, DateTimeOffset> _from;

    private ReceiptHolds(Dictionary<string, DateTimeOffset> from) => _from = from;

    /// <summary>The holds of all authorities at a moment.</summary>
    public static Task<ReceiptHolds> ReadAsync(IngestionDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        OfAsync(Lasting(db, now), now, cancellationToken);

    /// <summary>The holds of these authorities at a moment.</summary>
    public static Task<ReceiptHolds> ReadAsync(
        IngestionDbContext db, IEnumerable<string> authorities, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] wanted = [.. authorities];
        return OfAsync(Lasting(db, now).Where(p => EF.Parameter(wanted).Contains(p.Authority)), now, cancellationToken);
    }

    /// <summary>The periods that last at a moment: those that were measured within the hour before it.</summary>
    public static IQueryable<StoredLatePeriod> Lasting(IngestionDbContext db, DateTimeOffset now)
    {
        var measured = now - LateRule.Window;
        return db.LatePeriods.AsNoTracking().Where(p => p.EndedAt == null && p.SeenAt >= measured);
    }

    /// <summary>Those of the letters without evidence that do not wait.</summary>
    public IQueryable<StoredLetter> WithoutWaiting(IQueryable<StoredLetter> missing)
    {
        foreach (var (authority, from) in _from)
        {
            missing = missing.Where(
                l => l.Authority != authority || l.Physical || l.Channel == Physical || (l.VerdictAt ?? l.SentAt) < from);
        }

        return missing;
    }

    /// <summary>Those of an authority's letters without evidence that wait.</summary>
    public IQueryable<StoredLetter> Waiting(IQueryable<StoredLetter> missing, string authority)
    {
        if (!_from.TryGetValue(authority, out var from)) return missing.Where(l => false);
        return missing.Where(
            l => l.Authority == authority && !l.Physical && l.Channel != Physical && (l.VerdictAt ?? l.SentAt) >= from);
    }

    /// <summary>True when a letter without evidence waits, as the queries have it.</summary>
    /// <param name="start">When its attempt began.</param>
    public bool Waits(string authority, bool isPhysical, DateTimeOffset start) =>
        !isPhysical && _from.TryGetValue(authority, out var from) && start >= from;

    private static async Task<ReceiptHolds> OfAsync(
        IQueryable<StoredLatePeriod> lasting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var periods = await lasting.Select(p => new { p.Authority, p.NearlyAll }).ToListAsync(cancellationToken);
        return new ReceiptHolds(periods.ToDictionary(
            p => p.Authority, p => LateRule.WaitsFrom(now, new TimeSpan(p.NearlyAll)), StringComparer.Ordinal));
    }
}
