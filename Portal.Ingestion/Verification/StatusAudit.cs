using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Matches every status with its letter again, by their identifiers, and compares the result with the stored match: a changed match would
/// change a verdict without changing a message.
/// </summary>
internal sealed class StatusAudit(IngestionDbContext db, IReadOnlyDictionary<int, StoredMessageKind> kinds)
{
    private const int Part = 2000;
    private const int Attempts = 5;

    /// <summary>Statuses that another version matched: only the existence of a match is verified, not the letter.</summary>
    public long Earlier { get; private set; }

    private sealed record Place(int State, long? Letter, int Matcher);

    /// <summary>The first wrongly matched status, up to sequence number <paramref name="size"/>; null when all are right.</summary>
    public async Task<LedgerFinding?> RunAsync(long size, CancellationToken cancellationToken)
    {
        var matched = await db.ReaderPositions.Where(p => p.Reader == LetterMatcher.Reader).Select(p => p.Sequence)
            .FirstOrDefaultAsync(cancellationToken);
        var end = Math.Min(size, matched);
        for (var from = 0L; from < end; from += Part)
        {
            var wrong = await WrongAsync(from, Math.Min(from + Part, end), cancellationToken);

            // Read by several queries: a letter registered meanwhile changes the matches of its statuses, so a wrong status is checked
            // again.
            for (var attempt = 1; wrong is not null && attempt < Attempts; attempt++)
            {
                wrong = await WrongAsync(wrong.Sequence - 1, wrong.Sequence, cancellationToken)
                    ?? await WrongAsync(from, Math.Min(from + Part, end), cancellationToken);
            }
            if (wrong is not null) return wrong;
        }

        return null;
    }

    private async Task<LedgerFinding?> WrongAsync(long after, long to, CancellationToken cancellationToken)
    {
        var messages = await db.Messages.AsNoTracking().Where(m => m.Sequence > after && m.Sequence <= to && m.ErasedAt == null)
            .OrderBy(m => m.Sequence)
            .Select(m => new StoredMessage { Sequence = m.Sequence, Kind = m.Kind, Identifiers = m.Identifiers, BeskedId = "",
                Statuses = m.Statuses, Sha256 = Array.Empty<byte>() }).ToListAsync(cancellationToken);
        var statuses = messages.Where(m => kinds.TryGetValue(m.Kind, out var kind) && kind.IsPostStatus)
            .SelectMany(m => LoggedStatus.Of(m, kinds[m.Kind])).ToList();
        var belongs = await MatchStore.DecideAsync(db, statuses, cancellationToken);
        var stands = await db.StatusMatches.AsNoTracking().Where(m => m.Sequence > after && m.Sequence <= to)
            .ToDictionaryAsync(m => (m.Sequence, m.Part), m => new Place(m.State, m.LetterKey, m.Matcher), cancellationToken);
        var byHand = await db.HandMatches.AsNoTracking().Where(m => m.Sequence > after && m.Sequence <= to)
            .ToDictionaryAsync(m => (m.Sequence, m.Part), m => m.LetterKey, cancellationToken);
        for (var n = 0; n < statuses.Count; n++)
        {
            var (sequence, expected) = (statuses[n].Sequence, belongs[n]);
            if (!stands.Remove((sequence, statuses[n].Part), out var place))
                return Find(sequence, "statussens plads hos sit brev er fjernet");
            if (place.Matcher != StatusMatching.Version || DerivedFacts.IsOfOtherReader(statuses[n].Kind))
            {
                Earlier++;
                continue;
            }

            if (byHand.TryGetValue((sequence, statuses[n].Part), out var hand)
                ? place.Letter == hand && place.State == MatchResult.MatchedState
                : IsAt(place, expected) || await WasTornAsync(place, cancellationToken))
            {
                continue;
            }
            return Find(sequence, "statussen står hos et andet brev, end dens identifikatorer siger, eller hos intet");
        }

        if (stands.Count == 0) return null;
        var erased = await db.Messages.Where(m => m.Sequence > after && m.Sequence <= to && m.ErasedAt != null).Select(m => m.Sequence)
            .ToListAsync(cancellationToken);
        return stands.Keys.Select(k => k.Sequence).Except(erased).Order().Select(s => (long?)s).FirstOrDefault() is { } strange
            ? Find(strange, "en besked, der ikke er en status, er sat ind hos et brev")
            : null;
    }

    // Waiting statuses of a muted sender have the state Muted.
    private static bool IsAt(Place place, MatchResult expected) =>
        place.Letter == expected.LetterKey
        && (place.State == expected.State || (place.State == MatchResult.MutedState && expected.State == MatchResult.WaitingState));

    // An ambiguous status matched several letters, one of which may have been erased since, with its identifiers. Matched statuses are
    // erased with their letter.
    private async Task<bool> WasTornAsync(Place place, CancellationToken cancellationToken) =>
        place.State == MatchResult.AmbiguousState && await db.LetterErasures.AnyAsync(cancellationToken);

    private static LedgerFinding Find(long sequence, string why) => new(sequence, LedgerProblem.StatusMoved, why);
}
