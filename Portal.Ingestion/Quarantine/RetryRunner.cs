using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// Works on the retries that were started on any node, one at a time. A runner claims a retry and renews the claim after each row; if it
/// stops renewing, because its process is gone, another runner continues.
/// </summary>
internal sealed class RetryRunner(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, MessageStore store, RetrySignal retrySignal, LogSignal signal,
    DiskSpaceGuard guard, NodeIdentity node, TimeProvider time, ILogger<RetryRunner> log)
    : SupervisedService(time, log)
{
    /// <summary>A claim that has not been renewed for this long may be taken by another runner.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private const int ReportEvery = 10;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);
    private Task _next = Task.CompletedTask;
    private bool _more;

    /// <summary>Works on one retry until it is finished; false when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database is out; the retry waits unchanged.</exception>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } id) return false;
        var queue = new RetryQueue(gate, id);
        for (var done = 1; await TryNextAsync(id, queue, cancellationToken); done++)
        {
            if (done % ReportEvery == 0) signal.Raise();
        }

        signal.Raise();
        return true;
    }

    /// <inheritdoc />
    public override string Name => "quarantine-retries";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _next = retrySignal.Next;
        _more = await RunNextAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) =>
        _more ? Task.CompletedTask : LogSignal.WaitAsync(_next, Poll, Time, cancellationToken);

    private async Task<string?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, me) = (Time.GetUtcNow(), node.Id);
        var stale = now - Lease;
        var open = db.Set<StoredRetry>().Where(r => r.FinishedAt == null && (r.Runner == null || r.Runner == me || r.RunnerAt < stale));
        if (await open.OrderBy(r => r.StartedAt).Select(r => r.Id).FirstOrDefaultAsync(cancellationToken) is not { } id) return null;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        return await open.Where(r => r.Id == id)
            .ExecuteUpdateAsync(r => r.SetProperty(s => s.Runner, me).SetProperty(s => s.RunnerAt, now), cancellationToken) == 1
            ? id
            : null;
    }

    // Tries the next row; false when the retry is finished or another runner has claimed it.
    private async Task<bool> TryNextAsync(string id, RetryQueue queue, CancellationToken cancellationToken)
    {
        if (guard.Refusal is { } refusal) throw new StorageUnavailableException(refusal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var retry = await db.Set<StoredRetry>().AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
        if (retry.Runner != node.Id) return false;
        var item = retry.StoppedByName is not null ? null : await queue.NextAsync(db, cancellationToken);
        var (outcome, detail, beskedId, isSame) = item is null ? default : await RetryAsync(item, cancellationToken);

        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = Time.GetUtcNow();
        if (item is not null)
        {
            await db.Set<StoredRetryItem>().Where(i => i.RetryId == id && i.Position == item.Position).ExecuteUpdateAsync(
                i => i.SetProperty(s => s.Outcome, outcome).SetProperty(s => s.Detail, detail).SetProperty(s => s.BeskedId, beskedId)
                    .SetProperty(s => s.At, now).SetProperty(s => s.SameCause, isSame), cancellationToken);
        }

        DateTimeOffset? finishedAt = item is null ? now : null;
        await db.Set<StoredRetry>().Where(r => r.Id == id).ExecuteUpdateAsync(
            r => r.SetProperty(s => s.RunnerAt, now).SetProperty(s => s.FinishedAt, finishedAt), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return item is not null;
    }

    // A row that fails with an unexpected exception stays in quarantine, with its cause, and does not block other causes.
    private async Task<Tried> RetryAsync(StoredRetryItem item, CancellationToken cancellationToken)
    {
        try
        {
            return Describe(await store.TryAgainAsync(item.QuarantineId, cancellationToken), item.Cause);
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
        {
            Log.LogError("A row of the quarantine could not be tried again: {Kind}\n{Place}", problem.GetType().Name, problem.StackTrace);
            return new Tried(RetryOutcomes.Quarantined, $"Uventet fejl ({problem.GetType().Name}).", null, true);
        }
    }

    private static Tried Describe(DeliveryOutcome? outcome, string cause) => outcome switch
    {
        DeliveryOutcome.Accepted accepted =>
            new(RetryOutcomes.Accepted, null, ShownBeskedId.Of(accepted.BeskedId, accepted.Sequence), false),
        DeliveryOutcome.Repeated repeated =>
            new(RetryOutcomes.Repeated, null, ShownBeskedId.Of(repeated.BeskedId, repeated.Sequence), false),
        DeliveryOutcome.Quarantined kept =>
            new(RetryOutcomes.Quarantined, kept.Detail, null, QuarantineCause.KeyOf(kept.Reason, kept.Detail) == cause),
        _ => new(RetryOutcomes.Gone, null, null, false),
    };

    private readonly record struct Tried(string Outcome, string? Detail, string? BeskedId, bool IsSame);
}

/// <summary>The stored names of the outcomes of a retried row.</summary>
public static class RetryOutcomes
{
    /// <summary>Stored as a new message.</summary>
    public const string Accepted = "accepted";

    /// <summary>Counted as a repeat of a known message.</summary>
    public const string Repeated = "repeated";

    /// <summary>Still in quarantine.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>No longer in quarantine when its turn came.</summary>
    public const string Gone = "gone";
}

/// <summary>Wakes the runner of this process when a retry is started or stopped here; runners of other processes poll.</summary>
internal sealed class RetrySignal
{
    private readonly LogSignal _signal = new();

    /// <summary>Completes at the next <see cref="Raise"/> after this property was read.</summary>
    public Task Next => _signal.Next;

    public void Raise() => _signal.Raise();
}
