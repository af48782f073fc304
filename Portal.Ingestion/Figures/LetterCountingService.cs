using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Figures;

/// <summary>
/// Updates the counts of letters by month: moves each changed letter from its old count to the new one. The cost depends on how many
/// letters changed, not on how many there are, and late or repeated statuses are counted correctly.
/// </summary>
public sealed class LetterCountingService(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, LogSignal signal, TimeProvider time, ILogger<LetterCountingService> log)
    : SupervisedService(time, log)
{
    /// <summary>The reader's name, under which skipped letters are recorded.</summary>
    public const string Reader = "figures";

    private const int BatchSize = 2000;
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private Task _next = Task.CompletedTask;
    private (int Count, Exception Last) _skipped = (0, null!);
    private bool _prepared;

    /// <summary>Counts changed letters until none is left; returns the number of letters examined.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!_prepared) await PrepareAsync(cancellationToken);
        var counted = 0;
        while (true)
        {
            var batch = await NextBatchAsync(cancellationToken);
            if (batch == 0) return counted;
            counted += batch;
            signal.Raise();
        }
    }

    /// <inheritdoc />
    public override string Name => "figures";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _next = signal.Next;
        await CatchUpAsync(cancellationToken);
        if (_skipped.Count > 0) throw new PartlyFailedException(_skipped.Count, _skipped.Count, _skipped.Last);
    }

    /// <inheritdoc />
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(MinDelay, Time, cancellationToken);
        await LogSignal.WaitAsync(_next, Poll, Time, cancellationToken);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Figures, cancellationToken);
        await LetterTriggers.PrepareAsync(db, cancellationToken);
        await TakeUpSkippedAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _prepared = true;
    }

    private async Task<int> NextBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Time.GetUtcNow();
        if (!await db.LetterChanges.AnyAsync(cancellationToken) && !await Overdue(db, now).AnyAsync(cancellationToken)) return 0;
        try
        {
            return await CountNextAsync(BatchSize, now, cancellationToken);
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
        {
            Log.LogWarning("A batch of letters could not be counted and is taken one by one: {Kind}\n{Place}", problem.GetType().Name,
                problem.StackTrace);
            return await OneByOneAsync(now, cancellationToken);
        }
    }

    private async Task<int> CountNextAsync(int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Figures, cancellationToken);
        var changes = await db.LetterChanges.AsNoTracking().OrderBy(c => c.Id).Take(most).ToListAsync(cancellationToken);
        var overdue = await Overdue(db, now).OrderBy(f => f.Deadline).Select(f => f.LetterKey).Take(most).ToListAsync(cancellationToken);
        long[] keys = [.. changes.Select(c => c.LetterKey).Union(overdue)];
        if (keys.Length > 0) await CountAsync(db, keys, now, cancellationToken);
        await ForgetAsync(db, [.. changes.Select(c => c.Id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return keys.Length;
    }

    // A letter that cannot be counted alone either is skipped and recorded; the others are counted.
    private async Task<int> OneByOneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        long[] keys;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var changed = await db.LetterChanges.AsNoTracking().OrderBy(c => c.Id).Select(c => c.LetterKey).Take(BatchSize)
                .ToListAsync(cancellationToken);
            keys = [.. changed.Union(
                await Overdue(db, now).OrderBy(f => f.Deadline).Select(f => f.LetterKey).Take(BatchSize).ToListAsync(cancellationToken))];
        }

        foreach (var key in keys)
        {
            Exception? failed = null;
            try
            {
                await CountOneAsync(key, now, null, cancellationToken);
            }
            catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
            {
                failed = problem;
            }

            if (failed is null) continue;
            await CountOneAsync(key, now, failed, cancellationToken);
            _skipped = (_skipped.Count + 1, failed);
            Log.LogError("The letter with key {Key} cannot be counted and is passed by: {Kind}\n{Place}", key, failed.GetType().Name,
                failed.StackTrace);
        }

        return keys.Length;
    }

    private async Task CountOneAsync(long key, DateTimeOffset now, Exception? failed, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Figures, cancellationToken);
        var changes = await db.LetterChanges.AsNoTracking().Where(c => c.LetterKey == key).Select(c => c.Id)
            .ToArrayAsync(cancellationToken);
        if (failed is null)
        {
            await CountAsync(db, [key], now, cancellationToken);
        }
        else
        {
            await db.LetterFigures.Where(f => f.LetterKey == key)
                .ExecuteUpdateAsync(f => f.SetProperty(x => x.Deadline, (DateTimeOffset?)null), cancellationToken);
            await SkippedRows.AddAsync(db, Reader, key, now, failed, cancellationToken);
        }

        await ForgetAsync(db, changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Skipped letters are tried again at the next start, since the fault may have been in an earlier version of the program.
    private static async Task TakeUpSkippedAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var keys = await SkippedRows.OfAsync(db, Reader, cancellationToken);
        if (keys.Length == 0) return;
        db.LetterChanges.AddRange(keys.Select(key => new StoredLetterChange { LetterKey = key }));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var key in keys) await SkippedRows.RemoveAsync(db, Reader, key, cancellationToken);
    }

    private static Task ForgetAsync(IngestionDbContext db, long[] ids, CancellationToken cancellationToken) =>
        ids.Length == 0
            ? Task.CompletedTask
            : db.LetterChanges.Where(c => EF.Parameter(ids).Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);

    private static async Task CountAsync(IngestionDbContext db, long[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var letters = await db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key))
            .Select(l => new CountedLetter(l.Key, l.Authority, l.CaseType, l.SentAt, l.Verdict, l.VerdictAt, l.EvidenceDeadline,
                l.Contradiction, l.ContradictionAt, l.Receipts, l.Kle, l.OrganisationUnit)).ToListAsync(cancellationToken);
        var solved = await db.WorkItems.AsNoTracking().Where(w => w.Rank == WorkRow.Letter && EF.Parameter(keys).Contains(w.Key)
            && w.SolvedAt != null).ToDictionaryAsync(w => w.Key, w => w.SolvedAt!.Value, cancellationToken);
        var before = await db.LetterFigures.Where(f => EF.Parameter(keys).Contains(f.LetterKey))
            .ToDictionaryAsync(f => f.LetterKey, cancellationToken);
        var tally = new TallyChanges();
        foreach (var letter in letters)
        {
            var next = letter.Figure(now);
            // A letter solved by hand needs no follow-up, whatever its verdict.
            DateTimeOffset? byHand = solved.TryGetValue(letter.Key, out var at) ? at : null;
            if (byHand is not null) next.OpenSince = null;
            if (before.TryGetValue(letter.Key, out var old))
            {
                tally.Move(old, next, byHand ?? now);
                (old.Authority, old.CaseType, old.Month, old.Verdict, old.Span, old.Deadline, old.OpenSince) =
                    (next.Authority, next.CaseType, next.Month, next.Verdict, next.Span, next.Deadline, next.OpenSince);
                (old.Kle, old.OrganisationUnit) = (next.Kle, next.OrganisationUnit);
            }
            else
            {
                tally.Move(null, next, now);
                db.LetterFigures.Add(next);
            }
        }

        // A deleted letter stays in the counts, which name nobody, but its deadline is no longer waited for.
        foreach (var (key, figure) in before)
        {
            if (!letters.Exists(l => l.Key == key)) figure.Deadline = null;
        }

        await db.SaveChangesAsync(cancellationToken);
        await tally.WriteAsync(db, cancellationToken);
    }

    private static IQueryable<StoredLetterFigure> Overdue(IngestionDbContext db, DateTimeOffset now) =>
        db.LetterFigures.Where(f => f.Deadline != null && f.Deadline <= now);
}

/// <summary>The values of a letter that counting needs.</summary>
internal sealed record CountedLetter(
    long Key, string Authority, string? CaseType, DateTimeOffset SentAt, string Verdict, DateTimeOffset? VerdictAt,
    DateTimeOffset? Deadline, bool Contradiction, DateTimeOffset? ContradictionAt, string Receipts, int? Kle, string? OrganisationUnit)
{
    /// <summary>How the letter is counted at a moment.</summary>
    public StoredLetterFigure Figure(DateTimeOffset now)
    {
        var current = EvidenceDeadline.Current(Verdict, Receipts, Deadline, now);
        var delivered = current == Letters.Verdict.Delivered;
        var contested = delivered && (Contradiction || VerdictAt < SentAt - ArrivalGrounds.ClockDifference);
        return new StoredLetterFigure
        {
            LetterKey = Key, Authority = Authority, CaseType = CaseType ?? "", Month = Month.Of(SentAt).Number,
            Verdict = contested ? StoredLetterTally.Contested : current.ToWire(),
            Span = delivered && !contested && VerdictAt is { } at ? ArrivalSpan.Of(at - SentAt) : 0,
            Deadline = current == Letters.Verdict.OnItsWay ? Deadline : null, Kle = Kle, OrganisationUnit = OrganisationUnit,
            OpenSince = LetterReason.Of(Verdict, Receipts, VerdictAt, SentAt, Deadline, Contradiction, ContradictionAt, now)?.Since,
        };
    }
}
