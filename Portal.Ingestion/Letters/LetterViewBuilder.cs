using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Builds the view of letters whose visibility was checked already: statuses, verdict at a moment, last day to appeal, corrections.
/// </summary>
internal sealed class LetterViewBuilder(IngestionDbContext db, MessageKindCache kindCache, PortalSettings settings, Viewer viewer)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);
    private EffectiveMeanings _meanings = EffectiveMeanings.Shipped(settings.PostEventCodes);

    public async Task<IReadOnlyList<LetterView>> BuildAsync(
        IReadOnlyList<StoredLetter> letters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = letters.Select(l => l.Key).ToArray();
        var rows = await (from match in db.StatusMatches.AsNoTracking()
                               join message in db.Messages.AsNoTracking() on match.Sequence equals message.Sequence
                               where match.LetterKey != null && EF.Parameter(keys).Contains(match.LetterKey.Value)
                               select new { match.LetterKey, match.Part, Message = message }).ToListAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        _meanings = await MeaningReader.AllAsync(db, settings, cancellationToken);
        var statuses = rows.ToLookup(s => s.LetterKey!.Value, s => LoggedStatus.Of(s.Message, kinds[s.Message.Kind], s.Part));
        var versions = (await db.LetterVersions.AsNoTracking().Where(v => EF.Parameter(keys).Contains(v.LetterKey))
            .ToListAsync(cancellationToken)).ToLookup(v => v.LetterKey);
        var sides = await LetterContext.ReadAsync(db, letters, viewer, now, cancellationToken);
        return [.. letters.Select(l => Build(l, statuses[l.Key], versions[l.Key], sides, now))];
    }

    private LetterView Build(StoredLetter stored, IEnumerable<LoggedStatus> statuses, IEnumerable<StoredLetterVersion> versions,
        LetterContext sides, DateTimeOffset now)
    {
        var registered = RegistrationJson.Of(stored, out var whole);
        var letter = LetterMask.Of(registered);
        var own = StatusMatching.Of(registered.Identifiers);
        var events = statuses.SelectMany(s => EventsOf(s, own, sides.ByHand(s.Sequence, s.Part), letter.SentAt))
            .OrderBy(e => e.At ?? DateTimeOffset.MinValue).ThenBy(e => e.Kind).ThenBy(e => e.BeskedId, StringComparer.Ordinal).ToList();
        var verdict = stored.StatusesErasedAt is null
            ? LetterFold.Fold(
                new LetterFacts(letter.SentAt, letter.Channel, letter.Receipts),
                events.Select(e => new StatusFact(e.BeskedId, e.Kind, e.At?.ToUniversalTime())), now, EvidenceRules.Of(settings))
            : Kept(stored, now);
        var decisive = Find(events, verdict.Decisive);
        var appeal = AppealNote.Of(letter, verdict, settings, decisive);
        var view = new LetterView
        {
            CaseNumber = letter.CaseNumber, CaseType = letter.CaseType, LetterId = letter.LetterId, Title = letter.Title,
            Channel = letter.Channel, Decision = letter.Decision, SentAt = letter.SentAt, Recipient = letter.Recipient,
            Identifiers = letter.Identifiers, Documents = letter.Documents, Verdict = verdict.Verdict, VerdictAt = verdict.At,
            Contradiction = verdict.Contradiction, EvidenceDeadline = verdict.EvidenceDeadline,
            Explanation = LocalizedText.Empty,
            AppealDeadline = appeal.LastDay, AppealNote = appeal.Text, AppealKind = appeal.Kind, AppealRule = appeal.Rule,
            StartsAppealPeriod = appeal.RunsPeriod,
            PresumedArrival = appeal.PresumedArrival ?? PresumedOf(letter, verdict), PostedAt = verdict.PostedAt,
            PresumedDays = settings.PresumedArrival.DaysFor(letter.PostCategory), Events = [.. events],
            Receipts = letter.Receipts, PostCategory = letter.PostCategory, Kle = letter.Kle, OrganisationUnit = letter.OrganisationUnit,
            RuleChanges = sides.RuleChanges(stored.Key),
            Corrections = CorrectionsOf(registered, versions),
            Unreadable = !whole,
            RowId = new WorkRow(WorkRow.Letter, stored.Key).ToString(), Attempts = verdict.Attempts, LastReceiptAt = verdict.LastReceiptAt,
            RegisteredAt = stored.RegisteredAt, RegisteredBy = stored.RegisteredBy, RegisteredFrom = stored.RegisteredFrom,
            StatusesErasedAt = stored.StatusesErasedAt,
            RegistrationErasedAt = sides.ErasedAt(stored),
            Incidents = sides.Incidents(stored, letter.Channel, verdict, appeal.LastDay, now), Work = sides.Work(stored.Key),
            IsSolved = sides.IsSolved(stored.Key), ReplacedBy = sides.ReplacedBy(stored.Key), Replaces = sides.Replaces(stored.Key),
        };
        var explained = VerdictExplanation.Of(verdict, letter.Receipts, decisive, Find(events, verdict.Contradicting))
            .With(VerdictExplanation.DoubtOf(view));
        return view with { Explanation = explained.Whole, Account = explained.Account };
    }

    /// <summary>The stored verdict, after the statuses were erased; only its evidence deadline can still pass.</summary>
    private static LetterVerdict Kept(StoredLetter stored, DateTimeOffset now)
    {
        var verdict = EvidenceDeadline.Current(stored, now);
        return new LetterVerdict(
            verdict, verdict is Verdict.EvidenceMissing or Verdict.NoReceipt ? stored.EvidenceDeadline : stored.VerdictAt,
            stored.Contradiction, stored.ContradictionAt, stored.EvidenceDeadline,
            null, null, 1, null, stored.Channel == nameof(LetterChannel.FysiskPost))
        {
            PostedAt = stored.PostedAt,
        };
    }

    // A letter that starts no period for appeal is presumed to arrive by the same rule.
    private DateOnly? PresumedOf(LetterRegistration letter, LetterVerdict verdict) =>
        verdict is { Verdict: Verdict.HandedToPost, PostedAt: { } posted }
            ? settings.PresumedArrival.DayOf(posted, letter.PostCategory)
            : null;

    private static LetterEvent? Find(List<LetterEvent> events, StatusFact? fact) => fact is null
        ? null
        : events.Find(e => e.BeskedId == fact.BeskedId && e.Kind == fact.Kind && e.At == fact.At);

    private IEnumerable<LetterEvent> EventsOf(
        LoggedStatus status, IReadOnlyList<LetterIdentifier> own, HandMatchNote? hand, DateTimeOffset sentAt)
    {
        var shared = SharedIdentifiers.Between(StatusMatching.Of(status), own);
        return status.Told.Select(told => EventOf(status, told) with
        {
            ByHand = hand is null ? null : hand with { NamesLetter = shared.Count > 0 },
            FoundBy = hand is null && shared.Count > 0 && !shared[0].IsSameField ? shared[0] : null,
            BeforeSending = told.At < sentAt,
        });
    }

    private LetterEvent EventOf(LoggedStatus status, ReportedStatus told)
    {
        var (row, kind) = (status.Row, status.Kind);
        var meaning = StatusClassifier.KindOf(told, _meanings);
        var explained = ExplanationOf(kind, told, meaning);
        return new LetterEvent(
            ShownBeskedId.Of(row), row.Sequence, CprNumber.MaskInOrNull(status.NameOf(told)) ?? "Ukendt status", meaning,
            told.At, row.ReceivedAt, CprNumber.MaskInOrNull(kind.Channel) ?? _meanings.SenderName(kind.ResponsibleAuthority),
            kind.ErrorCode is null && row.ErrorText is null
                ? null
                : new PostError(CprNumber.MaskInOrNull(kind.ErrorCode), CprNumber.MaskInOrNull(row.ErrorText)),
            explained?.Whole, Convert.ToHexStringLower(row.Sha256), told.At > row.ReceivedAt + ClockTolerance,
            row.Deliveries)
        {
            EventCode = CprNumber.MaskInOrNull(told.EventCode), Action = told.Action, Part = status.Part,
            Carrier = CarrierOf(kind, told, meaning), Account = explained?.Account,
        };
    }

    private string? CarrierOf(StoredMessageKind kind, ReportedStatus told, StatusKind meaning) =>
        meaning == StatusKind.Posted && told is { EventCode: null, At: { } at }
            ? _meanings.CarrierOf(kind.ResponsibleAuthority, kind.Channel, at)
            : null;

    private ExplainedLetter? ExplanationOf(StoredMessageKind kind, ReportedStatus told, StatusKind meaning)
    {
        if (told.EventCode is { } code) return new(OfEvent(code), LocalizedText.Empty);
        var own = meaning switch
        {
            StatusKind.Failed => FailureExplanation.Of(kind.ErrorCode),
            StatusKind.Posted when CarrierOf(kind, told, meaning) is { } carrier =>
                new ExplainedLetter(LocalizedText.Of("HandedToCarrier", carrier), LocalizedText.Empty),
            StatusKind.Unknown => new ExplainedLetter(LocalizedText.Of("UnknownStatus"), LocalizedText.Empty),
            _ => null,
        };

        // Events beside an action that is a status itself are shown and decide nothing.
        var beside = ReportedStatuses.CountsEvents(told.Action) ? [] : ReportedStatuses.SplitCodes(kind.EventCodes).Distinct().ToList();
        if (beside.Count == 0) return own;
        var events = LocalizedText.Of("EventsBeside", LocalizedText.Join([.. beside.Select(OfEvent)]));
        return own is null ? new(events, LocalizedText.Empty) : own.With(new LocalizedText(" ", " ") + events);
    }

    private LocalizedText OfEvent(string code) => _meanings.OfEvent(code) switch
    {
        "return" => LocalizedText.Of("CameBack"),
        "new-address" => LocalizedText.Of("NewAddress"),
        "receipt" => LocalizedText.Of("RecipientReceipt"),
        "tracking" => LocalizedText.Of("Tracking"),
        _ => LocalizedText.Of("UnknownEvent", CprNumber.MaskIn(code)),
    };

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
