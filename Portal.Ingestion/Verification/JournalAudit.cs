using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Verifies another log, read-only: its signed head, every node of its tree, the hash of every entry, every checkpoint, and for the log of
/// actions that what is stored is what was entered, for the access log that its lines are filed as they say.
/// </summary>
internal sealed class JournalAudit(IngestionDbContext db, JournalLog log, VerifierKey messages, CprHash hash)
{
    private const int Attempts = 5;
    private const string Leaves = "blade";
    private readonly VerifierKey _key = log.KeyOf(messages);
    private readonly List<LedgerFinding> _found = [];

    /// <summary>Verifies it. Every start begins the log, so a log that is gone was removed.</summary>
    public async Task<JournalVerdict> RunAsync(IReadOnlyList<GivenCheckpoint> given, CancellationToken cancellationToken)
    {
        var own = given.Where(g => g.Head.Origin == _key.Name).ToList();
        var (head, checkpoints) = await ReadAsync(cancellationToken);
        var number = log.Number;
        var last = await db.Set<StoredJournalEntry>().Where(e => e.Log == number).MaxAsync(e => (long?)e.Index, cancellationToken) ?? -1;
        var leaves = await LeavesAsync(cancellationToken);
        var trusted = head is not null && IsSigned(head);
        if (head is null) Find(Math.Max(1, leaves), LedgerProblem.HeadChanged, "loggens underskrevne hoved er fjernet");
        var size = trusted ? head!.Size : leaves;

        var tree = new TreeAudit(new JournalTileRows(db, log));
        await tree.RunAsync(
            size, new HashSet<long>([.. checkpoints.Select(c => c.Size), .. own.Select(g => g.Head.Size)]), cancellationToken);
        var genuine = tree.Finding is null && (!trusted || tree.Root.AsSpan().SequenceEqual(head!.Root));
        if (tree.Finding is { } tile) _found.Add(tile);
        else if (!genuine) Find(Math.Max(1, size), LedgerProblem.TileChanged, "træets rod er ikke det underskrevne hoveds");

        // What was appended meanwhile is not looked at; only what is beyond the head that was read after it is too much.
        if ((await ReadAsync(cancellationToken)).Head?.Size is { } now && last >= now && trusted)
            Find(now + 1, LedgerProblem.Inserted, "her står et blad, der aldrig er ført ind gennem portalen: "
                + "det er sat ind efter loggens ende");
        var walk = new JournalWalk(db, log, messages);
        if (await walk.RunAsync(size, cancellationToken) is { } fault) _found.Add(fault);
        AddCheckpoints(checkpoints, head, own, size, tree);
        if (log == JournalLog.Actions && _found.Count == 0)
        {
            var actions = new ActionAudit(db, hash, size);
            if (await Unreadable.GuardAsync(() => actions.RunAsync(cancellationToken), size, LedgerProblem.ActionChanged,
                "en handling") is { } changed)
            {
                _found.Add(changed);
            }
        }

        if (log == JournalLog.Access && _found.Count == 0)
        {
            var lines = new AccessAudit(db, size);
            if (await Unreadable.GuardAsync(() => lines.RunAsync(cancellationToken), size, LedgerProblem.RecordChanged,
                "en linje") is { } moved)
            {
                _found.Add(moved);
            }
        }

        return new JournalVerdict(log.Name, log.Words, size, head?.Root ?? tree.Root, checkpoints.Count + own.Count + 1, walk.Erased,
            Named(_found.MinBy(f => f.Sequence)));
    }

    private void AddCheckpoints(
        List<StoredCheckpoint> checkpoints, StoredJournalHead? head, List<GivenCheckpoint> own, long size, TreeAudit tree)
    {
        var stored = CheckpointAudit.OfStored(checkpoints, head?.Checkpoints ?? checkpoints.Count, size, _key, tree.Roots, Leaves)
            .MinBy(f => f.Sequence);
        if (stored is not null) _found.Add(stored);
        var agreed = checkpoints.Where(c => tree.Roots.ContainsKey(c.Size)).Select(c => c.Size).DefaultIfEmpty(0).Max();
        _found.AddRange(own.Select(g => CheckpointAudit.Of(g, g.Head.Size > agreed ? agreed : 0, size, tree.Roots, Leaves))
            .OfType<LedgerFinding>());
    }

    private LedgerFinding? Named(LedgerFinding? finding) => finding is null ? null : finding with
    {
        Log = log.Name,
        Why = string.Create(CultureInfo.InvariantCulture, $"{log.Words}, blad {finding.Sequence}: {finding.Why}"),
    };

    private bool IsSigned(StoredJournalHead head)
    {
        var signed = head.Origin == _key.Name;
        try
        {
            signed = signed && head.ToCheckpoint(_key).Note.IsSignedBy(_key);
        }
        catch (Exception unreadable) when (Unreadable.IsOfRows(unreadable))
        {
            // The portal never writes a root or a signature of another length.
            signed = false;
        }

        if (!signed) Find(Math.Max(1, head.Size), LedgerProblem.HeadChanged, "loggens hoved er ændret: underskriften passer ikke");
        return signed;
    }

    // Reads the head and the checkpoints consistently: a checkpoint made between the two reads would count as one too many.
    private async Task<(StoredJournalHead? Head, List<StoredCheckpoint> Checkpoints)> ReadAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await HeadAsync(cancellationToken);
            var number = log.Number;
            var rows = await db.Set<StoredJournalCheckpoint>().AsNoTracking().Where(c => c.Log == number).OrderBy(c => c.Number)
                .ToListAsync(cancellationToken);
            var head = await HeadAsync(cancellationToken);
            if (before?.Checkpoints != head?.Checkpoints && attempt < Attempts) continue;
            return (head,
                [.. rows.Select(c => new StoredCheckpoint { Number = c.Number, Size = c.Size, MadeAt = c.MadeAt, Note = c.Note })]);
        }
    }

    private Task<StoredJournalHead?> HeadAsync(CancellationToken cancellationToken)
    {
        var number = log.Number;
        return db.Set<StoredJournalHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Log == number, cancellationToken);
    }

    private async Task<long> LeavesAsync(CancellationToken cancellationToken)
    {
        var number = log.Number;
        var tile = await db.Set<StoredJournalTile>().AsNoTracking().Where(t => t.Log == number && t.Level == 0)
            .OrderByDescending(t => t.Number).FirstOrDefaultAsync(cancellationToken);
        return tile is null ? 0 : (tile.Number * TileAddress.Width) + (tile.Hashes.Length / MerkleHash.Size);
    }

    private void Find(long sequence, LedgerProblem problem, string why) => _found.Add(new LedgerFinding(sequence, problem, why));
}
