using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// Stores the list of muted senders. A mute and its end are recorded at once; their statuses follow in chunks (<see cref="MutePass"/>), so
/// that neither receiving nor matching waits for hundreds of thousands of them. A mute takes statuses of every subject from the worklist,
/// so it needs a role without limits.
/// </summary>
public sealed class SenderMutes(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, ContentReader contents, WriteGate gate, LogSignal signal,
    ActionLog actions, TimeProvider time) : ISenderMutes
{
    /// <summary>Chunks that a user's request waits for: up to two thousand statuses are done when the page is shown.</summary>
    private const int AtOnce = 4;

    private readonly MutePass _pass = new(contexts, kindCache, contents, gate);

    private readonly LogSignal _asked = new();

    /// <summary>Completes when a mute or lift that was recorded after this was read needs work in the background.</summary>
    public Task Asked => _asked.Next;

    /// <summary>Chunks that <see cref="MuteAsync"/> and <see cref="LiftAsync"/> do before they return.</summary>
    internal int ChunksAtOnce { get; init; } = AtOnce;

    /// <inheritdoc />
    public async Task<IReadOnlyList<MutedSender>> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<ISenderMutes>()
            || viewer.WholeAuthoritiesOf(ViewerRights.Cases) is not { Length: > 0 } authorities)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mutes = await db.MutedSenders.AsNoTracking().Where(m => EF.Parameter(authorities).Contains(m.Authority))
            .OrderByDescending(m => m.Id).ToListAsync(cancellationToken);
        return [.. mutes.Select(m => (Mute: m, Shown: SenderName.Shown(m.Sender))).Select(m =>
            new MutedSender(m.Mute.Id, m.Shown.Name, m.Shown.IsChannel, m.Mute.Reason, m.Mute.MutedAt, m.Mute.MutedBy, m.Mute.LiftedAt,
                m.Mute.LiftedBy)
            {
                UnderWay = m.Mute.Through < m.Mute.Target,
            })];
    }

    /// <inheritdoc />
    public async Task<StatusSender?> SenderOfAsync(Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, viewer, rowId, cancellationToken) is not { } found) return null;
        var (name, isChannel) = SenderName.Shown(found.Key);
        return new StatusSender(name, isChannel);
    }

    /// <inheritdoc />
    public async Task<bool> MuteAsync(Viewer viewer, string rowId, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<ISenderMutes>()) return false;
        viewer = viewer.WhereMayCall<ISenderMutes>();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await FindAsync(db, viewer, rowId, cancellationToken) is not { } found) return false;
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
            if (await db.MutedSenders.AnyAsync(
                m => m.Authority == found.Authority && m.Sender == found.Key && m.LiftedAt == null, cancellationToken))
            {
                return false;
            }
            var mute = new StoredMutedSender
            {
                Authority = found.Authority, Sender = found.Key, Reason = NoteText.Of(reason), MutedAt = time.GetUtcNow(),
                MutedBy = WorklistService.NameOf(viewer),
                Target = await LastAsync(db, cancellationToken),
            };
            db.MutedSenders.Add(mute);
            await db.SaveChangesAsync(cancellationToken);

            // The clicked row leaves the list at once, however many wait before it; a status of several authorities does so only when all
            // have muted its sender.
            if (found.IsAlone)
            {
                await db.StatusMatches.Where(m => m.Sequence == found.Sequence && m.State == MatchResult.WaitingState)
                    .ExecuteUpdateAsync(
                        m => m.SetProperty(s => s.State, MatchResult.MutedState).SetProperty(s => s.Mute, mute.Id), cancellationToken);
            }

            await actions.AddAsync(db, [ActionFacts.Of(mute)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await BeginAsync(cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> LiftAsync(Viewer viewer, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<ISenderMutes>()
            || viewer.WhereMayCall<ISenderMutes>().WholeAuthoritiesOf(ViewerRights.Cases) is not { Length: > 0 } authorities)
        {
            return false;
        }

        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
            var mute = await db.MutedSenders.SingleOrDefaultAsync(
                m => m.Id == id && EF.Parameter(authorities).Contains(m.Authority) && m.LiftedAt == null, cancellationToken);
            if (mute is null) return false;
            (mute.LiftedAt, mute.LiftedBy) = (time.GetUtcNow(), WorklistService.NameOf(viewer));
            (mute.Through, mute.Target) = (0, await LastAsync(db, cancellationToken));
            await db.SaveChangesAsync(cancellationToken);
            await actions.AddAsync(db, [ActionFacts.Of(mute)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await BeginAsync(cancellationToken);
        return true;
    }

    /// <summary>Does the remaining work of mutes and lifts, chunk by chunk; returns the number of statuses examined.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        var announced = false;
        while (await _pass.NextAsync(cancellationToken) is { Looked: > 0 } chunk)
        {
            looked += chunk.Looked;
            announced |= chunk.Changed > 0;
        }

        if (announced) signal.Raise();
        return looked;
    }

    /// <summary>True while a mute or lift of any process has work left.</summary>
    public async Task<bool> IsUnderWayAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MutedSenders.AnyAsync(m => m.Through < m.Target, cancellationToken);
    }

    // The rest is done in the background, in the process that runs <see cref="SenderMuteService"/>.
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var done = false;
        for (var n = 0; n < ChunksAtOnce && !done; n++) done = (await _pass.NextAsync(cancellationToken)).Looked == 0;
        if (!done) _asked.Raise();
        signal.Raise();
    }

    private static async Task<long> LastAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.StatusMatches.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;

    private sealed record Found(long Sequence, string Key, string Authority, bool IsAlone);

    private async Task<Found?> FindAsync(IngestionDbContext db, Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        if (WorkRow.Parse(rowId) is not { Rank: WorkRow.Status } row) return null;
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var (sequence, part) = (WorkRow.SequenceOf(row.Key), WorkRow.PartOf(row.Key));
        var match = await LetterFilter.Statuses(db, kinds, viewer)
            .SingleOrDefaultAsync(m => m.Sequence == sequence && m.Part == part, cancellationToken);
        if (match is null || await contents.ReadAsync(db, sequence, cancellationToken) is not { Bytes: { } bytes }) return null;
        var kind = kinds[match.Kind];
        return SenderName.KeysOf(bytes, kind) is [var key, ..]
            && kind.Authorities().FirstOrDefault(viewer.WholeAuthoritiesOf(ViewerRights.Cases).Contains) is { } authority
            ? new Found(sequence, key, authority, kind.Authorities().Count == 1)
            : null;
    }
}
