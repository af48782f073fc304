using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Checks every registered letter: an erasure must be signed by the ledger's key and have emptied the letter, an emptied letter must have
/// such an erasure, and the letter's columns must match its registration. A change made consistently everywhere is found by
/// <see cref="ActionAudit"/>, which compares registrations with the log of actions. Findings identify a letter only by its key in the
/// database, since their reader may belong to another authority.
/// </summary>
/// <param name="size">Messages that the ledger covers.</param>
internal sealed class LetterAudit(IngestionDbContext db, VerifierKey key, long size)
{
    private const int Part = 2000;
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);
    private static readonly LetterIdentifiers None = new();

    private sealed record LetterRecord(StoredLetter? Letter, StoredLetterErasure? Erasure, IReadOnlyList<StoredLetterVersion> Versions,
        IReadOnlyList<LetterIdentifier> Identifiers);

    /// <summary>Letters whose identifiers another version extracted: they are not compared.</summary>
    public long Earlier { get; private set; }

    private sealed record Fault(LedgerProblem Problem, string Why);

    /// <summary>The first wrong letter, by key; null when all are right.</summary>
    public async Task<LedgerFinding?> RunAsync(CancellationToken cancellationToken)
    {
        for (var last = 0L; ;)
        {
            var keys = await KeysAfterAsync(last, cancellationToken);
            if (keys.Length == 0) return null;
            foreach (var story in await ReadAsync(keys[0], keys[^1], cancellationToken))
            {
                if (story.Value.Letter is { } read && read.Matcher != StatusMatching.Version) Earlier++;

                // Read by several queries: a letter may have been registered or erased between them, so a wrong one is read again by one
                // query.
                if (FaultOf(story.Value) is null || FaultOf(await ReadAgainAsync(story.Key, cancellationToken)) is not { } fault) continue;
                return await FindAsync(story.Key, fault, cancellationToken);
            }

            last = keys[^1];
        }
    }

    // Also keys from the other tables: the row of a letter may have been removed.
    private async Task<long[]> KeysAfterAsync(long last, CancellationToken cancellationToken)
    {
        var letters = await db.Letters.Where(l => l.Key > last).OrderBy(l => l.Key).Select(l => l.Key).Take(Part)
            .ToListAsync(cancellationToken);
        var erasures = await db.LetterErasures.Where(e => e.LetterKey > last).OrderBy(e => e.LetterKey).Select(e => e.LetterKey).Take(Part)
            .ToListAsync(cancellationToken);
        var identifiers = await db.LetterIdentifiers.Where(i => i.LetterKey > last).OrderBy(i => i.LetterKey).Select(i => i.LetterKey)
            .Take(Part).ToListAsync(cancellationToken);
        return [.. letters.Concat(erasures).Concat(identifiers).Distinct().Order().Take(Part)];
    }

    private async Task<SortedDictionary<long, LetterRecord>> ReadAsync(long from, long to, CancellationToken cancellationToken)
    {
        var letters = await db.Letters.AsNoTracking().Where(l => l.Key >= from && l.Key <= to)
            .ToDictionaryAsync(l => l.Key, cancellationToken);
        var erasures = await db.LetterErasures.AsNoTracking().Where(e => e.LetterKey >= from && e.LetterKey <= to)
            .ToDictionaryAsync(e => e.LetterKey, cancellationToken);
        var versions = (await db.LetterVersions.AsNoTracking().Where(v => v.LetterKey >= from && v.LetterKey <= to)
            .ToListAsync(cancellationToken)).ToLookup(v => v.LetterKey);
        var identifiers = (await db.LetterIdentifiers.AsNoTracking().Where(i => i.LetterKey >= from && i.LetterKey <= to)
            .ToListAsync(cancellationToken)).ToLookup(i => i.LetterKey, i => new LetterIdentifier(i.Kind, i.Value));
        var stories = new SortedDictionary<long, LetterRecord>();
        foreach (var letter in letters.Keys.Concat(erasures.Keys).Concat(identifiers.Select(i => i.Key)).Distinct())
        {
            stories.Add(letter, new LetterRecord(
                letters.GetValueOrDefault(letter), erasures.GetValueOrDefault(letter), [.. versions[letter]], [.. identifiers[letter]]));
        }

        return stories;
    }

    /// <summary>Reads a letter with one statement, which is consistent on both databases.</summary>
    private async Task<LetterRecord> ReadAgainAsync(long letter, CancellationToken cancellationToken)
    {
        var rows = await db.Letters.AsNoTracking().Where(l => l.Key == letter).AsSingleQuery().Select(l => new
        {
            Letter = l, Erasure = db.LetterErasures.FirstOrDefault(e => e.LetterKey == l.Key),
            Versions = db.LetterVersions.Where(v => v.LetterKey == l.Key).ToList(),
            Identifiers = db.LetterIdentifiers.Where(i => i.LetterKey == l.Key).ToList(),
        }).SingleOrDefaultAsync(cancellationToken);
        return rows is null ? new LetterRecord(null, null, [], []) : new LetterRecord(
            rows.Letter, rows.Erasure, rows.Versions, [.. rows.Identifiers.Select(i => new LetterIdentifier(i.Kind, i.Value))]);
    }

    private Fault? FaultOf(LetterRecord story)
    {
        if (story.Letter is not { } letter) return new Fault(LedgerProblem.LetterRemoved, "er fjernet; det, der hører til det, står endnu");
        if (story.Erasure is { } recorded && !ErasureLog.IsGenuine(recorded, letter, key))
            return new Fault(LedgerProblem.ErasureForged, "har en sletning, som portalen ikke har foretaget, eller som er ændret");
        if (RegistrationJson.TryRead(letter.RegistrationJson) is not { } registration)
            return new Fault(LedgerProblem.LetterChanged, "er ændret: registreringen kan ikke læses");
        var erased = story.Erasure?.ErasedAt > letter.RegisteredAt;
        var empty = registration.Identifiers == None;
        if (empty && !erased) return new Fault(LedgerProblem.LetterEmptied, "er tømt, uden at en sletning er registreret");
        if (erased && (!empty || registration.Title != LetterEraser.Erased
            || registration.Recipient != new LetterRecipient(LetterEraser.Erased, null, null) || registration.Documents.Count > 0))
        {
            return new Fault(LedgerProblem.LetterChanged, "er ændret: det har fået indhold, efter at det blev slettet");
        }

        if (!StandsBeside(letter, registration))
            return new Fault(LedgerProblem.LetterChanged, "er ændret: det, der står om brevet, er ikke det, som det er registreret med");
        if (letter.Matcher == StatusMatching.Version && !StatusMatching.Of(registration.Identifiers).ToHashSet()
            .SetEquals(story.Identifiers.Select(i => i with { Value = IdentifierKey.Of(i.Value) })))
        {
            return new Fault(LedgerProblem.LetterChanged, "er ændret: dets identifikatorer er ikke dem, som det er registreret med");
        }
        return story.Versions.Any(v => IsEmptied(v, story.Erasure))
            ? new Fault(LedgerProblem.LetterEmptied, "har en tidligere registrering, der er tømt, uden at en sletning er registreret")
            : null;
    }

    // An earlier registration may be empty only if the letter was erased and then registered again.
    private static bool IsEmptied(StoredLetterVersion version, StoredLetterErasure? erasure) =>
        RegistrationJson.TryRead(version.RegistrationJson) is not { } registration
        || (registration.Identifiers == None
            && !(erasure is not null && erasure.ErasedAt > version.RegisteredAt && erasure.ErasedAt <= version.ReplacedAt));

    private static bool StandsBeside(StoredLetter letter, LetterRegistration registration) =>
        (letter.CaseNumber, letter.CaseType, letter.LetterId, letter.Title)
        == (registration.CaseNumber, registration.CaseType, registration.LetterId, registration.Title)
        && (letter.RecipientName, letter.RecipientId, letter.RecipientIdType)
            == (registration.Recipient.Name, registration.Recipient.Id, registration.Recipient.IdType)
        && letter.Channel == registration.Channel.ToString() && letter.Decision == registration.Decision
        && (letter.SentAt - registration.SentAt).Duration() < Precision;

    /// <summary>
    /// Reports a fault at the letter's first status; without statuses (they are erased with the letter) at the end of the log.
    /// </summary>
    private async Task<LedgerFinding> FindAsync(long letter, Fault fault, CancellationToken cancellationToken)
    {
        var first = await db.StatusMatches.Where(s => s.LetterKey == letter).MinAsync(s => (long?)s.Sequence, cancellationToken);
        return new LedgerFinding(first ?? Math.Max(1, size), fault.Problem,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"brev nr. {letter} i databasen {fault.Why}"));
    }
}
