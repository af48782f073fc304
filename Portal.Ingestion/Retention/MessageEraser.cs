using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Erases messages within the caller's transaction: the exact bytes, and everything in their rows and in the searches that came out of them.
/// What stays says nothing of anyone: number, BeskedId, hash, size, kind and time of receipt.
/// </summary>
internal sealed class MessageEraser(IngestionDbContext db, ContentReader contents, IErasureRecord record)
{
    /// <summary>Erases those of <paramref name="sequences"/> that are not erased already.</summary>
    /// <returns>How many were erased.</returns>
    public async Task<int> EraseAsync(IReadOnlyCollection<long> sequences, string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = sequences.ToArray();
        var rows = await db.Messages.AsNoTracking().Where(m => EF.Parameter(wanted).Contains(m.Sequence) && m.ErasedAt == null)
            .OrderBy(m => m.Sequence).Select(m => new { m.Sequence, m.Identifiers, m.ErrorText }).ToListAsync(cancellationToken);
        long[] erased = [.. rows.Select(r => r.Sequence)];
        await ForgetErrorWordsAsync(rows.Where(r => r.ErrorText is not null).ToDictionary(r => r.Sequence, r => r.ErrorText!), cancellationToken);
        foreach (var bucket in rows.GroupBy(r => StoredIdentifier.BucketOf(r.Sequence)))
        {
            var keys = new HashSet<long>();
            foreach (var row in bucket) MessageIdentifiers.ForEachKey(row.Identifiers, key => keys.Add(key));
            var (number, all, some) = (bucket.Key, keys.ToArray(), bucket.Select(r => r.Sequence).ToArray());
            await db.MessageIdentifiers.Where(i => i.Bucket == number && EF.Parameter(all).Contains(i.Key) && EF.Parameter(some).Contains(i.Sequence)).ExecuteDeleteAsync(cancellationToken);
        }

        await db.HandMatches.Where(h => EF.Parameter(erased).Contains(h.Sequence)).ExecuteDeleteAsync(cancellationToken);
        await db.WorkEntries.Where(w => w.Rank == WorkRow.Status && EF.Parameter(erased).Contains(w.Key)).ExecuteDeleteAsync(cancellationToken);
        await db.WorkItems.Where(w => w.Rank == WorkRow.Status && EF.Parameter(erased).Contains(w.Key)).ExecuteDeleteAsync(cancellationToken);
        await db.StatusMatches.Where(s => EF.Parameter(erased).Contains(s.Sequence)).ExecuteDeleteAsync(cancellationToken);
        await db.MessageContent.Where(c => EF.Parameter(erased).Contains(c.Sequence)).ExecuteDeleteAsync(cancellationToken);
        await db.Messages.Where(m => EF.Parameter(erased).Contains(m.Sequence)).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.ErasedAt, now).SetProperty(x => x.Identifiers, (byte[]?)null).SetProperty(x => x.ErrorText, (string?)null)
                .SetProperty(x => x.CreatedAt, (DateTimeOffset?)null).SetProperty(x => x.RegisteredAt, (DateTimeOffset?)null).SetProperty(x => x.StatusAt, (DateTimeOffset?)null),
            cancellationToken);
        var transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var sequence in erased) record.Record(transaction, sequence, now, rule);
        return erased.Length;
    }

    private async Task ForgetErrorWordsAsync(Dictionary<long, string> kept, CancellationToken cancellationToken)
    {
        if (kept.Count == 0) return;
        long[] sequences = [.. kept.Keys];
        if (db.Database.ProviderName?.Contains("Sqlite", StringComparison.Ordinal) != true)
        {
            await db.Database.ExecuteSqlRawAsync(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM \"ErrorSearch\" WHERE \"Sequence\" IN ({string.Join(',', sequences)})"), cancellationToken);
            return;
        }

        // SQLite's index keeps no text of its own: it forgets a row when it is told the words that it was given. Without secure-delete it would only note
        // that they do not count any more.
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "ErrorSearch" ("ErrorSearch", "rank") VALUES ('secure-delete', 1)""", cancellationToken);
        foreach (var (sequence, bytes) in await contents.ReadAsync(db, sequences, cancellationToken))
        {
            if (HaendelsesbeskedReader.Read(bytes) is not EnvelopeReading.Understood { PostStatus.FejlTekst: { } said }) continue;

            // An earlier version gave the words masked by its own rule, and the row has their beginning.
            var words = CprNumber.MaskIn(said);
            if (!words.StartsWith(kept[sequence], StringComparison.Ordinal) && XmlMasking.MaskKept(said) is { } former && former.StartsWith(kept[sequence], StringComparison.Ordinal)) words = former;
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "ErrorSearch" ("ErrorSearch", "rowid", "Words") VALUES ('delete', {sequence}, {words})""", cancellationToken);
        }
    }
}
