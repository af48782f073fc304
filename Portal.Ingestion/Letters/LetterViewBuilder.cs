using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Builds the view of letters whose visibility was checked already: statuses, verdict at a moment, last day to appeal, corrections.
/// </summary>
internal sealed class LetterViewBuilder(IngestionDbContext db, MessageKindCache kindCache, PortalSettings settings)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<LetterView>> BuildAsync(
        IReadOnlyList<StoredLetter> letters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = letters.Select(l => l.Key).ToArray();
        var rows = await (from match in db.StatusMatches.AsNoTracking()
                               join message in db.Messages.AsNoTracking() on match.Sequence equals message.Sequence
                               where match.LetterKey != null && EF.Parameter(keys).Contains(match.LetterKey.Value)
                               select new { match.LetterKey, Message = message }).ToListAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var statuses = rows.ToLookup(s => s.LetterKey!.Value, s => new LoggedStatus(s.Message, kinds[s.Message.Kind]));
        var versions = (await db.LetterVersions.AsNoTracking().Where(v => EF.Parameter(keys).Contains(v.LetterKey))
            .ToListAsync(cancellationToken)).ToLookup(v => v.LetterKey);
        var sides = await LetterContext.ReadAsync(db, letters, now, cancellationToken);
        return [.. letters.Select(l => Build(l, statuses[l.Key], versions[l.Key], sides, now))];
    }

    private LetterView Build(StoredLetter stored, IEnumerable<LoggedStatus> statuses, IEnumerable<StoredLetterVersion> versions,
        LetterContext sides, DateTimeOffset now)
    {
        var registered = RegistrationJson.Of(stored, out var whole);
        var letter = LetterMask.Of(registered);
        var classified = statuses.Select(s => (Status: s, Kinds: StatusClassifier.Classify(s.Kind, settings.PostEventCodes))).ToList();
        var verdict = stored.StatusesErasedAt is null
            ? LetterFold.Fold(
                new LetterFacts(letter.SentAt, letter.Channel),
                classified.Select(s => new StatusFact(ShownBeskedId.Of(s.Status.Row), s.Kinds, s.Status.Row.StatusAt)), now,
                EvidenceRules.Of(settings))
            : Kept(stored, now);
        var own = StatusMatching.Of(registered.Identifiers);
        var events = classified.Select(s => EventOf(s.Status, s.Kinds) with
            {
                ByHand = sides.ByHand(s.Status.Sequence) is { } hand
                    ? hand with { NamesLetter = SharedIdentifiers.Between(StatusMatching.Of(s.Status), own).Count > 0 }
                    : null,
                BeforeSending = s.Status.Row.StatusAt < letter.SentAt,
            })
            .OrderBy(e => e.At ?? DateTimeOffset.MinValue).ThenBy(e => e.Kind).ThenBy(e => e.BeskedId, StringComparer.Ordinal).ToList();
        var decisive = events.Find(e => e.BeskedId == verdict.Decisive);
        var appeal = AppealNote.Of(letter.Decision, letter.CaseType, verdict, settings, decisive, letter.SentAt);
        return new LetterView
        {
            CaseNumber = letter.CaseNumber, CaseType = letter.CaseType, LetterId = letter.LetterId, Title = letter.Title,
            Channel = letter.Channel, Decision = letter.Decision, SentAt = letter.SentAt, Recipient = letter.Recipient,
            Identifiers = letter.Identifiers, Documents = letter.Documents, Verdict = verdict.Verdict, VerdictAt = verdict.At,
            Contradiction = verdict.Contradiction, EvidenceDeadline = verdict.EvidenceDeadline,
            Explanation = VerdictExplanation.Of(verdict, decisive, events.Find(e => e.BeskedId == verdict.Contradicting)),
            AppealDeadline = appeal.LastDay, AppealNote = appeal.Text, Events = [.. events],
            Corrections = CorrectionsOf(registered, versions),
            Unreadable = !whole,
            RowId = new WorkRow(WorkRow.Letter, stored.Key).ToString(), Attempts = verdict.Attempts, LastReceiptAt = verdict.LastReceiptAt,
            RegisteredAt = stored.RegisteredAt, RegisteredBy = stored.RegisteredBy, StatusesErasedAt = stored.StatusesErasedAt,
            RegistrationErasedAt = sides.ErasedAt(stored),
            Incidents = sides.Incidents(stored, letter.Channel, verdict, appeal.LastDay, now), Work = sides.Work(stored.Key),
            IsSolved = sides.IsSolved(stored.Key), ReplacedBy = sides.ReplacedBy(stored.Key), Replaces = sides.Replaces(stored.Key),
        };
    }

    /// <summary>The stored verdict, after the statuses were erased; only its evidence deadline can still pass.</summary>
    private static LetterVerdict Kept(StoredLetter stored, DateTimeOffset now)
    {
        var verdict = EvidenceDeadline.Current(stored.Verdict, stored.EvidenceDeadline, now);
        return new LetterVerdict(
            verdict, verdict == Verdict.EvidenceMissing ? stored.EvidenceDeadline : stored.VerdictAt, stored.Contradiction,
            stored.ContradictionAt, stored.EvidenceDeadline,
            null, null, 1, null, stored.Channel == nameof(LetterChannel.FysiskPost));
    }

    private LetterEvent EventOf(LoggedStatus status, ValueList<StatusKind> kinds)
    {
        var (row, kind) = (status.Row, status.Kind);
        return new LetterEvent(
            ShownBeskedId.Of(row), row.Sequence, CprNumber.MaskInOrNull(status.Name) ?? "Ukendt status", StatusClassifier.Gravest(kinds),
            row.StatusAt, row.ReceivedAt, CprNumber.MaskInOrNull(kind.Channel),
            kind.ErrorCode is null && row.ErrorText is null
                ? null
                : new PostError(CprNumber.MaskInOrNull(kind.ErrorCode), CprNumber.MaskInOrNull(row.ErrorText)), ExplanationOf(kind, kinds),
            Convert.ToHexStringLower(row.Sha256), row.StatusAt > row.ReceivedAt + ClockTolerance, row.Deliveries);
    }

    private LocalizedText? ExplanationOf(StoredMessageKind kind, ValueList<StatusKind> kinds)
    {
        if (kinds.Contains(StatusKind.Failed)) return FailureExplanation.Of(kind.ErrorCode);
        var codes = StatusClassifier.SplitCodes(kind.EventCodes);
        if (codes.Count > 0)
        {
            return LocalizedText.Join([.. codes.Distinct().Select(code => StatusClassifier.MeaningOf(code, settings.PostEventCodes) switch
            {
                "return" => LocalizedText.Of("CameBack"),
                "new-address" => LocalizedText.Of("NewAddress"),
                "receipt" => LocalizedText.Of("RecipientReceipt"),
                "tracking" => LocalizedText.Of("Tracking"),
                _ => LocalizedText.Of("UnknownEvent", code),
            })]);
        }

        return kinds.Contains(StatusKind.Unknown) ? LocalizedText.Of("UnknownStatus") : null;
    }

    private static ValueList<LetterCorrection> CorrectionsOf(LetterRegistration current, IEnumerable<StoredLetterVersion> versions)
    {
        var corrections = new List<LetterCorrection>();
        var later = current;
        foreach (var version in versions.OrderByDescending(v => v.Version))
        {
            var earlier = RegistrationJson.TryRead(version.RegistrationJson);

            // An unreadable version is listed as a correction without its changes.
            corrections.Add(new LetterCorrection(
                version.ReplacedAt, version.ReplacedBy, earlier is null ? [] : [.. LetterChanges.Between(earlier, later)]));
            later = earlier ?? later;
        }

        return [.. corrections];
    }
}
