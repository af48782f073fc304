using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>What <see cref="WorklistUpdater"/> needs of a letter's status.</summary>
internal sealed record UpkeepStatus(long Sequence, string BeskedId, string? Name, bool Grave);

/// <summary>
/// Updates the worklist's history within the transaction that changes verdicts: it records a reason that a later status removed, reopens a
/// solved row with a new reason, and records on a letter that its replacement has arrived.
/// </summary>
internal sealed class WorklistUpdater
{
    private readonly IngestionDbContext _db;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<long, StoredWork> _works;
    private readonly ILookup<long, StoredReplacement> _replaced;

    private WorklistUpdater(
        IngestionDbContext db, DateTimeOffset now, Dictionary<long, StoredWork> works, ILookup<long, StoredReplacement> replaced) =>
        (_db, _now, _works, _replaced) = (db, now, works, replaced);

    /// <summary>Reads what is stored of these letters' rows.</summary>
    public static async Task<WorklistUpdater> ForAsync(
        IngestionDbContext db, long[] letterKeys, DateTimeOffset now, CancellationToken cancellationToken) => new(
            db, now,
            await db.WorkItems.Where(w => w.Rank == WorkRow.Letter && EF.Parameter(letterKeys).Contains(w.Key))
                .ToDictionaryAsync(w => w.Key, cancellationToken),
            (await db.LetterReplacements.AsNoTracking().Where(r => EF.Parameter(letterKeys).Contains(r.ByKey))
                .ToListAsync(cancellationToken)).ToLookup(r => r.ByKey));

    /// <summary>True when the letter has a stored worklist row.</summary>
    public bool Knows(long letterKey) => _works.ContainsKey(letterKey);

    /// <summary>Records that a letter was folded again; <paramref name="before"/> and <paramref name="after"/> are its reasons.</summary>
    /// <param name="waited">It was not on the list in spite of its reason, so nothing is recorded of its leaving the list.</param>
    public void Note(
        long letterKey, string authority, LetterReason? before, LetterReason? after, bool waited, bool nowDelivered, string letterId,
        IReadOnlyList<UpkeepStatus> statuses, string? decisive)
    {
        var work = _works.GetValueOrDefault(letterKey);
        var cause = statuses.FirstOrDefault(s => s.BeskedId == decisive) ?? statuses.MaxBy(s => s.Sequence);
        if (before is not null && after is null)
        {
            if (!waited) Add(WorkRow.Letter, letterKey, authority, WorkActionKind.ResolvedByStatus, cause);
            if (work is not null) Reopen(work);
        }
        else if (work?.SolvedAt is not null && after is not null
            && (before != after || statuses.Any(s => s.Grave && s.Sequence > work.SolvedThrough)))
        {
            Add(WorkRow.Letter, letterKey, authority, WorkActionKind.OpenedByStatus, statuses.MaxBy(s => s.Sequence));
            Reopen(work);
        }
        else if (work?.SolvedAt is not null && after is null)
        {
            // It has no reason now and had none before, so the next reason is a new one.
            Reopen(work);
        }

        if (!nowDelivered) return;
        foreach (var replaced in _replaced[letterKey])
            Add(WorkRow.Letter, replaced.LetterKey, authority, WorkActionKind.ReplacementArrived, null, letterId);
    }

    /// <summary>Saves what was recorded.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_db.ChangeTracker.HasChanges()) await _db.SaveChangesAsync(cancellationToken);
    }

    private static void Reopen(StoredWork work) =>
        (work.SolvedAt, work.Revision, work.AwaitsReplacement) = (null, work.Revision + 1, false);

    private void Add(int rank, long key, string authority, WorkActionKind action, UpkeepStatus? cause, string? other = null) =>
        _db.WorkEntries.Add(new StoredWorkEntry
        {
            Rank = rank, Key = key, Authority = authority, Action = action.ToString(), At = _now, ById = "", ByName = "",
            Text = cause?.Name, Other = other ?? cause?.BeskedId,
        });
}
