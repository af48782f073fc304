using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Registers letters and matches every status with one of their identifiers again, so that the order of arrival does not matter.
/// </summary>
public sealed class LetterRegistry(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, WriteGate gate, LogSignal signal, PortalSettings settings,
    CprHash cprHash, ActionLog actions, TimeProvider time) : ILetterRegistry, ILetterPreview
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<RegistrationOutcome>> PreviewAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ILetterPreview>() || viewer.AuthorityOf(ViewerRights.RegisterLetters) is not { } authority)
            throw new UnauthorizedAccessException("The viewer may not register letters.");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = new Dictionary<string, LetterRegistration?>(StringComparer.Ordinal);
        var (within, hidden) = (RegistrationLimits.Of(viewer, authority), new HashSet<string>(StringComparer.Ordinal));
        foreach (var part in letters.Chunk(500))
        {
            foreach (var (id, stored) in await KnownAsync(db.Letters.AsNoTracking(), authority, part, cancellationToken))
            {
                known[id] = RegistrationJson.TryRead(stored.RegistrationJson);
                if (!within.Admit(stored)) hidden.Add(id);
            }
        }

        var outcomes = new List<RegistrationOutcome>();
        foreach (var sent in letters)
        {
            // A later line of the same letter corrects the earlier one.
            var key = IdentifierKey.Of(sent.LetterId);
            if (!within.Admit(sent) || hidden.Contains(key))
            {
                outcomes.Add(RegistrationOutcome.OutsideLimits);
                continue;
            }

            var before = known.GetValueOrDefault(key);
            var letter = AsKnown(sent with { SentAt = sent.SentAt.ToUniversalTime() }, before?.LetterId, before?.CaseNumber);
            outcomes.Add(before is null ? RegistrationOutcome.Created
                : before == letter ? RegistrationOutcome.Unchanged
                : RegistrationOutcome.Corrected);
            known[key] = letter;
        }

        return outcomes;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LetterOfSameUuid?>> SameUuidAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ILetterPreview>() || viewer.AuthorityOf(ViewerRights.RegisterLetters) is not { } authority)
            throw new UnauthorizedAccessException("The viewer may not register letters.");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SameUuids.FindAsync(db, viewer, authority, letters, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, RegistrationSource source, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ILetterRegistry>() || viewer.AuthorityOf(ViewerRights.RegisterLetters) is not { } authority)
        {
            throw new UnauthorizedAccessException("The viewer may not register letters.");
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var store = new MatchStore(db, kindCache, settings);
        var known = await KnownAsync(db.Letters.AsNoTracking(), authority, letters, cancellationToken);
        await store.BringUpAsync([.. known.Values.Select(l => l.Key)], time.GetUtcNow(), cancellationToken);
        var (outcomes, changed, versions, values) = await StoreAsync(
            db, authority, new(NameOf(viewer), source, RegistrationLimits.Of(viewer, authority)), letters, cancellationToken);
        if (changed.Count == 0) return outcomes;

        var touched = await store.RecheckAsync(values, time.GetUtcNow(), cancellationToken);
        await store.RefoldAsync([.. touched.Union(changed.Select(l => l.Key))], time.GetUtcNow(), cancellationToken);
        var links = await new LetterReplacements(db, viewer, time.GetUtcNow()).LinkRegisteredAsync(changed, cancellationToken);

        // A letter may occur twice in a batch: then its first registration is replaced in the same transaction, and has an entry too.
        var before = known.Values.ToDictionary(l => l.Key, l => l.Version);
        var replaced = versions.Where(v => v.Version.Version > before.GetValueOrDefault(v.Letter.Key))
            .Select(v => actions.OfLetter(v.Letter, v.Version));
        await actions.AddAsync(db, [.. replaced, .. changed.Select(l => actions.OfLetter(l)), .. links], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return outcomes;
    }

    private async Task<Stored> StoreAsync(
        IngestionDbContext db, string authority, Registrar by, IReadOnlyList<LetterRegistration> letters,
        CancellationToken cancellationToken)
    {
        var known = await KnownAsync(db.Letters, authority, letters, cancellationToken);
        var rules = await RuleSets.NewestAsync(db, cancellationToken);
        var keys = known.Values.Select(l => l.Key).ToArray();
        var identifiers = await db.LetterIdentifiers.Where(i => EF.Parameter(keys).Contains(i.LetterKey)).ToListAsync(cancellationToken);
        var outcomes = new List<RegistrationOutcome>();
        var changed = new HashSet<StoredLetter>();
        var versions = new List<(StoredLetter Letter, StoredLetterVersion Version)>();
        foreach (var letter in letters.Select(l => l with { SentAt = l.SentAt.ToUniversalTime() }))
        {
            outcomes.Add(Apply(db, known, authority, by, letter, rules, versions));
            if (outcomes[^1] is RegistrationOutcome.Created or RegistrationOutcome.Corrected)
                changed.Add(known[IdentifierKey.Of(letter.LetterId)]);
        }

        if (changed.Count == 0) return new Stored(outcomes, changed, [], []);

        // This assigns the keys of new letters, which their versions and identifiers need.
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
                db.LetterIdentifiers.Add(
                    new StoredLetterIdentifier { Authority = authority, Kind = added.Kind, Value = added.Value, LetterKey = letter.Key });
                values.Add(added.Value);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await new LetterWords(db)
            .WriteAsync(changed, versions.Select(v => (v.Letter, Was: RegistrationJson.TryRead(v.Version.RegistrationJson)))
                .Where(v => v.Was is not null).Select(v => (v.Letter, v.Was!)), cancellationToken);
        return new Stored(outcomes, changed, versions, values);
    }

    private sealed record Stored(List<RegistrationOutcome> Outcomes, HashSet<StoredLetter> Changed,
        List<(StoredLetter Letter, StoredLetterVersion Version)> Versions, HashSet<string> Values);

    // Known letters by key. Of letters registered as two before ids were compared by key, the one with the same spelling as a sent id is
    // chosen, else the first.
    private static async Task<Dictionary<string, StoredLetter>> KnownAsync(
        IQueryable<StoredLetter> stored, string authority, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken)
    {
        var keys = letters.Select(l => IdentifierKey.Of(l.LetterId)).Distinct().ToArray();
        var written = letters.Select(l => l.LetterId).ToHashSet(StringComparer.Ordinal);
        var found = await stored.Where(l => l.Authority == authority && EF.Parameter(keys).Contains(l.LetterIdKey))
            .ToListAsync(cancellationToken);
        return found.GroupBy(l => l.LetterIdKey, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key, g => g.OrderBy(l => written.Contains(l.LetterId) ? 0 : 1).ThenBy(l => l.Key).First(), StringComparer.Ordinal);
    }

    // Another spelling of an id or a case number is not a correction: both stay as first written. A known case type is stored as its code.
    private LetterRegistration AsKnown(LetterRegistration sent, string? letterId, string? caseNumber)
    {
        var letter = sent with { CaseType = CaseTypeCode.Known(sent.CaseType, settings.AppealPeriods.Keys) };
        return letterId is null || caseNumber is null ? letter : letter with
        {
            LetterId = letterId,
            CaseNumber = IdentifierKey.Of(caseNumber) == IdentifierKey.Of(letter.CaseNumber) ? caseNumber : letter.CaseNumber,
        };
    }

    private RegistrationOutcome Apply(
        IngestionDbContext db, Dictionary<string, StoredLetter> known, string authority, Registrar by, LetterRegistration sent, int rules,
        List<(StoredLetter Letter, StoredLetterVersion Version)> versions)
    {
        var key = IdentifierKey.Of(sent.LetterId);
        var stored = known.GetValueOrDefault(key);
        if (!by.Limits.Admit(sent) || (stored is not null && !by.Limits.Admit(stored))) return RegistrationOutcome.OutsideLimits;
        var letter = AsKnown(sent, stored?.LetterId, stored?.CaseNumber);
        var json = RegistrationJson.Write(letter);
        var now = time.GetUtcNow();
        if (stored is null)
        {
            stored = new StoredLetter
            {
                Authority = authority, CaseNumber = letter.CaseNumber, LetterId = letter.LetterId, Title = letter.Title,
                RecipientName = letter.Recipient.Name, Channel = letter.Channel.ToString(), RegistrationJson = json, RegisteredAt = now,
                RegisteredBy = by.Name, RegisteredFrom = by.Source, Verdict = Verdict.OnItsWay.ToWire(), Rules = rules,
            };
            Fill(stored, letter);
            db.Letters.Add(stored);
            known.Add(key, stored);
            return RegistrationOutcome.Created;
        }

        if (RegistrationJson.TryRead(stored.RegistrationJson) == letter) return RegistrationOutcome.Unchanged;
        versions.Add((stored, new StoredLetterVersion
        {
            Version = stored.Version, RegistrationJson = stored.RegistrationJson, RegisteredAt = stored.RegisteredAt,
            RegisteredBy = stored.RegisteredBy, RegisteredFrom = stored.RegisteredFrom, ReplacedAt = now, ReplacedBy = by.Name,
        }));
        (stored.RegistrationJson, stored.RegisteredAt, stored.Version) = (json, now, stored.Version + 1);
        (stored.RegisteredBy, stored.RegisteredFrom) = (by.Name, by.Source);
        Fill(stored, letter);
        return RegistrationOutcome.Corrected;
    }

    private void Fill(StoredLetter stored, LetterRegistration letter)
    {
        (stored.CaseNumber, stored.CaseType, stored.Title) = (letter.CaseNumber, letter.CaseType, letter.Title);
        (stored.RecipientName, stored.RecipientId, stored.RecipientIdType) =
            (letter.Recipient.Name, letter.Recipient.Id, letter.Recipient.IdType);
        stored.RecipientHash = letter.Recipient.IdType == LetterValidation.Cpr && CprNumber.TryParse(letter.Recipient.Id, out var cpr)
            ? cprHash.Of(cpr)
            : null;
        (stored.Channel, stored.Decision, stored.SentAt) = (letter.Channel.ToString(), letter.Decision, letter.SentAt);
        (stored.Matcher, stored.Receipts) = (StatusMatching.Version, letter.Receipts.ToWire());
        (stored.Kle, stored.OrganisationUnit) = (letter.Kle is { } kle ? Kle.CodeOf(kle) : null, letter.OrganisationUnit);
    }

    private sealed record Registrar(string Name, RegistrationSource Source, RegistrationLimits Limits);

    private static string NameOf(Viewer viewer) => viewer.Name.Length > 0 ? viewer.Name : viewer.Id;
}
