using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Registers letters and looks again at every status that carries one of their identifiers, so that it never matters which came first.
/// </summary>
public sealed class LetterRegistry(
    IDbContextFactory<IngestionDbContext> contexts, KindBook book, WriteGate gate, LogSignal signal, PortalSettings settings, CprHash cprHash, TimeProvider time) : ILetterRegistry, ILetterPreview
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<RegistrationOutcome>> PreviewAsync(Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.RegisterLetters) || viewer.OwnAuthority is not { } authority) throw new UnauthorizedAccessException("The viewer may not register letters.");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = new Dictionary<string, LetterRegistration?>(StringComparer.Ordinal);
        foreach (var ids in letters.Select(l => l.LetterId).Distinct().Chunk(500))
        {
            var stored = await db.Letters.AsNoTracking().Where(l => l.Authority == authority && EF.Parameter(ids).Contains(l.LetterId)).Select(l => new { l.LetterId, l.RegistrationJson }).ToListAsync(cancellationToken);
            foreach (var letter in stored) known.Add(letter.LetterId, RegistrationJson.TryRead(letter.RegistrationJson));
        }

        var outcomes = new List<RegistrationOutcome>();
        foreach (var letter in letters.Select(l => l with { SentAt = l.SentAt.ToUniversalTime() }))
        {
            // A later line of the same letter corrects the earlier one.
            outcomes.Add(!known.TryGetValue(letter.LetterId, out var before) ? RegistrationOutcome.Created : before == letter ? RegistrationOutcome.Unchanged : RegistrationOutcome.Corrected);
            known[letter.LetterId] = letter;
        }

        return outcomes;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.RegisterLetters) || viewer.OwnAuthority is not { } authority)
        {
            throw new UnauthorizedAccessException("The viewer may not register letters.");
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeTurnAsync(WriteTurn.Letters, cancellationToken);
        var (outcomes, changed, values) = await StoreAsync(db, authority, NameOf(viewer), letters, cancellationToken);
        if (changed.Count == 0) return outcomes;

        var store = new MatchStore(db, book, settings);
        var touched = await store.LookAgainAsync(values, time.GetUtcNow(), cancellationToken);
        await store.RefoldAsync([.. touched.Union(changed.Select(l => l.Key))], time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return outcomes;
    }

    private async Task<(List<RegistrationOutcome> Outcomes, HashSet<StoredLetter> Changed, HashSet<string> Values)> StoreAsync(
        IngestionDbContext db, string authority, string by, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken)
    {
        var ids = letters.Select(l => l.LetterId).Distinct().ToArray();
        var known = await db.Letters.Where(l => l.Authority == authority && EF.Parameter(ids).Contains(l.LetterId)).ToDictionaryAsync(l => l.LetterId, cancellationToken);
        var keys = known.Values.Select(l => l.Key).ToArray();
        var identifiers = await db.LetterIdentifiers.Where(i => EF.Parameter(keys).Contains(i.LetterKey)).ToListAsync(cancellationToken);
        var outcomes = new List<RegistrationOutcome>();
        var changed = new HashSet<StoredLetter>();
        var versions = new List<(StoredLetter Letter, StoredLetterVersion Version)>();
        foreach (var letter in letters.Select(l => l with { SentAt = l.SentAt.ToUniversalTime() }))
        {
            outcomes.Add(Apply(db, known, authority, by, letter, versions));
            if (outcomes[^1] != RegistrationOutcome.Unchanged) changed.Add(known[letter.LetterId]);
        }

        if (changed.Count == 0) return (outcomes, changed, []);

        // The keys of new letters are given here; their versions and identifiers need them.
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (letter, version) in versions)
        {
            version.LetterKey = letter.Key;
            db.LetterVersions.Add(version);
        }

        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var letter in changed)
        {
            var before = identifiers.Where(i => i.LetterKey == letter.Key).ToDictionary(i => new LetterIdentifier(i.Kind, i.Value));
            var after = StatusMatching.Of(RegistrationJson.Read(letter.RegistrationJson).Identifiers);
            foreach (var gone in before.Keys.Except(after))
            {
                db.LetterIdentifiers.Remove(before[gone]);
                values.Add(gone.Value);
            }

            foreach (var added in after.Except(before.Keys))
            {
                db.LetterIdentifiers.Add(new StoredLetterIdentifier { Authority = authority, Kind = added.Kind, Value = added.Value, LetterKey = letter.Key });
                values.Add(added.Value);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await new LetterWords(db).WriteAsync(changed, versions.Select(v => (v.Letter, Was: RegistrationJson.TryRead(v.Version.RegistrationJson))).Where(v => v.Was is not null).Select(v => (v.Letter, v.Was!)), cancellationToken);
        return (outcomes, changed, values);
    }

    private RegistrationOutcome Apply(IngestionDbContext db, Dictionary<string, StoredLetter> known, string authority, string by, LetterRegistration letter, List<(StoredLetter Letter, StoredLetterVersion Version)> versions)
    {
        var json = RegistrationJson.Write(letter);
        var now = time.GetUtcNow();
        if (!known.TryGetValue(letter.LetterId, out var stored))
        {
            stored = new StoredLetter
            {
                Authority = authority, CaseNumber = letter.CaseNumber, LetterId = letter.LetterId, Title = letter.Title, RecipientName = letter.Recipient.Name,
                Channel = letter.Channel.ToString(), RegistrationJson = json, RegisteredAt = now, RegisteredBy = by, Verdict = Verdict.OnItsWay.ToWire(),
            };
            Fill(stored, letter);
            db.Letters.Add(stored);
            known.Add(letter.LetterId, stored);
            return RegistrationOutcome.Created;
        }

        if (RegistrationJson.TryRead(stored.RegistrationJson) == letter) return RegistrationOutcome.Unchanged;
        versions.Add((stored, new StoredLetterVersion
        {
            Version = stored.Version, RegistrationJson = stored.RegistrationJson, RegisteredAt = stored.RegisteredAt,
            RegisteredBy = stored.RegisteredBy, ReplacedAt = now, ReplacedBy = by,
        }));
        (stored.RegistrationJson, stored.RegisteredAt, stored.RegisteredBy, stored.Version) = (json, now, by, stored.Version + 1);
        Fill(stored, letter);
        return RegistrationOutcome.Corrected;
    }

    private void Fill(StoredLetter stored, LetterRegistration letter)
    {
        (stored.CaseNumber, stored.CaseType, stored.Title) = (letter.CaseNumber, letter.CaseType, letter.Title);
        (stored.RecipientName, stored.RecipientId, stored.RecipientIdType) = (letter.Recipient.Name, letter.Recipient.Id, letter.Recipient.IdType);
        stored.RecipientHash = letter.Recipient.IdType == LetterValidation.Cpr && CprNumber.TryParse(letter.Recipient.Id, out var cpr) ? cprHash.Of(cpr) : null;
        (stored.Channel, stored.Decision, stored.SentAt) = (letter.Channel.ToString(), letter.Decision, letter.SentAt);
        stored.Matcher = StatusMatching.Version;
    }

    private static string NameOf(Viewer viewer) => viewer.Name.Length > 0 ? viewer.Name : viewer.Id;
}
