using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>
/// A table whose rows have entries in the log of actions: read to take in what stood before, and to compare it with the log.
/// </summary>
/// <param name="Prefix">The start of its entries' ids; the row's number follows.</param>
/// <param name="KeysAfter">The next numbers of rows after one, in order.</param>
/// <param name="RowsOf">What the log says of the rows with these numbers.</param>
internal sealed record ActionTable(string Prefix,
    Func<IngestionDbContext, long, int, CancellationToken, Task<long[]>> KeysAfter,
    Func<IngestionDbContext, CprHash, long[], CancellationToken, Task<IReadOnlyList<JournalDraft>>> RowsOf)
{
    /// <summary>The number of the row in an entry's id; null when the entry is not of this table.</summary>
    public long? KeyOf(string id)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var number = id.AsSpan(Prefix.Length);
        if (number.IndexOf('/') is >= 0 and var end) number = number[..end];
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
    }
}

/// <summary>The tables of which the log of actions tells.</summary>
internal static class ActionTables
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ActionTable> All { get; } =
    [
        new("letter/", (db, after, count, cancel) => db.Letters.Where(l => l.Key > after).OrderBy(l => l.Key).Select(l => l.Key)
            .Take(count).ToArrayAsync(cancel), LettersAsync),
        new("match/", (db, after, count, cancel) => db.HandMatches.Where(m => m.Sequence > after).OrderBy(m => m.Sequence)
            .Select(m => m.Sequence).Distinct().OrderBy(s => s).Take(count).ToArrayAsync(cancel), MatchesAsync),
        new("work/", (db, after, count, cancel) => db.WorkEntries.Where(e => e.Id > after && e.ById != "").OrderBy(e => e.Id)
            .Select(e => e.Id).Take(count).ToArrayAsync(cancel), WorkAsync),
        new("replacement/", (db, after, count, cancel) => db.LetterReplacements.Where(r => r.LetterKey > after).OrderBy(r => r.LetterKey)
            .Select(r => r.LetterKey).Take(count).ToArrayAsync(cancel), ReplacementsAsync),
        new("incident/", (db, after, count, cancel) => db.Incidents.Where(i => i.Id > after).OrderBy(i => i.Id).Select(i => i.Id)
            .Take(count).ToArrayAsync(cancel), async (db, _, keys, cancel) =>
            [.. (await db.Incidents.AsNoTracking().Where(i => EF.Parameter(keys).Contains(i.Id)).ToListAsync(cancel))
                .Select(ActionFacts.Of)]),
        new("hold/", (db, after, count, cancel) => db.CaseHoldEntries.Where(h => h.Id > after).OrderBy(h => h.Id).Select(h => h.Id)
            .Take(count).ToArrayAsync(cancel), async (db, _, keys, cancel) =>
            [.. (await db.CaseHoldEntries.AsNoTracking().Where(h => EF.Parameter(keys).Contains(h.Id)).ToListAsync(cancel))
                .Select(ActionFacts.Of)]),
        new("mute/", (db, after, count, cancel) => db.MutedSenders.Where(m => m.Id > after).OrderBy(m => m.Id).Select(m => m.Id)
            .Take(count).ToArrayAsync(cancel), async (db, _, keys, cancel) =>
            [.. (await db.MutedSenders.AsNoTracking().Where(m => EF.Parameter(keys).Contains(m.Id)).ToListAsync(cancel))
                .Select(ActionFacts.Of)]),
        new(HoldFacts.Prefix, (db, after, count, cancel) => db.QuarantineHolds.Where(h => h.Id > after).OrderBy(h => h.Id).Select(h => h.Id)
            .Take(count).ToArrayAsync(cancel), async (db, _, keys, cancel) =>
            [.. (await db.QuarantineHolds.AsNoTracking().Where(h => EF.Parameter(keys).Contains(h.Id)).ToListAsync(cancel))
                .Select(HoldFacts.Of)]),
        new("meaning/", (db, after, count, cancel) => db.MeaningChanges.Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id)
            .Take(count).ToArrayAsync(cancel), async (db, _, keys, cancel) =>
            [.. (await db.MeaningChanges.AsNoTracking().Where(c => EF.Parameter(keys).Contains(c.Id)).ToListAsync(cancel))
                .Select(ActionFacts.Of)]),
    ];

    // The registration in force has the highest version; those before it are in their own table. By version, so that what is taken in
    // stands in the order in which it happened.
    private static async Task<IReadOnlyList<JournalDraft>> LettersAsync(
        IngestionDbContext db, CprHash hash, long[] keys, CancellationToken cancellationToken)
    {
        var letters = await LettersOfAsync(db, keys, cancellationToken);
        var versions = await db.LetterVersions.AsNoTracking().Where(v => EF.Parameter(keys).Contains(v.LetterKey))
            .OrderBy(v => v.LetterKey).ThenBy(v => v.Version).ToListAsync(cancellationToken);
        return
        [
            .. versions.Where(v => letters.ContainsKey(v.LetterKey))
                .Select(v => ActionFacts.Of(letters[v.LetterKey], v, hash.TryOfText(v.RegistrationJson))),
            .. letters.Values.OrderBy(l => l.Key).Select(l => ActionFacts.Of(l, null, hash.TryOfText(l.RegistrationJson))),
        ];
    }

    private static async Task<IReadOnlyList<JournalDraft>> MatchesAsync(
        IngestionDbContext db, CprHash hash, long[] keys, CancellationToken cancellationToken)
    {
        var matches = await db.HandMatches.AsNoTracking().Where(m => EF.Parameter(keys).Contains(m.Sequence))
            .OrderBy(m => m.Sequence).ThenBy(m => m.Part).ToListAsync(cancellationToken);
        var letters = await LettersOfAsync(db, [.. matches.Select(m => m.LetterKey).Distinct()], cancellationToken);
        return [.. matches.Where(m => letters.ContainsKey(m.LetterKey)).Select(m => ActionFacts.Of(m, letters[m.LetterKey]))];
    }

    private static async Task<IReadOnlyList<JournalDraft>> WorkAsync(
        IngestionDbContext db, CprHash hash, long[] keys, CancellationToken cancellationToken)
    {
        var entries = await db.WorkEntries.AsNoTracking().Where(e => EF.Parameter(keys).Contains(e.Id) && e.ById != "")
            .OrderBy(e => e.Id).ToListAsync(cancellationToken);
        return await ActionLog.OfWorkAsync(db, entries, cancellationToken);
    }

    private static async Task<IReadOnlyList<JournalDraft>> ReplacementsAsync(
        IngestionDbContext db, CprHash hash, long[] keys, CancellationToken cancellationToken)
    {
        var rows = await db.LetterReplacements.AsNoTracking().Where(r => EF.Parameter(keys).Contains(r.LetterKey))
            .OrderBy(r => r.LetterKey).ToListAsync(cancellationToken);
        var letters = await LettersOfAsync(db, keys, cancellationToken);
        return [.. rows.Where(r => letters.ContainsKey(r.LetterKey)).Select(r => ActionFacts.Of(r, letters[r.LetterKey]))];
    }

    private static Task<Dictionary<long, StoredLetter>> LettersOfAsync(
        IngestionDbContext db, long[] keys, CancellationToken cancellationToken) =>
        db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key)).ToDictionaryAsync(l => l.Key, cancellationToken);
}
