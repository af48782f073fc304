using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification.Checkpoints;

namespace Portal.Ingestion.Verification;

/// <summary>A running verification.</summary>
/// <param name="Walked">Messages verified so far.</param>
/// <param name="Size">Messages to verify.</param>
public sealed record RunningVerification(DateTimeOffset StartedAt, long Walked, long Size);

/// <summary>Full verifications, one at a time.</summary>
public interface ILedgerVerificationService
{
    /// <summary>The verification running in this process; null when there is none.</summary>
    RunningVerification? Running { get; }

    /// <summary>The result of the last full verification by any process; null when there was none.</summary>
    Task<StoredVerification?> LastAsync(CancellationToken cancellationToken);

    /// <summary>Verifies now. Callers that wait at the same time share one run that started after their calls.</summary>
    Task<StoredVerification> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Starts a verification in the background, unless one is running.</summary>
    void Start();
}

/// <summary>Runs full verifications one at a time, and stores the last result for all nodes.</summary>
public sealed class LedgerVerificationService(
    IDbContextFactory<IngestionDbContext> contexts, LedgerVerifier verifier, LedgerKey key, PortalSettings settings, WriteGate gate,
    TimeProvider time, ILogger<LedgerVerificationService> log) : ILedgerVerificationService, IDisposable
{
    /// <summary>
    /// Up to this number of messages, an HTTP caller waits for the result; above it, the verification runs in the background.
    /// </summary>
    public const long AtOnce = 100_000;

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly CancellationTokenSource _gone = new();
    private volatile RunningVerification? _running;
    private int _disposed;
    private StoredVerification? _own;
    private DateTimeOffset _ownStartedAt = DateTimeOffset.MinValue;
    private long _stamp;

    /// <inheritdoc />
    public RunningVerification? Running => _running;

    /// <inheritdoc />
    public async Task<StoredVerification?> LastAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<StoredVerification>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <inheritdoc />
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

    /// <inheritdoc />
    public void Start()
    {
        if (_running is not null) return;
        _running = new RunningVerification(time.GetUtcNow(), 0, 0);
        _ = Task.Run(RunAloneAsync);
    }

    /// <summary>Cancels a running verification. May be called twice: the container disposes it once per registered type.</summary>
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
            // The program is shutting down; a later verification starts from the beginning.
        }
        catch (Exception error)
        {
            // Nothing awaits this task, so the failure is logged. A new call starts another run.
            log.LogWarning("The ledger could not be verified: {Kind}\n{Place}", error.GetType().Name, error.StackTrace);
        }
    }

    private async Task<StoredVerification> RunAsync(CancellationToken cancellationToken)
    {
        (_stamp, _ownStartedAt) = (time.GetTimestamp(), time.GetUtcNow());
        var size = await SizeAsync(cancellationToken);
        _running = new RunningVerification(_ownStartedAt, 0, size);
        var progress = new WalkProgress(walked => _running = new RunningVerification(_ownStartedAt, walked, size));

        // Half of the cores: receiving needs the others.
        var (copies, _) = CheckpointCopies.Read(settings.LedgerCheckpointPath, key.Verifier);
        var verdict =
            await verifier.VerifyAsync(key.Verifier, copies, progress, Math.Max(1, Environment.ProcessorCount / 2), cancellationToken)
            ?? throw new InvalidOperationException("The ledger is prepared before it is verified.");
        var found = new StoredVerification
        {
            VerifiedAt = time.GetUtcNow(), Milliseconds = (long)time.GetElapsedTime(_stamp).TotalMilliseconds, Size = verdict.Size,
            Root = verdict.Root, Checkpoints = verdict.Checkpoints, Erased = verdict.Erased, Earlier = verdict.Earlier,
            FirstBroken = verdict.First?.Sequence, Problem = verdict.First?.Problem.ToString(), Why = verdict.First?.Why,
            BrokenLog = verdict.First?.Log, Actions = verdict.Journals.Sum(j => j.Size),
            ActionsErased = verdict.Journals.Sum(j => j.Erased),
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
            // Another node has just stored its own result, which is as recent.
        }
    }

    private sealed class WalkProgress(Action<long> progress) : IProgress<long>
    {
        public void Report(long value) => progress(value);
    }
}
