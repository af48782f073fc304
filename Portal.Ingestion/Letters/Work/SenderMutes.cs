using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Keeps the list of muted senders, and puts their waiting statuses aside.</summary>
public sealed class SenderMutes(IDbContextFactory<IngestionDbContext> contexts, KindBook book, ContentReader contents, WriteGate gate, LogSignal signal, TimeProvider time) : ISenderMutes
{
    /// <summary>The name of the reader that puts statuses aside.</summary>
    public const string Reader = "mutes";

    private const int BatchSize = 500;

    /// <inheritdoc />
    public async Task<IReadOnlyList<MutedSender>> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.Cases)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var authorities = viewer.Authorities.ToArray();
        var mutes = await db.MutedSenders.AsNoTracking().Where(m => EF.Parameter(authorities).Contains(m.Authority)).OrderByDescending(m => m.Id).ToListAsync(cancellationToken);
        return [.. mutes.Select(m => (Mute: m, Shown: SenderName.Shown(m.Sender))).Select(m =>
            new MutedSender(m.Mute.Id, m.Shown.Name, m.Shown.IsChannel, m.Mute.Reason, m.Mute.MutedAt, m.Mute.MutedBy, m.Mute.LiftedAt, m.Mute.LiftedBy))];
    }

    /// <inheritdoc />
    public async Task<StatusSender?> SenderOfAsync(Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, viewer, rowId, cancellationToken) is not { Key: { } key }) return null;
        var (name, isChannel) = SenderName.Shown(key);
        return new StatusSender(name, isChannel);
    }

    /// <inheritdoc />
    public async Task<bool> MuteAsync(Viewer viewer, string rowId, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        if (await FindAsync(db, viewer, rowId, cancellationToken) is not { Key: { } key, Authority: { } authority }) return false;
        if (await db.MutedSenders.AnyAsync(m => m.Authority == authority && m.Sender == key && m.LiftedAt == null, cancellationToken)) return false;
        db.MutedSenders.Add(new StoredMutedSender
        {
            Authority = authority, Sender = key, Reason = CprNumber.MaskIn(reason.Trim()), MutedAt = time.GetUtcNow(), MutedBy = WorkDesk.NameOf(viewer),
        });

        // Everything that waits is looked at anew.
        await MoveAsync(db, 0, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        while (await PutAsideAsync(db, cancellationToken) > 0)
        {
        }

        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> LiftAsync(Viewer viewer, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.May(ViewerRights.Cases)) return false;
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        var authorities = viewer.Authorities.ToArray();
        var mute = await db.MutedSenders.SingleOrDefaultAsync(m => m.Id == id && EF.Parameter(authorities).Contains(m.Authority) && m.LiftedAt == null, cancellationToken);
        if (mute is null) return false;
        (mute.LiftedAt, mute.LiftedBy) = (time.GetUtcNow(), WorkDesk.NameOf(viewer));

        // What was put aside waits again; what other mutes still hold is put aside anew.
        await db.StatusMatches.Where(m => m.State == MatchResult.MutedState).ExecuteUpdateAsync(m => m.SetProperty(s => s.State, MatchResult.WaitingState), cancellationToken);
        await MoveAsync(db, 0, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        while (await PutAsideAsync(db, cancellationToken) > 0)
        {
        }

        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    /// <summary>Puts statuses of muted senders aside as they come; gives how many waiting ones were looked at.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.MutedSenders.AnyAsync(m => m.LiftedAt == null, cancellationToken)) return 0;
        while (true)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
            var count = await PutAsideAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            db.ChangeTracker.Clear();
            looked += count;
            if (count == 0) return looked;
        }
    }

    private async Task<int> PutAsideAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var from = await db.ReaderPositions.AsNoTracking().Where(p => p.Reader == Reader).Select(p => p.Sequence).FirstOrDefaultAsync(cancellationToken);
        var waiting = await db.StatusMatches.AsNoTracking().Where(m => m.Sequence > from && m.State == MatchResult.WaitingState).OrderBy(m => m.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
        if (waiting.Count == 0) return 0;
        var mutes = (await db.MutedSenders.AsNoTracking().Where(m => m.LiftedAt == null).ToListAsync(cancellationToken)).Select(m => (m.Authority, m.Sender)).ToHashSet();
        var kinds = await book.ReadAsync(db, cancellationToken);
        var bytes = await contents.ReadAsync(db, [.. waiting.Select(w => w.Sequence)], cancellationToken);
        var muted = waiting.Where(w => bytes.TryGetValue(w.Sequence, out var content) && SenderName.KeyOf(content, kinds[w.Kind]) is { } key && kinds[w.Kind].Authorities().All(a => mutes.Contains((a, key))))
            .Select(w => w.Sequence).ToArray();
        await db.StatusMatches.Where(m => EF.Parameter(muted).Contains(m.Sequence)).ExecuteUpdateAsync(m => m.SetProperty(s => s.State, MatchResult.MutedState), cancellationToken);
        await MoveAsync(db, waiting[^1].Sequence, cancellationToken);
        return waiting.Count;
    }

    private static async Task MoveAsync(IngestionDbContext db, long sequence, CancellationToken cancellationToken)
    {
        if (await db.ReaderPositions.Where(p => p.Reader == Reader).ExecuteUpdateAsync(p => p.SetProperty(r => r.Sequence, sequence), cancellationToken) > 0) return;
        db.ReaderPositions.Add(new ReaderPosition { Reader = Reader, Sequence = sequence });
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<(string? Key, string Authority)?> FindAsync(IngestionDbContext db, Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        if (WorkRow.Parse(rowId) is not { Rank: WorkRow.Status } row) return null;
        var kinds = await book.ReadAsync(db, cancellationToken);
        var match = await LetterFilter.Statuses(db, kinds, viewer).SingleOrDefaultAsync(m => m.Sequence == row.Key, cancellationToken);
        if (match is null || await contents.ReadAsync(db, row.Key, cancellationToken) is not { } bytes) return null;
        var kind = kinds[match.Kind];
        return (SenderName.KeyOf(bytes, kind), kind.Authorities().First(viewer.Authorities.Contains));
    }
}
