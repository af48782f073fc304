using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Rules;

/// <summary>
/// Applies new rules to what is stored, once, in small transactions between other writers: reads stored statuses again and matches them,
/// then folds every letter again. The positions are stored with the work, so a start that is killed goes on where it was. Then it waits
/// for the next rules, which an edit of the meanings of statuses makes, perhaps in another process.
/// </summary>
public sealed class RuleRefoldService(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, ContentReader contents, WriteGate gate, LogSignal signal,
    PortalSettings settings, TimeProvider time, ILogger<RuleRefoldService> log)
    : SupervisedService(time, log)
{
    private const int Chunk = 500;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RestAfterSkipping = TimeSpan.FromSeconds(30);

    private (int Count, Exception Last) _skipped = (0, null!);
    private readonly ReceivingFirst _pace = new(contexts, time);

    /// <inheritdoc />
    public override string Name => "rules";

    /// <summary>Applies the rules in force to all that earlier rules gave; returns the number of messages and letters examined.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        _skipped = (0, null!);
        if (!await IsUnderWayAsync(cancellationToken)) return 0;
        var examined = 0;
        while (await _pace.DoAsync(NextMessagesAsync, cancellationToken) is > 0 and var messages) examined += messages;
        var after = 0L;
        while (true)
        {
            var (letters, last) = (0, 0L);
            await _pace.DoAsync(async token => ((letters, last) = await NextLettersAsync(after, token)).letters, cancellationToken);
            if (letters == 0) break;
            (examined, after) = (examined + letters, last);
        }

        if (_skipped.Count == 0) await EndAsync(cancellationToken);
        if (examined > 0) signal.Raise();
        return examined;
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var examined = await CatchUpAsync(cancellationToken);
        if (_skipped.Count > 0) throw new PartlyFailedException(_skipped.Count, examined, _skipped.Last);
        if (examined > 0) Log.LogInformation("The rules in force were applied to {Count} stored messages and letters", examined);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(
        _skipped.Count > 0 ? RestAfterSkipping : Rest, Time, cancellationToken);

    private async Task<bool> IsUnderWayAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await UnderWayAsync(db, cancellationToken) is not null;
    }

    // A chunk that fails is taken one by one; a message that fails alone too keeps what an earlier version read of it.
    private async Task<int> NextMessagesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await NextMessagesAsync(Chunk, cancellationToken);
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
        {
            Log.LogWarning("Stored messages could not be read again together: {Kind}\n{Place}", problem.GetType().Name, problem.StackTrace);
        }

        var done = 0;
        for (var n = 0; n < Chunk; n++)
        {
            try
            {
                if (await NextMessagesAsync(1, cancellationToken) == 0) break;
            }
            catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
            {
                await PassByAsync(problem, cancellationToken);
            }

            done++;
        }

        return done;
    }

    private async Task<int> NextMessagesAsync(int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await UnderWayAsync(db, cancellationToken) is not { } rules || rules.Through >= rules.Target) return 0;
        var (from, target) = (rules.Through, rules.Target);
        var rows = await db.Messages.AsNoTracking().Where(m => m.Sequence > from && m.Sequence <= target).OrderBy(m => m.Sequence)
            .Take(most).ToListAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var statuses = rows.Where(m => m.ErasedAt is null && kinds[m.Kind].IsPostStatus).ToList();
        var changed = await ReadAgainAsync(db, statuses, kinds, cancellationToken);
        db.ChangeTracker.Clear();

        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);

        // Another process may have done this chunk meanwhile.
        if (await UnderWayAsync(db, cancellationToken) is not { } same || same.Id != rules.Id || same.Through != from) return rows.Count;
        foreach (var row in changed)
        {
            await db.Messages.Where(m => m.Sequence == row.Sequence && m.ErasedAt == null)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.Statuses, row.Statuses), cancellationToken);
        }

        await new MatchStore(db, kindCache, settings).RematchAsync(
            [.. statuses.SelectMany(m => LoggedStatus.Of(m, kinds[m.Kind]))], byRules: true, Time.GetUtcNow(), cancellationToken);
        await MoveAsync(db, rules.Id, rows.Count < most ? target : rows[^1].Sequence, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Math.Max(rows.Count, 1);
    }

    // What earlier versions did not store: the statuses of messages that tell several.
    private async Task<List<StoredMessage>> ReadAgainAsync(
        IngestionDbContext db, List<StoredMessage> rows, MessageKindSnapshot kinds, CancellationToken cancellationToken)
    {
        var old = rows.Where(m => kinds[m.Kind].Reader != MessageDraftBuilder.ReaderVersion).ToList();
        var read = await contents.ReadAsync(db, [.. old.Select(m => m.Sequence)], cancellationToken);
        var changed = new List<StoredMessage>();
        foreach (var row in old)
        {
            if (read.GetValueOrDefault(row.Sequence).Bytes is not { } bytes
                || HaendelsesbeskedReader.Read(bytes) is not EnvelopeReading.Understood understood)
            {
                continue;
            }

            var told = MessageDraftBuilder.ReadAgain(understood, kinds[row.Kind]).Facts.Statuses;
            if (told == row.Statuses) continue;
            row.Statuses = told;
            changed.Add(row);
        }

        return changed;
    }

    private async Task PassByAsync(Exception problem, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        if (await UnderWayAsync(db, cancellationToken) is not { } rules) return;
        var from = rules.Through;
        var next = await db.Messages.Where(m => m.Sequence > from).MinAsync(m => (long?)m.Sequence, cancellationToken) ?? rules.Target;
        await MoveAsync(db, rules.Id, next, cancellationToken);
        Log.LogError("The message with sequence number {Sequence} cannot be read again and is passed by: {Kind}\n{Place}", next,
            problem.GetType().Name, problem.StackTrace);
    }

    private async Task<(int Count, long Last)> NextLettersAsync(long after, CancellationToken cancellationToken)
    {
        long[] keys;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await UnderWayAsync(db, cancellationToken) is not { } rules) return (0, after);
            keys = await db.Letters.Where(l => l.Key > after && l.Rules != rules.Id && l.StatusesErasedAt == null).OrderBy(l => l.Key)
                .Select(l => l.Key).Take(Chunk).ToArrayAsync(cancellationToken);
        }

        if (keys.Length == 0) return (0, after);
        try
        {
            await RefoldAsync(keys, cancellationToken);
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
        {
            foreach (var key in keys)
            {
                try
                {
                    await RefoldAsync([key], cancellationToken);
                }
                catch (Exception own) when (IsolatedWork.IsOnesOwn(own, cancellationToken))
                {
                    // It keeps its verdict and is tried again in the next round.
                    _skipped = (_skipped.Count + 1, own);
                    Log.LogError(
                        "The letter with key {Key} cannot be folded again: {Kind}\n{Place}", key, own.GetType().Name, own.StackTrace);
                }
            }
        }

        return (keys.Length, keys[^1]);
    }

    private async Task RefoldAsync(long[] keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        await new MatchStore(db, kindCache, settings).BringUpAsync(keys, Time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Newer rules may have come meanwhile: then there are messages or letters left, and the next round takes them.
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        if (await UnderWayAsync(db, cancellationToken) is not { } rules || rules.Through < rules.Target
            || await db.Letters.AnyAsync(l => l.Rules != rules.Id && l.StatusesErasedAt == null, cancellationToken))
        {
            return;
        }

        var now = Time.GetUtcNow();
        await db.RuleSets.Where(r => r.Id == rules.Id)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.DoneAt, now), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> MoveAsync(IngestionDbContext db, int rules, long through, CancellationToken cancellationToken) =>
        db.RuleSets.Where(r => r.Id == rules).ExecuteUpdateAsync(r => r.SetProperty(x => x.Through, through), cancellationToken);

    // The newest rules while they are not applied to everything; null when they are, or none are stored.
    private static async Task<StoredRuleSet?> UnderWayAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.RuleSets.AsNoTracking().OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken) is { DoneAt: null } rules
            ? rules
            : null;
}
