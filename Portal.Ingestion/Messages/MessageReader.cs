using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Messages;

/// <summary>Reads the message log as a viewer may see it.</summary>
internal sealed class MessageReader(IDbContextFactory<IngestionDbContext> contexts) : IMessageReader
{
    private const int MaxLimit = 1000;

    /// <inheritdoc />
    public async Task<Page<MessageView>> ListAsync(Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        limit = Math.Clamp(limit, 1, MaxLimit);
        var messages = Find(db, viewer, filter);
        if (ParseCursor(cursor) is { } before) messages = messages.Where(m => m.Sequence < before);
        var rows = await MessageProjection.Rows(db, messages.OrderByDescending(m => m.Sequence).Take(limit + 1), viewer)
            .OrderByDescending(r => r.Message.Sequence).ToListAsync(cancellationToken);
        var page = rows.Take(limit).Select(MessageProjection.ToView).ToList();
        return new Page<MessageView>(page, rows.Count > limit ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc />
    public async Task<LogSlice> ReadAfterAsync(Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Read first: whatever is written meanwhile belongs to the next slice.
        var last = await LastAsync(db, cancellationToken);
        if (last <= after) return new LogSlice([], after);

        limit = Math.Clamp(limit, 1, MaxLimit);
        var messages = Find(db, viewer, filter).Where(m => m.Sequence > after && m.Sequence <= last).OrderBy(m => m.Sequence).Take(limit);
        var rows = await MessageProjection.Rows(db, messages, viewer).OrderBy(r => r.Message.Sequence).ToListAsync(cancellationToken);
        var items = rows.Select(MessageProjection.ToView).ToList();
        return new LogSlice(items, items.Count == limit ? items[^1].Sequence : last);
    }

    /// <inheritdoc />
    public async Task<long> LastSequenceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LastAsync(db, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new MessageCount(await Count(db, viewer, filter).LongCountAsync(cancellationToken));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> VolumeAsync(
        Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(buckets);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(bucket, TimeSpan.Zero);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var to = from + (bucket * buckets);
        var (start, width) = (from.UtcTicks, bucket.Ticks);
        var counted = await Count(db, viewer, filter).Where(m => m.ReceivedAt >= from && m.ReceivedAt < to)
            .GroupBy(m => ((long)(object)m.ReceivedAt - start) / width)
            .Select(g => new { Bucket = g.Key, Count = g.LongCount() })
            .ToListAsync(cancellationToken);
        var volume = new long[buckets];
        foreach (var part in counted) volume[part.Bucket] = part.Count;
        return volume;
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
        if (await BytesAsync(db, view.Sequence, cancellationToken) is not { } bytes) return new MessageDetail(view, null, null, null);

        var credentials = viewer.May(ViewerRights.Credentials);
        var xml = XmlMasking.Mask(bytes, credentials);
        return HaendelsesbeskedReader.Read(bytes) is EnvelopeReading.Understood understood
            ? new MessageDetail(view, XmlMasking.Mask(understood.Besked, credentials), understood.PostStatus is { } status ? XmlMasking.Mask(status) : null, xml)
            : new MessageDetail(view, null, null, xml);
    }

    /// <inheritdoc />
    public async Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.ExactBytes)) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = Identifier.Normalise(beskedId);
        var sequence = await ViewerFilter.Messages(db, viewer).Where(m => m.BeskedId == id).Select(m => (long?)m.Sequence).SingleOrDefaultAsync(cancellationToken);
        return sequence is null ? null : await BytesAsync(db, sequence.Value, cancellationToken);
    }

    private static IQueryable<StoredMessage> Find(IngestionDbContext db, Viewer viewer, MessageFilter filter) =>
        MessageSearch.Matching(db, ViewerFilter.Messages(db, viewer), filter, viewer);

    // Who reads messages counts those; who reads counts alone counts the authority's, of every type, since a number names no one.
    private static IQueryable<StoredMessage> Count(IngestionDbContext db, Viewer viewer, MessageFilter filter) => MessageSearch.Matching(
        db, viewer.May(ViewerRights.Messages) ? ViewerFilter.Messages(db, viewer) : ViewerFilter.OfAuthorities(db, viewer, ViewerRights.Counts), filter, viewer);

    private static async Task<MessageView?> FindAsync(IngestionDbContext db, Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        var id = Identifier.Normalise(beskedId);
        var rows = await MessageProjection.Rows(db, ViewerFilter.Messages(db, viewer).Where(m => m.BeskedId == id), viewer).ToListAsync(cancellationToken);
        return rows is [var row] ? MessageProjection.ToView(row) : null;
    }

    private static async Task<byte[]?> BytesAsync(IngestionDbContext db, long sequence, CancellationToken cancellationToken)
    {
        var content = await db.MessageContent.AsNoTracking().SingleOrDefaultAsync(c => c.Sequence == sequence, cancellationToken);
        return content is null ? null : ContentCodec.Decompress(content.Encoding, content.Content);
    }

    private static async Task<long> LastAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;

    private static long? ParseCursor(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before > 0
            ? before
            : throw new FormatException("The cursor is not one of ours.");
    }
}
