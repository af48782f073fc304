using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Verifies the whole ledger, read-only. Compares the hash of every message with its leaf, every node with the leaves below it, the root
/// with the signed head, every checkpoint with the root at its size, every letter with its registration and its signed erasure, and every
/// status with the letter that it belongs to; then the other logs likewise, with what people did. Reports the first problem.
/// </summary>
public sealed class LedgerVerifier(IDbContextFactory<IngestionDbContext> contexts, ContentReader contents, CprHash hash)
{
    private const int Attempts = 5;

    /// <summary>
    /// Verifies against the log's key. Messages that arrive meanwhile are not included. Null when the database has no ledger.
    /// </summary>
    /// <param name="given">Checkpoints from outside that the log must extend.</param>
    /// <param name="progress">Receives the number of messages verified so far.</param>
    /// <param name="parallel">Cores to use; 0 = all.</param>
    public async Task<LedgerVerdict?> VerifyAsync(
        VerifierKey key, IReadOnlyList<GivenCheckpoint> given, IProgress<long>? progress, int parallel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(given);
        var own = given.Where(g => JournalLog.All.All(l => g.Head.Origin != l.KeyOf(key).Name)).ToList();
        if (await OfMessagesAsync(key, own, progress, parallel, cancellationToken) is not { } verdict) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var journals = new List<JournalVerdict>();
        foreach (var log in JournalLog.All)
        {
            journals.Add(await OfJournalAsync(db, log, key, given, cancellationToken));
        }

        return verdict with
        {
            Journals = journals, First = verdict.First ?? journals.Select(j => j.First).FirstOrDefault(f => f is not null),
        };
    }

    // Damaged rows are a finding, and never hide what was found among the messages.
    private async Task<JournalVerdict> OfJournalAsync(
        IngestionDbContext db, JournalLog log, VerifierKey key, IReadOnlyList<GivenCheckpoint> given, CancellationToken cancellationToken)
    {
        try
        {
            return await new JournalAudit(db, log, key, hash).RunAsync(given, cancellationToken);
        }
        catch (Exception unreadable) when (Unreadable.IsOfRows(unreadable))
        {
            var finding = new LedgerFinding(1, LedgerProblem.RecordChanged, $"{log.Words}: en række er beskadiget og kan ikke læses");
            return new JournalVerdict(log.Name, log.Words, 0, MerkleHash.EmptyRoot, 0, 0, finding with { Log = log.Name });
        }
    }

    private async Task<LedgerVerdict?> OfMessagesAsync(
        VerifierKey key, List<GivenCheckpoint> given, IProgress<long>? progress, int parallel, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<LedgerFinding>();
        var edges = await EdgesAsync(db, cancellationToken);
        var (head, checkpoints) = await ReadAsync(db, cancellationToken);
        if (head is null && edges is { Leaves: 0, Last: 0 } && checkpoints.Count == 0) return null;
        var trusted = head is not null && IsSigned(head, key, found);
        if (head is null)
            found.Add(new LedgerFinding(Math.Max(1, edges.Leaves), LedgerProblem.HeadChanged, "loggens underskrevne hoved er fjernet"));
        var size = trusted ? head!.Size : edges.Leaves;

        if (edges.Last > size) found.Add(await FirstBeyondAsync(db, size, cancellationToken));
        if (edges.Leaves > size)
            found.Add(new LedgerFinding(size + 1, LedgerProblem.TileChanged, "træet har blade, som det underskrevne hoved ikke kender"));

        var audit = new TreeAudit(new MessageTileRows(db));
        await audit.RunAsync(
            size, new HashSet<long>([.. checkpoints.Select(c => c.Size), .. given.Select(g => g.Head.Size)]), cancellationToken);
        var genuine = audit.Finding is null && (!trusted || audit.Root.AsSpan().SequenceEqual(head!.Root));
        var kinds = await db.Set<StoredMessageKind>().AsNoTracking().Where(StoredMessageKind.IsUsable)
            .ToDictionaryAsync(k => k.Id, cancellationToken);
        var walk = new MessageWalk(contexts, contents, key, kinds, progress);
        await walk.RunAsync(size, parallel > 0 ? parallel : Environment.ProcessorCount, cancellationToken);

        if (!genuine && trusted) found.AddRange(await OfTreeAsync(db, head!, audit, walk, cancellationToken));
        else if (audit.Finding is { } tile) found.Add(tile);
        if (walk.First is { } fault && (genuine || !trusted)) found.Add(await DiagnoseAsync(db, size, fault, cancellationToken));

        if (await Unreadable.GuardAsync(() => Task.FromResult(OfStored(checkpoints, head, size, key, audit)), size,
            LedgerProblem.CheckpointChanged, "et gemt checkpoint") is { } kept)
        {
            found.Add(kept);
        }
        var agreed = checkpoints.Where(c => audit.Roots.ContainsKey(c.Size)).Select(c => c.Size).DefaultIfEmpty(0).Max();
        found.AddRange(
            given.Select(g => CheckpointAudit.Of(g, g.Head.Size > agreed ? agreed : 0, size, audit.Roots)).OfType<LedgerFinding>());
        var (letters, statuses) = (new LetterAudit(db, key, size), new StatusAudit(db, kinds));
        if (await Unreadable.GuardAsync(
            () => letters.RunAsync(cancellationToken), size, LedgerProblem.LetterChanged, "et brev") is { } letter)
        {
            found.Add(letter);
        }
        if (await Unreadable.GuardAsync(
            () => statuses.RunAsync(size, cancellationToken), size, LedgerProblem.StatusMoved, "en status' plads") is { } status)
        {
            found.Add(status);
        }
        return new LedgerVerdict(size, head?.Root ?? audit.Root, checkpoints.Count + given.Count + 1, walk.Erased,
            found.MinBy(f => f.Sequence))
        {
            Earlier = walk.Earlier + letters.Earlier + statuses.Earlier, Wrong = walk.Wrong,
        };
    }

    private static LedgerFinding? OfStored(
        List<StoredCheckpoint> checkpoints, StoredLedgerHead? head, long size, VerifierKey key, TreeAudit audit) =>
        CheckpointAudit.OfStored(checkpoints, head?.Checkpoints ?? checkpoints.Count, size, key, audit.Roots).MinBy(f => f.Sequence);

    private static bool IsSigned(StoredLedgerHead head, VerifierKey key, List<LedgerFinding> found)
    {
        var signed = IsSignedBy(head, key);
        var why = head.Origin != key.Name ? "loggens navn er ændret"
            : !key.PublicKey.SequenceEqual(head.PublicKey) ? "loggens offentlige nøgle er ændret"
            : !signed ? "loggens hoved er ændret: underskriften passer ikke"
            : null;
        if (why is null) return true;
        found.Add(new LedgerFinding(Math.Max(1, head.Size), LedgerProblem.HeadChanged, why));

        // True here only if nothing but the column PublicKey was changed, which the signature does not cover: the size and root can still
        // be trusted.
        return head.Origin == key.Name && signed;
    }

    private static bool IsSignedBy(StoredLedgerHead head, VerifierKey key)
    {
        try
        {
            return head.ToCheckpoint(key).Note.IsSignedBy(key);
        }
        catch (Exception unreadable) when (Unreadable.IsOfRows(unreadable))
        {
            // The portal never writes a root or a signature of another length.
            return false;
        }
    }

    /// <summary>If the messages hash to the signed root, only the tree's own nodes were changed.</summary>
    private static async Task<IEnumerable<LedgerFinding>> OfTreeAsync(
        IngestionDbContext db, StoredLedgerHead head, TreeAudit audit, MessageWalk walk, CancellationToken cancellationToken)
    {
        var tile = audit.Finding
            ?? new LedgerFinding(walk.First?.Sequence ?? Math.Max(1, head.Size), LedgerProblem.TileChanged, "en flise af træet er ændret");
        if (walk.First is not { } fault) return [tile];
        if (await RootOfMessagesAsync(db, head.Size, cancellationToken) is { } root && root.AsSpan().SequenceEqual(head.Root))
        {
            return [tile with { Sequence = Math.Max(tile.Sequence, Math.Min(fault.Sequence, tile.Sequence + TileAddress.Width - 1)) }];
        }

        return [await DiagnoseAsync(db, head.Size, fault, cancellationToken), tile];
    }

    private static async Task<LedgerFinding> DiagnoseAsync(
        IngestionDbContext db, long size, WalkFault fault, CancellationToken cancellationToken) =>
        (await Unreadable.GuardAsync(
            async () => await new FaultDiagnosis(db, size).OfAsync(fault, cancellationToken), fault.Sequence, LedgerProblem.RecordChanged,
            "det, der står om beskeden,"))!;

    private static async Task<byte[]?> RootOfMessagesAsync(IngestionDbContext db, long size, CancellationToken cancellationToken)
    {
        var frontier = new MerkleFrontier();
        var rows = db.Messages.AsNoTracking().Where(m => m.Sequence > 0 && m.Sequence <= size).OrderBy(m => m.Sequence)
            .Select(m => new WalkedRow(m.Sequence, m.BeskedId, m.ReceivedAt, m.Sha256, m.Bytes));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.Sequence != frontier.Size + 1) return null;
            frontier.Append(row.ToLeafHash());
        }

        return frontier.Root();
    }

    // Reads the head and the checkpoints consistently: a checkpoint made between the two reads would count as one too many.
    private static async Task<(StoredLedgerHead? Head, List<StoredCheckpoint> Checkpoints)> ReadAsync(
        IngestionDbContext db, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await HeadReader.ReadAsync(db, cancellationToken);
            var checkpoints = await db.Set<StoredCheckpoint>().AsNoTracking().OrderBy(c => c.Number).ToListAsync(cancellationToken);
            var head = await HeadReader.ReadAsync(db, cancellationToken);
            if (before?.Checkpoints == head?.Checkpoints || attempt == Attempts) return (head, checkpoints);
        }
    }

    // Read before the head, which is committed together with them: so none may be beyond the head.
    private static async Task<(long Last, long Leaves)> EdgesAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var message = await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;
        var content = await db.MessageContent.MaxAsync(c => (long?)c.Sequence, cancellationToken) ?? 0;
        var tile = await db.Set<StoredLedgerTile>().AsNoTracking().Where(t => t.Level == 0).OrderByDescending(t => t.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return (Math.Max(message, content), tile is null ? 0 : (tile.Number * TileAddress.Width) + (tile.Hashes.Length / MerkleHash.Size));
    }

    private static async Task<LedgerFinding> FirstBeyondAsync(IngestionDbContext db, long size, CancellationToken cancellationToken)
    {
        var message = await db.Messages.Where(m => m.Sequence > size).MinAsync(m => (long?)m.Sequence, cancellationToken);
        var content = await db.MessageContent.Where(c => c.Sequence > size).MinAsync(c => (long?)c.Sequence, cancellationToken);
        return new LedgerFinding(Math.Min(message ?? long.MaxValue, content ?? long.MaxValue), LedgerProblem.Inserted,
            "her står en besked, der aldrig er modtaget gennem portalen: den er sat ind efter loggens ende");
    }
}
