using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification.Checkpoints;

namespace Portal.Ingestion.Verification;

/// <summary>A verification that is under way.</summary>
/// <param name="Walked">Messages walked so far.</param>
/// <param name="Size">Messages to walk.</param>
public sealed record RunningVerification(DateTimeOffset StartedAt, long Walked, long Size);

/// <summary>Full verifications, one at a time.</summary>
public interface ILedgerVerificationService
{
    /// <summary>The one under way in this process; null when there is none.</summary>
    RunningVerification? Running { get; }

    /// <summary>What the last full verification found; null when there was none.</summary>
    Task<StoredVerification?> LastAsync(CancellationToken cancellationToken);

    /// <summary>Verifies now. Callers that wait together share a run that began after all of them asked.</summary>
    Task<StoredVerification> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Starts a verification that continues by itself, unless one is under way.</summary>
    void Start();
}

/// <summary>Runs full verifications one at a time, and keeps what the last one found for all nodes.</summary>
public sealed class LedgerVerificationService(
    IDbContextFactory<IngestionDbContext> contexts, LedgerVerifier verifier, LedgerKey key, PortalSettings settings, WriteGate gate,
    TimeProvider time, ILogger<LedgerVerificationService> log) : ILedgerVerificationService, IDisposable
{
    /// <summary>Up to so many messages are verified while the caller waits.</summary>
    public const long AtOnce = 100_000;

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly CancellationTokenSource _gone = new();
    private volatile RunningVerification? _running;
    private int _disposed;
    private StoredVerification? _own;
    private DateTimeOffset _ownStartedAt = DateTimeOffset.MinValue;
    private long _stamp;

    /// <summary>The one under way in this process; null when there is none.</summary>
    public RunningVerification? Running => _running;

    /// <summary>What the last full verification found; null when there was none.</summary>
    public async Task<StoredVerification?> LastAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<StoredVerification>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Verifies now. Callers that wait together share a run that began after all of them asked.</summary>
    public async Task<StoredVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (_own is { } own && _stamp > asked) return own;
            return _own = await RunAsync(cancellationToken);
        }
        finally
        {
            _running = null;
            _lock.Release();
        }
    }

    /// <summary>Starts a verification that continues by itself, unless one is under way.</summary>
    public void Start()
    {
        if (_running is not null) return;
        _running = new RunningVerification(time.GetUtcNow(), 0, 0);
        _ = Task.Run(RunAloneAsync);
    }

    /// <summary>Ends a run under way. The container calls it once for each name that the class is registered under.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _gone.Cancel();
        _gone.Dispose();
        _lock.Dispose();
    }

    private async Task RunAloneAsync()
    {
        try
        {
            var found = await VerifyAsync(_gone.Token);
            if (found.FirstBroken is { } broken)
                log.LogError("The ledger is broken at sequence number {Sequence}: {Problem}", broken, found.Problem);
        }
        catch (OperationCanceledException)
        {
            // The program ends; the next start verifies again.
        }
        catch (Exception error)
        {
            // Nobody waits for it: it is reported in the log. Whoever asks again starts another.
            log.LogWarning("The ledger could not be verified: {Kind}\n{Place}", error.GetType().Name, error.StackTrace);
        }
    }

    private async Task<StoredVerification> RunAsync(CancellationToken cancellationToken)
    {
        (_stamp, _ownStartedAt) = (time.GetTimestamp(), time.GetUtcNow());
        var size = await SizeAsync(cancellationToken);
        _running = new RunningVerification(_ownStartedAt, 0, size);
        var progress = new WalkProgress(walked => _running = new RunningVerification(_ownStartedAt, walked, size));

        // Half of the cores: messages keep coming in.
        var (copies, _) = CheckpointCopies.Read(settings.LedgerCheckpointPath, key.Verifier);
        var verdict =
            await verifier.VerifyAsync(key.Verifier, copies, progress, Math.Max(1, Environment.ProcessorCount / 2), cancellationToken)
            ?? throw new InvalidOperationException("The ledger is prepared before it is verified.");
        var found = new StoredVerification
        {
            VerifiedAt = time.GetUtcNow(), Milliseconds = (long)time.GetElapsedTime(_stamp).TotalMilliseconds, Size = verdict.Size,
            Root = verdict.Root, Checkpoints = verdict.Checkpoints, Erased = verdict.Erased, Earlier = verdict.Earlier,
            FirstBroken = verdict.First?.Sequence, Problem = verdict.First?.Problem.ToString(), Why = verdict.First?.Why,
        };
        await StoreAsync(found, cancellationToken);
        return found;
    }

    private async Task<long> SizeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<StoredLedgerHead>().Select(h => h.Size).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task StoreAsync(StoredVerification found, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<StoredVerification>().ExecuteDeleteAsync(cancellationToken);
        db.Add(found);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (!StorageErrors.IsOutage(problem))
        {
            // Another node has just reported its own, which is as new.
        }
    }

    private sealed class WalkProgress(Action<long> progress) : IProgress<long>
    {
        public void Report(long value) => progress(value);
    }
}
