using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters;

/// <summary>
/// The log reader that indexes each message's identifiers, matches each post status with its letter and updates the verdicts of the
/// letters.
/// </summary>
public sealed class LetterMatcher(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, WriteGate gate, LogSignal signal, PortalSettings settings,
    TimeProvider time, ILogger<LetterMatcher> log)
    : SupervisedService(time, log)
{
    /// <summary>The name of this reader's position.</summary>
    public const string Reader = "letters";

    private const int BatchSize = 2000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private const int KeyTries = 3;
    private bool _keysRenewed;
    private int _keyFailures;
    private Task _next = Task.CompletedTask;
    private bool _hasTriedSkipped;
    private (int Count, Exception Last) _skipped = (0, null!);

    /// <inheritdoc />
    public override string Name => "matching";

    /// <summary>Reads the log to its end and returns the number of statuses processed.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var placed = 0;
        while (!_keysRenewed) _keysRenewed = !await RenewKeysAsync(cancellationToken);
        while (true)
        {
            var (count, more) = await NextAsync(cancellationToken);
            placed += count;

            // Raised only when statuses were processed: pages reload verdicts, and this reader finds nothing more and rests.
            if (count > 0) signal.Raise();
            if (!more) return placed;
        }
    }

    /// <summary>
    /// Tries skipped messages once more, since the fault may have been in an earlier version of the program; returns how many succeeded.
    /// </summary>
    public async Task<int> TrySkippedAsync(CancellationToken cancellationToken)
    {
        var placed = 0;
        foreach (var sequence in await SkippedAsync(cancellationToken))
        {
            try
            {
                await PlaceSkippedAsync(sequence, cancellationToken);
                placed++;
            }
            catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
            {
                Log.LogError(
                    "The message with sequence number {Sequence} still cannot be matched: {Kind}", sequence, problem.GetType().Name);
            }
        }

        if (placed > 0) signal.Raise();
        return placed;
    }

    // Runs before any matching: letters of an earlier version must be found by key. After three failures it is given up until the next
    // start, so that matching does not wait.
    private async Task<bool> RenewKeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
            var more = await LetterKeys.RenewAsync(db, kindCache, settings, Time.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return more;
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken) && ++_keyFailures >= KeyTries)
        {
            Log.LogError("Letters of an earlier version could not be brought to their keys: {Kind} {Place}", problem.GetType().Name,
                problem.StackTrace);
            return false;
        }
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _next = signal.Next;
        if (!_hasTriedSkipped)
        {
            await TrySkippedAsync(cancellationToken);
            _hasTriedSkipped = true;
        }

        await CatchUpAsync(cancellationToken);
        if (_skipped.Count > 0) throw new PartlyFailedException(_skipped.Count, _skipped.Count, _skipped.Last);
    }

    /// <inheritdoc />
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        // Waits after matching, so that a single message is matched at once.
        await MatchThrottle.WaitAsync(LastAsync, Time, cancellationToken);
        await LogSignal.WaitAsync(_next, Poll, Time, cancellationToken);
    }

    // A batch that fails is processed one by one; a message that fails alone too is skipped and recorded, and the reader continues.
    private async Task<(int Count, bool More)> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await NextBatchAsync(BatchSize, cancellationToken);
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
        {
            Log.LogWarning(
                "A batch could not be matched and is taken one by one: {Kind}\n{Place}", problem.GetType().Name, problem.StackTrace);
        }

        var (placed, more) = (0, true);
        for (var n = 0; n < BatchSize && more; n++)
        {
            try
            {
                (var one, more) = await NextBatchAsync(1, cancellationToken);
                placed += one;
            }
            catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
            {
                await PassByAsync(problem, cancellationToken);
            }
        }

        return (placed, more);
    }

    private async Task<(int Count, bool More)> NextBatchAsync(int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await LastAsync(db, cancellationToken) <= await PositionAsync(db, cancellationToken)) return (0, false);

        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);

        // Read again under the lock: another process may have moved the position meanwhile.
        var position = await PositionAsync(db, cancellationToken);
        var last = await LastAsync(db, cancellationToken);
        var messages = await ReadAsync(
            db.Messages.Where(m => m.Sequence > position && m.Sequence <= last).OrderBy(m => m.Sequence).Take(most), cancellationToken);
        var more = messages.Count == most;
        var placed = await PlaceAsync(db, messages, cancellationToken);
        await MoveAsync(db, more ? messages[^1].Sequence : Math.Max(last, position), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (placed, more);
    }

    private async Task<int> PlaceAsync(IngestionDbContext db, List<StoredMessage> messages, CancellationToken cancellationToken)
    {
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var store = new MatchStore(db, kindCache, settings);
        await store.AddIdentifiersAsync(messages, cancellationToken);
        var statuses = messages.Where(m => kinds[m.Kind].IsPostStatus).SelectMany(m => LoggedStatus.Of(m, kinds[m.Kind])).ToList();
        if (statuses.Count == 0) return 0;
        var results = await store.DecideAsync(statuses, cancellationToken);
        long[] letters = [.. results.Where(r => r.LetterKey is not null).Select(r => r.LetterKey!.Value).Distinct()];
        await store.BringUpAsync(letters, Time.GetUtcNow(), cancellationToken);
        await store.AddAsync(statuses, results, Time.GetUtcNow(), cancellationToken);
        await store.RefoldAsync(letters, Time.GetUtcNow(), cancellationToken);
        return statuses.Count;
    }

    private async Task PassByAsync(Exception problem, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var position = await PositionAsync(db, cancellationToken);
        if (await db.Messages.Where(m => m.Sequence > position).MinAsync(m => (long?)m.Sequence, cancellationToken) is not { } sequence)
            return;
        await SkippedRows.AddAsync(db, Reader, sequence, Time.GetUtcNow(), problem, cancellationToken);
        await MoveAsync(db, sequence, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _skipped = (_skipped.Count + 1, problem);
        Log.LogError("The message with sequence number {Sequence} cannot be matched and is passed by: {Kind}\n{Place}", sequence,
            problem.GetType().Name, problem.StackTrace);
    }

    private async Task<long[]> SkippedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SkippedRows.OfAsync(db, Reader, cancellationToken);
    }

    private async Task PlaceSkippedAsync(long sequence, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        await PlaceAsync(db, await ReadAsync(db.Messages.Where(m => m.Sequence == sequence), cancellationToken), cancellationToken);
        await SkippedRows.RemoveAsync(db, Reader, sequence, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Only the columns that matching uses.
    private static Task<List<StoredMessage>> ReadAsync(IQueryable<StoredMessage> messages, CancellationToken cancellationToken) =>
        messages.AsNoTracking()
            .Select(m => new StoredMessage { Sequence = m.Sequence, Kind = m.Kind, ReceivedAt = m.ReceivedAt, Identifiers = m.Identifiers,
                Statuses = m.Statuses, BeskedId = "", Sha256 = Array.Empty<byte>() })
            .ToListAsync(cancellationToken);

    private static async Task<long> PositionAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.ReaderPositions.Where(p => p.Reader == Reader).Select(p => p.Sequence).FirstOrDefaultAsync(cancellationToken);

    private async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LastAsync(db, cancellationToken);
    }

    private static async Task<long> LastAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;

    private static async Task MoveAsync(IngestionDbContext db, long sequence, CancellationToken cancellationToken)
    {
        if (await db.ReaderPositions.Where(p => p.Reader == Reader)
            .ExecuteUpdateAsync(p => p.SetProperty(r => r.Sequence, sequence), cancellationToken) > 0)
        {
            return;
        }
        db.ReaderPositions.Add(new ReaderPosition { Reader = Reader, Sequence = sequence });
        await db.SaveChangesAsync(cancellationToken);
    }
}
