using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>The result of a chunk.</summary>
/// <param name="Looked">Statuses that were examined; 0 when nothing is left to do.</param>
/// <param name="Changed">Statuses that were muted or unmuted.</param>
internal readonly record struct MuteChunk(int Looked, int Changed);

/// <summary>
/// Mutes the waiting statuses of muted senders, and unmutes those of a lifted mute, a chunk at a time. Contents are read and parsed without
/// a lock; only the update of a chunk takes the write lock. Each mute stores its position, so a killed process loses at most one chunk, and
/// several processes may run at once: a chunk is dropped when another process has moved its mutes.
/// </summary>
/// <param name="chunk">Statuses in a chunk.</param>
internal sealed class MutePass(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, ContentReader contents, WriteGate gate,
    int chunk = MutePass.ChunkSize)
{
    /// <summary>Statuses in a chunk: the write lock is held for some milliseconds.</summary>
    public const int ChunkSize = 500;

    // When nothing waits, the mutes' positions follow the log in steps of this many sequence numbers, so that the log is not scanned again
    // and the write lock is not taken for each status.
    private const int Stride = 10_000;

    /// <summary>Does the next chunk.</summary>
    public async Task<MuteChunk> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var mutes = await db.MutedSenders.AsNoTracking().OrderBy(m => m.Id).ToListAsync(cancellationToken);
        if (mutes.Count == 0) return default;
        var adopted = await AdoptAsync(db, mutes, cancellationToken);
        if (adopted.Looked > 0) return adopted;
        return mutes.Find(m => m.LiftedAt is not null && m.Through < m.Target) is { } lifted
            ? await SetBackAsync(db, lifted, mutes, cancellationToken)
            : await PutAsideAsync(db, mutes.FindAll(m => m.LiftedAt is null), cancellationToken);
    }

    private async Task<MuteChunk> PutAsideAsync(IngestionDbContext db, List<StoredMutedSender> mutes, CancellationToken cancellationToken)
    {
        if (mutes.Count == 0) return default;

        // Starts at the lowest position: a newer mute examines what older mutes have passed, then all continue together.
        var from = mutes.Min(m => m.Through);
        // A mute's target may be higher than the last status when that was erased since; new statuses have higher numbers than the target.
        var end = Math.Max(await db.StatusMatches.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0, mutes.Max(m => m.Target));
        var waiting = await db.StatusMatches.AsNoTracking().Where(m => m.Sequence > from && m.State == MatchResult.WaitingState)
            .OrderBy(m => m.Sequence).Take(chunk).ToListAsync(cancellationToken);
        if (waiting.Count == 0 && mutes.TrueForAll(m => m.Through >= m.Target) && end - from < Stride) return default;
        var last = waiting.Count == chunk ? waiting[^1].Sequence : Math.Max(end, waiting.Count > 0 ? waiting[^1].Sequence : 0);
        var muted = await MutedAsync(db, waiting, mutes, cancellationToken);
        var changed = 0;
        await WriteAsync(db, mutes.FindAll(m => m.Through < last), last, async () =>
        {
            foreach (var (mute, sequences) in muted)
            {
                changed +=
                    await db.StatusMatches.Where(m => EF.Parameter(sequences).Contains(m.Sequence) && m.State == MatchResult.WaitingState)
                        .ExecuteUpdateAsync(
                            m => m.SetProperty(s => s.State, MatchResult.MutedState).SetProperty(s => s.Mute, mute), cancellationToken);
            }
        }, cancellationToken);
        return new MuteChunk(waiting.Count, changed);
    }

    // A status of several authorities is muted when all of them have muted its sender, and is stored with the mute of its first authority.
    private async Task<List<(long Mute, long[] Sequences)>> MutedAsync(
        IngestionDbContext db, List<StoredStatusMatch> waiting, List<StoredMutedSender> mutes, CancellationToken cancellationToken)
    {
        var bySender = mutes.GroupBy(m => (m.Authority, m.Sender)).ToDictionary(g => g.Key, g => g.First().Id);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var concerned = mutes.Select(m => m.Authority).ToHashSet(StringComparer.Ordinal);
        var asked = waiting.Where(w => kinds[w.Kind].Authorities().All(concerned.Contains)).ToList();
        var bytes = await contents.ReadAsync(db, [.. asked.Select(w => w.Sequence)], cancellationToken);
        var found = new List<(long Mute, long Sequence)>();
        foreach (var status in asked)
        {
            // A status whose bytes are unreadable or erased does not name its sender, so it stays on the worklist.
            if (bytes.GetValueOrDefault(status.Sequence).Bytes is not { } content) continue;
            var kind = kinds[status.Kind];
            var keys = SenderName.KeysOf(content, kind);
            long?[] by = [.. kind.Authorities().Select(a => keys.Select(k => bySender.TryGetValue((a, k), out var id) ? id : (long?)null)
                .FirstOrDefault(id => id is not null))];
            if (by.All(id => id is not null)) found.Add((by[0]!.Value, status.Sequence));
        }

        return [.. found.GroupBy(f => f.Mute).Select(g => (g.Key, g.Select(f => f.Sequence).ToArray()))];
    }

    private async Task<MuteChunk> SetBackAsync(
        IngestionDbContext db, StoredMutedSender lifted, List<StoredMutedSender> mutes, CancellationToken cancellationToken)
    {
        // The statuses that this mute covers, and those of several authorities that are stored with another authority's mute of the same
        // sender.
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        int[] shared = [.. kinds.Where(k => k.OtherAuthorities is not null && k.Authorities().Contains(lifted.Authority)).Ids];
        long[] same = [.. mutes.Where(m => m.Authority != lifted.Authority && m.Sender == lifted.Sender).Select(m => m.Id)];
        var (id, from) = (lifted.Id, lifted.Through);
        var aside = db.StatusMatches.AsNoTracking().Where(m => m.Sequence > from && m.State == MatchResult.MutedState);
        var own = await aside.Where(m => m.Mute == id).OrderBy(m => m.Sequence).Take(chunk).Select(m => m.Sequence)
            .ToListAsync(cancellationToken);
        var others = shared.Length == 0 || same.Length == 0 ? [] : await aside
            .Where(m => m.Mute != null && EF.Parameter(same).Contains(m.Mute.Value) && EF.Parameter(shared).Contains(m.Kind))
            .OrderBy(m => m.Sequence).Take(chunk).Select(m => m.Sequence).ToListAsync(cancellationToken);
        long[] sequences = [.. own.Concat(others).Order().Take(chunk)];
        var last = sequences.Length == chunk ? sequences[^1] : Math.Max(lifted.Target, sequences.Length > 0 ? sequences[^1] : 0);
        var changed = 0;
        await WriteAsync(db, [lifted], last, async () => changed = await db.StatusMatches
            .Where(m => EF.Parameter(sequences).Contains(m.Sequence) && m.State == MatchResult.MutedState)
            .ExecuteUpdateAsync(m => m.SetProperty(s => s.State, MatchResult.WaitingState).SetProperty(s => s.Mute, (long?)null),
                cancellationToken), cancellationToken);
        return new MuteChunk(Math.Max(sequences.Length, 1), changed);
    }

    /// <summary>
    /// Handles statuses muted by an earlier version, which did not store the mute: each gets its mute, or waits again when no mute covers
    /// it.
    /// </summary>
    private async Task<MuteChunk> AdoptAsync(IngestionDbContext db, List<StoredMutedSender> mutes, CancellationToken cancellationToken)
    {
        var orphans = await db.StatusMatches.AsNoTracking().Where(m => m.State == MatchResult.MutedState && m.Mute == null).Take(chunk)
            .ToListAsync(cancellationToken);
        if (orphans.Count == 0) return default;
        var active = mutes.FindAll(m => m.LiftedAt is null);
        var muted = await MutedAsync(db, orphans, active, cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);

        // Earlier versions did not read the sending system from the envelope and muted by channel: such a mute keeps its statuses.
        var byChannel = active.GroupBy(m => (m.Authority, m.Sender)).ToDictionary(g => g.Key, g => g.First().Id);
        var named = muted.SelectMany(m => m.Sequences).ToHashSet();
        muted.AddRange(orphans.Where(o => !named.Contains(o.Sequence))
            .Select(o => (Id: SenderName.ChannelOf(kinds[o.Kind]) is [var key]
                && byChannel.TryGetValue((kinds[o.Kind].Authority, key), out var id) ? id : 0, o.Sequence))
            .Where(o => o.Id != 0).GroupBy(o => o.Id).Select(g => (g.Key, g.Select(o => o.Sequence).ToArray())));
        long[] free = [.. orphans.Select(o => o.Sequence).Except(muted.SelectMany(m => m.Sequences))];
        await WriteAsync(db, [], 0, async () =>
        {
            foreach (var (mute, sequences) in muted)
            {
                await db.StatusMatches.Where(m => EF.Parameter(sequences).Contains(m.Sequence) && m.State == MatchResult.MutedState)
                    .ExecuteUpdateAsync(m => m.SetProperty(s => s.Mute, mute), cancellationToken);
            }

            await db.StatusMatches
                .Where(m => EF.Parameter(free).Contains(m.Sequence) && m.State == MatchResult.MutedState && m.Mute == null)
                .ExecuteUpdateAsync(m => m.SetProperty(s => s.State, MatchResult.WaitingState), cancellationToken);
        }, cancellationToken);
        return new MuteChunk(orphans.Count, free.Length);
    }

    /// <summary>
    /// Writes a chunk and moves these mutes' positions in one short transaction; does nothing when one of them was lifted or moved
    /// meanwhile.
    /// </summary>
    private async Task WriteAsync(
        IngestionDbContext db, List<StoredMutedSender> moved, long last, Func<Task> write, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        long[] ids = [.. moved.Select(m => m.Id)];
        var now = await db.MutedSenders.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, cancellationToken);
        if (!moved.TrueForAll(m => now.TryGetValue(m.Id, out var same) && same.Through == m.Through && same.LiftedAt == m.LiftedAt)) return;
        await write();
        await db.MutedSenders.Where(m => EF.Parameter(ids).Contains(m.Id))
            .ExecuteUpdateAsync(m => m.SetProperty(s => s.Through, last), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
