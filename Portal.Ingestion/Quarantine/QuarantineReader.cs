using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Quarantine;

/// <summary>Reads and retries the quarantine as a viewer may.</summary>
internal sealed class QuarantineReader(IDbContextFactory<IngestionDbContext> contexts, ContentReader contents, IMessageStore store, LogSignal signal) : IQuarantineReader
{
    private const int MaxLimit = 1000;

    /// <inheritdoc />
    public async Task<Page<QuarantinedMessage>> ListAsync(Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        limit = Math.Clamp(limit, 1, MaxLimit);
        var waiting = Waiting(db, viewer);
        if (reason is { } wanted)
        {
            var name = wanted.ToWire();
            waiting = waiting.Where(q => q.Reason == name);
        }

        if (!string.IsNullOrEmpty(cursor))
        {
            var before = ParseId(cursor) ?? throw new FormatException("The cursor is not one of ours.");
            waiting = waiting.Where(q => q.Id < before);
        }

        var rows = await waiting.OrderByDescending(q => q.Id).Take(limit + 1)
            .Select(q => new { q.Id, q.Reason, q.Detail, q.Transport, q.ReceivedAt, q.Bytes, q.BeskedId, q.Deliveries })
            .ToListAsync(cancellationToken);
        var page = rows.Take(limit).Select(q => new QuarantinedMessage(
            q.Id.ToString(CultureInfo.InvariantCulture), ReasonOf(q.Reason), q.Detail, q.Transport, q.ReceivedAt, q.Bytes, XmlMasking.MaskIdentifier(q.BeskedId), q.Deliveries)).ToList();
        return new Page<QuarantinedMessage>(page, rows.Count > limit ? page[^1].Id : null);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Waiting(db, viewer).LongCountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (ParseId(id) is not { } key) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Waiting(db, viewer).Where(q => q.Id == key).Select(q => new { q.Encoding, q.Content }).SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : await contents.DecompressAsync(db, row.Encoding, row.Content, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.Operate) || ParseId(id) is not { } key) return null;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Waiting(db, viewer).AnyAsync(q => q.Id == key, cancellationToken)) return null;
        }

        var outcome = await store.TryAgainAsync(key, cancellationToken);
        signal.Raise();
        return outcome;
    }

    internal static IQueryable<QuarantinedContent> Waiting(IngestionDbContext db, Viewer viewer)
    {
        var authorities = viewer.May(ViewerRights.Quarantine) ? viewer.Authorities.ToArray() : [];
        return db.Quarantine.AsNoTracking().Where(q => q.ResolvedAt == null && authorities.Contains(q.Authority));
    }

    private static QuarantineReason ReasonOf(string wire) => QuarantineReasons.FromWire(wire);

    internal static long? ParseId(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
}
