using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>Reads the message log as a viewer may see it.</summary>
internal sealed class MessageReader(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, ContentReader contents, TimeProvider time) : IMessageReader
{
    private const int MaxLimit = 1000;

    // A page's contents are in memory at once, and senders choose how large they are: ten megabytes a message.
    private const long MostBytes = 16 * 1024 * 1024;

    /// <inheritdoc />
    public async Task<Page<MessageView>> ListAsync(
        Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        limit = Math.Clamp(limit, 1, MaxLimit);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var search = await FindAsync(db, kinds, viewer, filter, cancellationToken);
        var found = await new NewestFirstQuery(db, search).ReadAsync(ParseCursor(cursor), limit + 1, cancellationToken);
        var rows = await SettledAsync(db, kinds, found, cancellationToken);
        var held = Held([.. rows.Take(limit)]);
        var page = await new MessageProjection(db, kinds, contents, viewer).BuildAsync(held, objects: true, cancellationToken);
        var isMore = found.Count > limit || held.Count < rows.Count;
        return new Page<MessageView>(
            page, isMore && page.Count > 0 ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc />
    public async Task<LogSlice> ReadAfterAsync(
        Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Reads the last number first, then the kinds: messages written meanwhile belong to the next slice, and every row's kind is known.
        var last = await SettledAsync(db, viewer, cancellationToken);
        if (last <= after) return new LogSlice([], after);

        limit = Math.Clamp(limit, 1, MaxLimit);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var search = await FindAsync(db, kinds, viewer, filter, cancellationToken);
        var rows = search.Kinds.IsEmpty
            ? []
            : await search.Conditions(db.Messages.AsNoTracking()).Where(m => m.Sequence > after && m.Sequence <= last)
                .OrderBy(m => m.Sequence).Take(limit).ToListAsync(cancellationToken);
        var held = Held(rows);
        var items = await new MessageProjection(db, kinds, contents, viewer).BuildAsync(held, objects: true, cancellationToken);
        var isCut = held.Count < rows.Count;
        return new LogSlice(items, isCut || items.Count == limit ? items[^1].Sequence : last) { IsCut = isCut };
    }

    // The first rows whose contents are within the limit together; at least one. A size that was damaged to a huge one hides no neighbour.
    private static List<StoredMessage> Held(List<StoredMessage> rows)
    {
        var (count, bytes) = (0, 0L);
        while (count < rows.Count && ((bytes += Math.Clamp(rows[count].Bytes, 0, MostBytes / 2)) <= MostBytes || count == 0)) count++;
        return count == rows.Count ? rows : rows[..count];
    }

    /// <inheritdoc />
    public async Task<long> LastSequenceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LastAsync(db, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<long> LastSequenceAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SettledAsync(db, viewer, cancellationToken);
    }

    // A viewer with limits sees a status by its letter, so reads only as far as statuses are matched: else it would read past a status
    // before it is known to be within.
    private static async Task<long> SettledAsync(IngestionDbContext db, Viewer viewer, CancellationToken cancellationToken)
    {
        var last = await LastAsync(db, cancellationToken);
        return viewer.Grants.All(g => GrantConditions.IsWhole(g.Limits))
            ? last
            : Math.Min(last, await IdentifierSearch.MatchedAsync(db, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var search = await CountedAsync(db, kinds, viewer, filter, cancellationToken);
        return await new MessageCounter(db, search, time).CountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> VolumeAsync(
        Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(buckets);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(bucket, TimeSpan.Zero);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var search = await CountedAsync(db, kinds, viewer, filter, cancellationToken);
        return await new MessageCounter(db, search, time).VolumeAsync(from, bucket, buckets, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<MessageView?> FindAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, viewer, beskedId, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<MessageDetail?> FindDetailAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, viewer, beskedId, cancellationToken) is not { } view) return null;
        if (await contents.ReadAsync(db, view.Sequence, cancellationToken) is not { Bytes: { } bytes })
            return new MessageDetail(view, null, null, null);

        if (HaendelsesbeskedReader.Read(bytes) is not EnvelopeReading.Understood understood)
            return new MessageDetail(view, null, null, null);
        // By the rights at the message's authority, and not at another of the viewer's.
        var credentials = viewer.May(ViewerRights.Credentials)
            && await RowAsync(db, await kindCache.ReadAsync(db, cancellationToken), viewer, beskedId, cancellationToken,
                ViewerRights.Messages | ViewerRights.Credentials) is not null;
        var status = understood.PostStatus is { } raw ? XmlMasking.Mask(raw) : null;
        return new MessageDetail(view, XmlMasking.Mask(understood.Besked, credentials), status, XmlMasking.Mask(bytes, credentials));
    }

    /// <inheritdoc />
    public async Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.ExactBytes)) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await RowAsync(db, await kindCache.ReadAsync(db, cancellationToken), viewer, beskedId, cancellationToken,
            ViewerRights.Messages | ViewerRights.ExactBytes);
        if (row is null) return null;
        if (await contents.ReadAsync(db, row.Sequence, cancellationToken) is { } reading) return reading.ToBytes();
        return row.ErasedAt is null ? throw new UnreadableContentException(UnreadableReason.Missing) : null;
    }

    private static Task<MessageSearch> FindAsync(
        IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        MessageSearch.ResolveAsync(
            db, kinds, viewer, filter, wanted => kinds.Visible(viewer, ViewerRights.Messages, wanted), cancellationToken);

    // A viewer who may read messages counts those it may see; a viewer who may read only counts gets all of its authorities' messages, of
    // every type, since a number names nobody.
    private static Task<MessageSearch> CountedAsync(
        IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        MessageSearch.ResolveAsync(
            db, kinds, viewer, filter,
            wanted => viewer.May(ViewerRights.Messages)
                ? kinds.Visible(viewer, ViewerRights.Messages, wanted)
                : kinds.OfAuthorities(viewer, ViewerRights.Counts, wanted),
            cancellationToken);

    private async Task<MessageView?> FindAsync(IngestionDbContext db, Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        return await RowAsync(db, kinds, viewer, beskedId, cancellationToken) is { } row
            ? (await new MessageProjection(db, kinds, contents, viewer).BuildAsync([row], objects: true, cancellationToken))[0]
            : null;
    }

    private async Task<StoredMessage?> RowAsync(
        IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer, string beskedId, CancellationToken cancellationToken,
        ViewerRights rights = ViewerRights.Messages)
    {
        if (Identifier.AsBeskedId(beskedId) is not { } id) return null;
        if (await FindAsync(id) is { } found) return found;

        // The id may be another notation of the UUID.
        if (Identifier.Normalise(id) is { } other && other != id && await FindAsync(other) is { } same) return same;
        if (await ShownBeskedId.FindMaskedAsync(db, [id], cancellationToken) is not [var masked]) return null;
        return await VisibleAsync(db.Messages.AsNoTracking().Where(m => m.Sequence == masked.Sequence));

        Task<StoredMessage?> FindAsync(string known) => VisibleAsync(db.MessagesOf([known]));

        async Task<StoredMessage?> VisibleAsync(IQueryable<StoredMessage> one) =>
            await kinds.Visible(viewer, rights).In(db, one).SingleOrDefaultAsync(cancellationToken) is { } row
                ? (await SettledAsync(db, kinds, [row], cancellationToken)).SingleOrDefault()
                : null;
    }

    private static async Task<long> LastAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;

    // A row whose kind was stored after the kinds were read would count as unknown, and its authority was not checked: it is left to the
    // next read.
    private async Task<IReadOnlyList<StoredMessage>> SettledAsync(
        IngestionDbContext db, MessageKindSnapshot kinds, IReadOnlyList<StoredMessage> rows, CancellationToken cancellationToken)
    {
        if (rows.All(r => kinds.Knows(r.Kind))) return rows;
        var now = await kindCache.ReadAsync(db, cancellationToken);
        return [.. rows.Where(r => kinds.Knows(r.Kind) || !now.Knows(r.Kind))];
    }

    private static long? ParseCursor(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before > 0
            ? before
            : throw new FormatException("The cursor is not one of ours.");
    }
}
