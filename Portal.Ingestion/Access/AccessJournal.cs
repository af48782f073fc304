using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Access;

/// <summary>Enters and reads the access log in the database. There is no second table: what is read is what is signed.</summary>
internal sealed class AccessJournal(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, IJournalAppender journal, CprHash hash, LedgerKey key)
    : IAccessJournal
{
    private const int MaxLimit = 1000;
    private const int MostInOne = 1000;

    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<AccessRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (var part in records.Chunk(MostInOne))
        {
            // Made before the lock is taken, so that others write meanwhile.
            var drafts = part.Select(r => r.ToDraft(hash)).ToList();
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await journal.AppendAsync(transaction.GetDbTransaction(), JournalLog.Access, drafts, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public Task AppendAsync(DbTransaction transaction, IReadOnlyList<AccessRecord> records, CancellationToken cancellationToken) =>
        journal.AppendAsync(transaction, JournalLog.Access, [.. records.Select(r => r.ToDraft(hash))], cancellationToken);

    /// <inheritdoc />
    public async Task<Page<AccessLine>> ReadAsync(
        IReadOnlyCollection<string> authorities, AccessQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var before = long.MaxValue;
        if (!string.IsNullOrEmpty(cursor) && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            throw new FormatException("The cursor is not one of ours.");
        limit = Math.Clamp(limit, 1, MaxLimit);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<AccessLine>();
        var rows = Matching(db, [.. authorities], query);
        var words = new AccessWords(query);

        // The database finds what is near the texts, and each line decides: a fact's name or a neighbour's value is not a hit.
        while (found.Count <= limit)
        {
            var (last, take) = (before, words.IsEmpty ? limit + 1 : MaxLimit);
            var part = await rows.Where(e => e.Index < last).OrderByDescending(e => e.Index).Take(take).ToListAsync(cancellationToken);
            foreach (var entry in part)
            {
                if (AccessRecord.Read(entry) is { } record && words.Match(record)) found.Add(new AccessLine(entry.Index + 1, record));
            }

            if (part.Count < take) break;
            before = part[^1].Index;
        }

        var page = found.Take(limit).ToList();
        return new Page<AccessLine>(
            page, found.Count > limit ? (page[^1].Number - 1).ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc />
    public async Task<AccessHead> HeadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (number, verifier) = (JournalLog.Access.Number, JournalLog.Access.KeyOf(key.Verifier));
        var head = await db.Set<StoredJournalHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Log == number, cancellationToken)
            ?? throw new LedgerDamagedException("The head is gone.");
        return new AccessHead(head.ToCheckpoint(verifier), verifier.ToString());
    }

    private IQueryable<StoredJournalEntry> Matching(IngestionDbContext db, string[] authorities, AccessQuery query)
    {
        var number = JournalLog.Access.Number;
        var ofCase = !string.IsNullOrWhiteSpace(query.CaseNumber);
        var rows = (ofCase ? db.EntriesByKey(JournalLog.Access) : db.Set<StoredJournalEntry>().Where(e => e.Log == number)).AsNoTracking()
            .Where(e => e.Json != null && EF.Parameter(authorities).Contains(e.Authority));
        if (query.Kind is { } kind)
        {
            var earlier = $"earlier/{kind}";
            rows = rows.Where(e => e.Kind == kind || e.Kind == earlier);
        }

        if (query.From is { } from) rows = rows.Where(e => e.At >= from);
        if (query.To is { } to) rows = rows.Where(e => e.At < to);
        if (ofCase)
        {
            var caseKey = AccessRecord.CaseKeyOf(query.CaseNumber!, hash);
            rows = rows.Where(e => e.CaseKey == caseKey);
        }

        foreach (var pattern in AccessWords.Patterns(query))
        {
            var (words, ids, cases) = (pattern.Words, pattern.Ids, pattern.Case);
            rows = rows.Where(e => EF.Functions.Like(e.Json!, words, "\\") || EF.Functions.Like(e.Json!, ids, "\\")
                || EF.Functions.Like(e.CaseKey!, cases, "\\"));
        }

        return rows;
    }
}
