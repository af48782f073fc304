using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>
/// Measures each authority's delays of the last hour and stores when receipts begin and cease to be late everywhere. Several processes may
/// do it: they store the same.
/// </summary>
internal sealed class DelayMeasuringService(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, WriteGate gate, LogSignal signal, PortalSettings settings,
    TimeProvider time, ILogger<DelayMeasuringService> log)
    : SupervisedService(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private sealed record Measured(string Authority, DelayFigures Figures, bool IsLate, StoredLatePeriod? Last);

    /// <inheritdoc />
    public override string Name => "receipt-delays";

    /// <summary>Measures once, and stores what changed.</summary>
    internal async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var changed = new List<Measured>();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var kinds = await kindCache.ReadAsync(db, cancellationToken);
            foreach (var authority in kinds.PostAuthorities())
            {
                var measured = await MeasureAsync(db, authority, now, cancellationToken);
                if (measured.IsLate || measured.Last is { EndedAt: null }) changed.Add(measured);
            }
        }

        if (changed.Count > 0) await StoreAsync(changed, now, cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => MeasureAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);

    private async Task<Measured> MeasureAsync(
        IngestionDbContext db, string authority, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var arrivals = ReceiptDelays.Arrivals(db, authority, now - LateRule.Window, now);
        var half = LateRule.HalfOf(settings.DigitalDeadlineHours).Ticks;
        var late = await arrivals.CountAsync(l => l.ArrivalDelay > half, cancellationToken);
        var last = await LastAsync(db, authority, cancellationToken);

        // The median can only be above half the deadline when half of the letters are: usually none is, and no delay is read.
        var figures = late > 0 && 2 * late >= await arrivals.CountAsync(cancellationToken)
            ? DelayFigures.Of((await arrivals.Select(l => l.ArrivalDelay!.Value).ToListAsync(cancellationToken))
                .Select(ticks => new TimeSpan(ticks)))
            : DelayFigures.None;
        return new Measured(authority, figures, LateRule.IsLate(figures, settings.DigitalDeadlineHours), last);
    }

    private async Task StoreAsync(List<Measured> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var news = false;
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
            foreach (var measured in changed)
            {
                // Read again under the lock: another process may have stored the same meanwhile.
                var last = await LastAsync(db.LatePeriods.AsTracking(), measured.Authority, cancellationToken);
                if (EndUnseen(last, now))
                {
                    news = true;
                    await db.SaveChangesAsync(cancellationToken);
                }

                news |= Apply(db, measured, last, now);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (news) signal.Raise();
    }

    // Saved by itself: the table takes no second one that lasts.
    private static bool EndUnseen(StoredLatePeriod? last, DateTimeOffset now)
    {
        if (last is not { EndedAt: null } || LateRule.Holds(last.SeenAt, now)) return false;
        last.EndedAt = last.SeenAt;
        return true;
    }

    /// <summary>True when a period began or ended.</summary>
    private static bool Apply(IngestionDbContext db, Measured measured, StoredLatePeriod? last, DateTimeOffset now)
    {
        var lasting = last is { EndedAt: null } ? last : null;
        if (!measured.IsLate)
        {
            if (lasting is null) return false;
            lasting.EndedAt = LateRule.EndOf(lasting.SeenAt, now);
            return true;
        }

        var period = lasting
            ?? (last is { EndedAt: { } ended, HandledAt: null } && LateRule.Continues(ended, now) ? last : null)
            ?? db.LatePeriods.Add(new StoredLatePeriod { Authority = measured.Authority, From = now }).Entity;
        var figures = measured.Figures;
        (period.EndedAt, period.SeenAt, period.Letters) = (null, now, figures.Letters);
        (period.Median, period.NearlyAll) = (figures.Median.Ticks, figures.NearlyAll.Ticks);
        period.WorstMedian = Math.Max(period.WorstMedian, figures.Median.Ticks);
        return lasting is null;
    }

    private static Task<StoredLatePeriod?> LastAsync(IngestionDbContext db, string authority, CancellationToken cancellationToken) =>
        LastAsync(db.LatePeriods.AsNoTracking(), authority, cancellationToken);

    // The one that lasts, else the one that ended last.
    private static Task<StoredLatePeriod?> LastAsync(
        IQueryable<StoredLatePeriod> periods, string authority, CancellationToken cancellationToken) =>
        periods.Where(p => p.Authority == authority).OrderByDescending(p => p.EndedAt == null).ThenByDescending(p => p.EndedAt)
            .FirstOrDefaultAsync(cancellationToken);
}
