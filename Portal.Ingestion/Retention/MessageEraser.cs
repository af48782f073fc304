using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Erases messages within the caller's transaction: the exact bytes, and everything extracted from them in their rows and in the search
/// indexes. These stay: sequence number, BeskedId, hash, size, kind, deliveries and time of receipt.
/// </summary>
internal sealed class MessageEraser(IngestionDbContext db, IErasureRecord record)
{
    /// <summary>Erases those of <paramref name="sequences"/> that are not erased already.</summary>
    /// <returns>The number of messages erased.</returns>
    public async Task<int> EraseAsync(
        IReadOnlyCollection<long> sequences, string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = sequences.ToArray();
        var rows = await db.Messages.AsNoTracking().Where(m => EF.Parameter(wanted).Contains(m.Sequence) && m.ErasedAt == null)
            .OrderBy(m => m.Sequence).Select(m => new { m.Sequence, m.Identifiers }).ToListAsync(cancellationToken);
        long[] erased = [.. rows.Select(r => r.Sequence)];
        if (erased.Length > 0) await db.EraseWordsAsync(erased, cancellationToken);
        foreach (var bucket in rows.GroupBy(r => StoredIdentifier.BucketOf(r.Sequence)))
        {
            var keys = new HashSet<long>();
            var damaged = new List<long>();
            foreach (var row in bucket)
            {
                MessageIdentifiers.Unpack(row.Identifiers, out var whole);
                if (!whole) damaged.Add(row.Sequence);
                MessageIdentifiers.ForEachKey(row.Identifiers, key => keys.Add(key));
            }

            var (number, all, some) = (bucket.Key, keys.ToArray(), bucket.Select(r => r.Sequence).ToArray());
            await db.MessageIdentifiers.Where(i => i.Bucket == number && EF.Parameter(all).Contains(i.Key)
                && EF.Parameter(some).Contains(i.Sequence)).ExecuteDeleteAsync(cancellationToken);

            // The identifiers of a damaged column are unknown, so the whole bucket is searched for the message's rows.
            if (damaged.Count == 0) continue;
            long[] lost = [.. damaged];
            await db.MessageIdentifiers.Where(i => i.Bucket == number && EF.Parameter(lost).Contains(i.Sequence))
                .ExecuteDeleteAsync(cancellationToken);
        }

        await db.HandMatches.Where(h => EF.Parameter(erased).Contains(h.Sequence)).ExecuteDeleteAsync(cancellationToken);
        long[] workRows = [.. (await db.StatusMatches.Where(s => EF.Parameter(erased).Contains(s.Sequence))
            .Select(s => new { s.Sequence, s.Part }).ToListAsync(cancellationToken)).Select(s => WorkRow.KeyOf(s.Sequence, s.Part))
            .Union(erased)];
        await new ActionEraser(db, record).OfStatusesAsync(workRows, rule, now, cancellationToken);
        await db.WorkEntries.Where(w => w.Rank == WorkRow.Status && EF.Parameter(workRows).Contains(w.Key))
            .ExecuteDeleteAsync(cancellationToken);
        await db.WorkItems.Where(w => w.Rank == WorkRow.Status && EF.Parameter(workRows).Contains(w.Key))
            .ExecuteDeleteAsync(cancellationToken);
        await db.StatusMatches.Where(s => EF.Parameter(erased).Contains(s.Sequence)).ExecuteDeleteAsync(cancellationToken);
        await db.MessageContent.Where(c => EF.Parameter(erased).Contains(c.Sequence)).ExecuteDeleteAsync(cancellationToken);
        await db.Messages.Where(m => EF.Parameter(erased).Contains(m.Sequence)).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.ErasedAt, now).SetProperty(x => x.Identifiers, (byte[]?)null)
                .SetProperty(x => x.ErrorText, (string?)null).SetProperty(x => x.Statuses, (string?)null)
                .SetProperty(x => x.CreatedAt, (DateTimeOffset?)null).SetProperty(x => x.RegisteredAt, (DateTimeOffset?)null)
                .SetProperty(x => x.StatusAt, (DateTimeOffset?)null),
            cancellationToken);
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var sequence in erased) record.Record(transaction, sequence, now, rule);
        return erased.Length;
    }
}
