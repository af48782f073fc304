using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>Reads delays and late periods.</summary>
internal sealed class ReceiptDelays(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, LogSignal signal, PortalSettings settings, TimeProvider time)
    : IReceiptDelays
{
    // All open Drift pages of an authority share a read: a day may have hundreds of thousands of arrivals.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, ValueList<HourlyDelay> Hours)> _hours = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public async Task<ValueList<LateReceipts>> LateAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IReceiptDelays>()) return [];
        var operated = viewer.WholeAuthoritiesOf(ViewerRights.Operate);
        string[] authorities = [.. viewer.AuthoritiesOf(ViewerRights.Cases).Union(operated)];
        if (authorities.Length == 0) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var periods = await ReceiptHolds.Lasting(db, now).Where(p => EF.Parameter(authorities).Contains(p.Authority))
            .OrderBy(p => p.From).ToListAsync(cancellationToken);
        if (periods.Count == 0) return [];
        var holds = await ReceiptHolds.ReadAsync(db, authorities, now, cancellationToken);
        var late = new List<LateReceipts>();
        foreach (var period in periods)
        {
            late.Add(new LateReceipts(period.Authority, period.From, FiguresOf(period), settings.DigitalDeadlineHours,
                await WaitingAsync(db, holds,
                    operated.Contains(period.Authority) ? db.Letters.AsNoTracking() : LetterFilter.Letters(db, viewer),
                    period.Authority, now, cancellationToken)));
        }

        return [.. late];
    }

    /// <inheritdoc />
    public async Task<ValueList<AuthorityDelays>> HoursAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IReceiptDelays>()) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var delays = new List<AuthorityDelays>();
        foreach (var authority in viewer.AuthoritiesOf(ViewerRights.Operate).Order(StringComparer.Ordinal))
            delays.Add(new AuthorityDelays(authority, await HoursAsync(db, authority, cancellationToken)));
        return [.. delays];
    }

    private async Task<ValueList<HourlyDelay>> HoursAsync(IngestionDbContext db, string authority, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_hours.TryGetValue(authority, out var last) && now >= last.At && now - last.At < Fresh) return last.Hours;
        var arrivals = await Arrivals(db, authority, HourlyDelay.FirstAt(now), now)
            .Select(l => new { At = l.VerdictAt!.Value, Delay = l.ArrivalDelay!.Value }).ToListAsync(cancellationToken);
        ValueList<HourlyDelay> hours = [.. HourlyDelay.Of(arrivals.Select(a => new Arrival(a.At, new TimeSpan(a.Delay))), now)];
        _hours[authority] = (now, hours);
        return hours;
    }

    /// <inheritdoc />
    public async Task<ValueList<LatePeriod>> OfferedAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IReceiptDelays>()) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var periods = await Offered(db.LatePeriods.AsNoTracking(), viewer).OrderByDescending(p => p.From).ToListAsync(cancellationToken);
        return [.. periods.Select(p => new LatePeriod(p.Id, p.From, p.EndedAt!.Value, new TimeSpan(p.WorstMedian)))];
    }

    /// <inheritdoc />
    public async Task<bool> DismissAsync(Viewer viewer, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IReceiptDelays>()) return false;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, by) = (time.GetUtcNow(), WorklistService.NameOf(viewer));
        var offered = Offered(db.LatePeriods, viewer.WhereMayCall<IReceiptDelays>());
        var dismissed = await offered.Where(p => p.Id == id).ExecuteUpdateAsync(
            p => p.SetProperty(x => x.HandledAt, now).SetProperty(x => x.HandledBy, by), cancellationToken);
        signal.Raise();
        return dismissed > 0;
    }

    /// <summary>The arrivals of an authority between two moments, both included, as one part of an index.</summary>
    internal static IQueryable<StoredLetter> Arrivals(IngestionDbContext db, string authority, DateTimeOffset from, DateTimeOffset to) =>
        db.Letters.AsNoTracking().Where(
            l => l.ArrivalDelay != null && l.Authority == authority && l.VerdictAt >= from && l.VerdictAt <= to);

    /// <summary>
    /// Marks a period as noted, to be saved by the caller, and returns its authority; null when it is not offered to the viewer.
    /// </summary>
    internal static async Task<string?> NoteAsync(
        IngestionDbContext db, Viewer viewer, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await Offered(db.LatePeriods, viewer).SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } period) return null;
        (period.HandledAt, period.HandledBy, period.Noted) = (now, WorklistService.NameOf(viewer), true);
        return period.Authority;
    }

    private static IQueryable<StoredLatePeriod> Offered(IQueryable<StoredLatePeriod> periods, Viewer viewer)
    {
        var authorities = viewer.AuthoritiesOf(ViewerRights.Cases);
        return periods.Where(p => EF.Parameter(authorities).Contains(p.Authority) && p.EndedAt != null && p.HandledAt == null);
    }

    private static Task<long> WaitingAsync(
        IngestionDbContext db, ReceiptHolds holds, IQueryable<StoredLetter> letters, string authority, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        holds.Waiting(letters.Where(l => l.StatusesErasedAt == null).Where(EvidenceDeadline.IsMissingAt(now)), authority)
            .LongCountAsync(l => !db.WorkItems.Any(w => w.Rank == WorkRow.Letter && w.Key == l.Key && w.SolvedAt != null),
                cancellationToken);

    private static DelayFigures FiguresOf(StoredLatePeriod period) =>
        new(period.Letters, new TimeSpan(period.Median), new TimeSpan(period.NearlyAll));
}
