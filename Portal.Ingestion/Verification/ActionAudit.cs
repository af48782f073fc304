using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Compares what people did, as it is stored, with the log of actions: every row must be what its last entry says, and every entry must
/// still have its row. Its leaves are verified before. Findings name a row by its number in the database, since their reader may belong to
/// another authority.
/// </summary>
internal sealed class ActionAudit(IngestionDbContext db, CprHash hash, long size)
{
    private const int Part = 1000;
    private const int Attempts = 5;

    private static readonly HashSet<string> NotOfRow = ["kind", "id", "at"];

    // The letter of a match or a worklist row is entered as it was then; it may have been corrected, or the row may have none any more.
    private static readonly HashSet<string> OfItsLetter = ["case", "letter"];
    private bool _complete;

    /// <summary>The first difference; null when there is none.</summary>
    public async Task<LedgerFinding?> RunAsync(CancellationToken cancellationToken)
    {
        var number = JournalLog.Actions.Number;
        _complete = await db.Set<StoredJournalEntry>().AnyAsync(e => e.Log == number && e.Id == ActionTakeIn.MarkerId, cancellationToken);
        foreach (var table in ActionTables.All)
        {
            if (await OfRowsAsync(table, cancellationToken) is { } row) return row;
        }

        return await OfEntriesAsync(cancellationToken) ?? await OfHoldsAsync(cancellationToken);
    }

    // Every row has an entry that says the same.
    private async Task<LedgerFinding?> OfRowsAsync(ActionTable table, CancellationToken cancellationToken)
    {
        for (var last = long.MinValue; ;)
        {
            var keys = await table.KeysAfter(db, last, Part, cancellationToken);
            if (keys.Length == 0) return null;
            var rows = await table.RowsOf(db, hash, keys, cancellationToken);
            var entries = await LastEntriesAsync([.. rows.Select(r => r.Id)], cancellationToken);
            foreach (var row in rows)
            {
                if (Differs(row, entries.GetValueOrDefault(row.Id)) && await StillAsync(table, row.Id, cancellationToken) is { } found)
                    return found;
            }

            last = keys[^1];
        }
    }

    // Every entry that is not erased has its row, unless a later entry says that it was undone.
    private async Task<LedgerFinding?> OfEntriesAsync(CancellationToken cancellationToken)
    {
        var number = JournalLog.Actions.Number;
        for (var from = 0L; from < size; from += Part)
        {
            var (first, end) = (from, Math.Min(from + Part, size));
            var entries = await db.Set<StoredJournalEntry>().AsNoTracking()
                .Where(e => e.Log == number && e.Index >= first && e.Index < end).OrderBy(e => e.Index).ToListAsync(cancellationToken);
            foreach (var table in ActionTables.All)
            {
                var ids = entries.Where(e => e.Json is not null && table.KeyOf(e.Id) is not null).Select(e => e.Id).ToHashSet();
                if (ids.Count == 0) continue;
                long[] keys = [.. ids.Select(i => table.KeyOf(i)!.Value).Distinct()];
                var rows = (await table.RowsOf(db, hash, keys, cancellationToken)).Select(r => r.Id).ToHashSet();
                foreach (var id in ids.Where(i => !rows.Contains(i)))
                {
                    if (await StillAsync(table, id, cancellationToken) is { } found) return found;
                }
            }
        }

        return null;
    }

    // A hold is what keeps a case from being erased: it must be what the last line of its history says.
    private async Task<LedgerFinding?> OfHoldsAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var history = await db.CaseHoldEntries.AsNoTracking().OrderBy(h => h.Id).ToListAsync(cancellationToken);
            var holds = (await db.CaseHolds.AsNoTracking().ToListAsync(cancellationToken))
                .Select(h => (h.Authority, Key: IdentifierKey.Of(h.CaseNumber))).ToHashSet();
            var last = history.GroupBy(h => (h.Authority, Key: IdentifierKey.Of(h.CaseNumber))).ToDictionary(g => g.Key, g => g.Last());
            var wrong = last.Where(h => h.Value.On != holds.Contains(h.Key)).Select(h => h.Value).FirstOrDefault();
            var strange = holds.Any(h => !last.ContainsKey(h));
            if (wrong is null && !strange) return null;

            // A hold set between the two reads looks wrong once.
            if (attempt < Attempts) continue;
            return wrong is null
                ? new LedgerFinding(Math.Max(1, size), LedgerProblem.ActionChanged,
                    "en sag er undtaget fra sletning, uden at nogen har gjort det i portalen")
                : new LedgerFinding(await LeafOfAsync(ActionFacts.Of(wrong).Id, cancellationToken), LedgerProblem.ActionChanged,
                    wrong.On
                        ? "en undtagelse fra sletning er fjernet, uden at det er ført ind"
                        : "en sag er undtaget fra sletning, uden at det er ført ind");
        }
    }

    // Rows and entries are read by several queries, and people act meanwhile: what looks wrong is read again.
    private async Task<LedgerFinding?> StillAsync(ActionTable table, string id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = (await LastEntriesAsync([id], cancellationToken)).GetValueOrDefault(id);
            var row = (await table.RowsOf(db, hash, [table.KeyOf(id)!.Value], cancellationToken)).SingleOrDefault(r => r.Id == id);
            var entry = (await LastEntriesAsync([id], cancellationToken)).GetValueOrDefault(id);
            if ((before?.Index != entry?.Index || before?.ErasedAt != entry?.ErasedAt) && attempt < Attempts) continue;
            if (row is not null)
            {
                return !Differs(row, entry) ? null
                    : entry is null
                        ? new LedgerFinding(
                            Math.Max(1, size), LedgerProblem.ActionChanged, $"{id} er lavet, uden at det er ført ind i loggen")
                        : Find(entry, $"{id} er ændret: det, der er gemt, er ikke det, der er ført ind");
            }

            return entry?.Json is null || ActionKinds.Plain(entry.Kind) == ActionKinds.StatusUnassigned
                ? null
                : Find(entry, $"{id} er fjernet, uden at det er ført ind i loggen");
        }
    }

    private async Task<Dictionary<string, StoredJournalEntry>> LastEntriesAsync(string[] ids, CancellationToken cancellationToken)
    {
        var number = JournalLog.Actions.Number;
        var entries = await db.Set<StoredJournalEntry>().AsNoTracking().Where(e => e.Log == number && EF.Parameter(ids).Contains(e.Id))
            .ToListAsync(cancellationToken);
        return entries.GroupBy(e => e.Id).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Index)!);
    }

    private async Task<long> LeafOfAsync(string id, CancellationToken cancellationToken) =>
        ((await LastEntriesAsync([id], cancellationToken)).GetValueOrDefault(id)?.Index ?? (size - 1)) + 1;

    private bool Differs(JournalDraft row, StoredJournalEntry? entry)
    {
        // Before all has been taken in, a row without an entry may be one that still waits.
        if (entry is null) return _complete;

        // Erased under a signed rule: the letter's own erasure is verified with the letters.
        if (entry.Json is null) return false;
        if (ActionKinds.Plain(entry.Kind) != row.Kind || entry.Authority != row.Authority || entry.StatusKey != row.StatusKey) return true;
        if (row.LetterKey is { } letter ? entry.LetterKey != letter : row.StatusKey is null && entry.CaseKey != row.CaseKey) return true;
        var ownsLetter = row.Id.StartsWith("letter/", StringComparison.Ordinal) || row.Id.StartsWith("hold/", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(entry.Json);
        var entered = json.RootElement.EnumerateObject().Where(f => IsCompared(f.Name, ownsLetter))
            .ToDictionary(f => f.Name, f => f.Value.GetRawText());
        var stored = row.Facts.Where(f => IsCompared(f.Key, ownsLetter)).ToDictionary(f => f.Key, f => CanonicalJson.WriteOne(f.Value));

        // Without the key of the search, as for a copy of the database, the masked facts alone are compared.
        if (!stored.ContainsKey("registration")) entered.Remove("registration");
        return entered.Count != stored.Count || entered.Any(f => !stored.TryGetValue(f.Key, out var value) || !Same(f.Value, value));
    }

    private static bool IsCompared(string fact, bool ownsLetter) =>
        !NotOfRow.Contains(fact) && (ownsLetter || !OfItsLetter.Contains(fact));

    // A later version may mask numbers that an earlier one did not know.
    private static bool Same(string entered, string stored) => entered == stored || CprNumber.MaskIn(entered) == stored;

    private static LedgerFinding Find(StoredJournalEntry entry, string why) => new(entry.Index + 1, LedgerProblem.ActionChanged, why);
}
