using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters;

/// <summary>A case with its letters, newest letter first.</summary>
public sealed record CaseView(string CaseNumber, string? CaseType, bool Hold, ValueList<LetterView> Letters)
{
    /// <summary>The history of holds on the case, newest first.</summary>
    public ValueList<HoldEntry> Holds { get; init; } = [];
}

/// <summary>A letter with its statuses and verdict. Times are UTC; the recipient's CPR number is masked.</summary>
public sealed record LetterView
{
    public required string CaseNumber { get; init; }
    public string? CaseType { get; init; }
    public required string LetterId { get; init; }
    public required string Title { get; init; }
    public required LetterChannel Channel { get; init; }
    public required bool Decision { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required LetterRecipient Recipient { get; init; }
    public required LetterIdentifiers Identifiers { get; init; }
    public ValueList<LetterDocument> Documents { get; init; } = [];
    public required Verdict Verdict { get; init; }

    /// <summary>When the verdict became true; null when its time is unknown.</summary>
    public DateTimeOffset? VerdictAt { get; init; }

    /// <summary>The verdict in plain words, with why and what to do.</summary>
    public required LocalizedText Explanation { get; init; }

    /// <summary><see cref="Explanation"/> without what to do about it, for a document that leaves the house; null: the same.</summary>
    public LocalizedText? Account { get; init; }

    public required bool Contradiction { get; init; }

    /// <summary>While under way: when evidence counts as missing.</summary>
    public DateTimeOffset? EvidenceDeadline { get; init; }

    /// <summary>Last day to appeal, a Copenhagen date; when null, <see cref="AppealNote"/> says why.</summary>
    public DateOnly? AppealDeadline { get; init; }

    /// <summary>The letter is a decision of a case type with a period, so its arrival starts one.</summary>
    public bool StartsAppealPeriod { get; init; }

    /// <summary>What the last day rests on.</summary>
    public AppealKind AppealKind { get; init; }

    /// <summary>The rule that the last day is counted by; null when no period runs for the letter.</summary>
    public AppealRule? AppealRule { get; init; }

    /// <summary>The day on which a letter handed to the post is presumed to have arrived, a Copenhagen date; null for any other.</summary>
    public DateOnly? PresumedArrival { get; init; }

    /// <summary>The working days of that presumption, the day of posting not counted.</summary>
    public int PresumedDays { get; init; }

    /// <summary>See <see cref="LetterVerdict.PostedAt"/>.</summary>
    public DateTimeOffset? PostedAt { get; init; }

    /// <summary>The rule behind the last day, or why there is none.</summary>
    public required LocalizedText AppealNote { get; init; }

    /// <summary>The receipts that were ordered, and the post product.</summary>
    public ReceiptsOrdered Receipts { get; init; }

    /// <inheritdoc cref="LetterRegistration.PostCategory" />
    public string? PostCategory { get; init; }

    /// <inheritdoc cref="LetterRegistration.Kle" />
    public string? Kle { get; init; }

    /// <inheritdoc cref="LetterRegistration.OrganisationUnit" />
    public string? OrganisationUnit { get; init; }

    /// <summary>Changes of rules that gave the letter another verdict, oldest first.</summary>
    public ValueList<RuleChange> RuleChanges { get; init; } = [];

    /// <summary>Statuses in the order of their own times; a message that tells several has one of each.</summary>
    public ValueList<LetterEvent> Events { get; init; } = [];

    /// <summary>Earlier registrations that were corrected, newest first.</summary>
    public ValueList<LetterCorrection> Corrections { get; init; } = [];

    /// <summary>
    /// The registration cannot be read (damaged, or written by a later version): the values come from the letter's row, without documents
    /// and identifiers.
    /// </summary>
    public bool Unreadable { get; init; }

    /// <summary>The letter's id on the worklist, such as <c>l-17</c>.</summary>
    public string RowId { get; init; } = "";

    /// <summary>How many times sending the letter was attempted; 1 for most.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The time of the latest status of a known kind; null when there is none.</summary>
    public DateTimeOffset? LastReceiptAt { get; init; }

    /// <summary>When the letter was last registered, and by whom.</summary>
    public DateTimeOffset RegisteredAt { get; init; }

    public string RegisteredBy { get; init; } = "";

    /// <summary>How the current registration reached the portal.</summary>
    public RegistrationSource RegisteredFrom { get; init; }

    /// <summary>When the letter's statuses were erased under retention; the verdict stays as it was. Null while they are kept.</summary>
    public DateTimeOffset? StatusesErasedAt { get; init; }

    /// <summary>When recipient, title, documents and identifiers were erased under retention; null while they are kept.</summary>
    public DateTimeOffset? RegistrationErasedAt { get; init; }

    /// <summary>Operating incidents in the period that matters to the letter, oldest first, without withdrawn ones.</summary>
    public ValueList<Incident> Incidents { get; init; } = [];

    /// <summary>What people did with the letter on the worklist, oldest first.</summary>
    public ValueList<WorkEntry> Work { get; init; } = [];

    /// <summary>
    /// Its worklist row was solved by hand, or it was sent again as another letter: it needs no work until it gets a new reason.
    /// </summary>
    public bool IsSolved { get; init; }

    /// <summary>It needs attention and is not solved: it is on the worklist.</summary>
    public bool NeedsAttention => !IsSolved && StatusesErasedAt is null
        && (Contradiction || Verdict is Verdict.Failed or Verdict.Returned or Verdict.EvidenceMissing);

    /// <summary>The letter that was sent instead of this letter; null when none was.</summary>
    public LetterLink? ReplacedBy { get; init; }

    /// <summary>The letters instead of which this letter was sent.</summary>
    public ValueList<LetterLink> Replaces { get; init; } = [];
}

/// <summary>One status in a letter's timeline.</summary>
/// <param name="Status">The status' name as the sender wrote it.</param>
/// <param name="At">The sender's time; null when the status has none.</param>
/// <param name="Channel">
/// The channel that reported the status (KanalKode); when the message names none, the catalogue's name of its sender.
/// </param>
/// <param name="Explanation">Plain words for a failure or an event code; null when the status' name is enough.</param>
/// <param name="ClockAhead">The sender's time is more than five minutes after receipt.</param>
public sealed record LetterEvent(
    string BeskedId, long Sequence, string Status, StatusKind Kind, DateTimeOffset? At, DateTimeOffset ReceivedAt, string? Channel,
    PostError? Error, LocalizedText? Explanation, string Sha256, bool ClockAhead, int Deliveries)
{
    /// <summary>Who assigned the status to the letter by hand; null when its identifiers matched.</summary>
    public HandMatchNote? ByHand { get; init; }

    /// <summary>
    /// The identifier by which the status found the letter, when the two have it in different fields; null when they have one in the same
    /// field, or none.
    /// </summary>
    public SharedIdentifier? FoundBy { get; init; }

    /// <summary><see cref="Explanation"/> without what to do about it, for a document that leaves the house; null: the same.</summary>
    public LocalizedText? Account { get; init; }

    /// <summary>The code of the event that the status is; null for an action.</summary>
    public string? EventCode { get; init; }

    /// <summary>The UUID of the status' action (<c>KnownHandlinger</c>); null for one that is not known.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// The company that carried ordinary letters for the sender when this one was handed over, by the catalogue; null when the status says
    /// nothing of that, or no company is known.
    /// </summary>
    public string? Carrier { get; init; }

    /// <summary>
    /// The status' key within its letter, for pages: a message may tell several, which differ in name, code or time.
    /// </summary>
    public string Key => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{BeskedId} {Part} {Status} {EventCode} {At?.UtcTicks}");

    /// <summary>Which of its message's letters the status is about, from 0: see <see cref="ReportedStatus.Part"/>.</summary>
    public int Part { get; init; }

    /// <summary>The status' time is before the letter was sent, so one of the clocks is wrong.</summary>
    public bool BeforeSending { get; init; }
}

/// <summary>A status was assigned to a letter by a person.</summary>
/// <param name="By">The person who did it.</param>
/// <param name="At">When, UTC.</param>
public sealed record HandMatchNote(string By, DateTimeOffset At)
{
    /// <summary>Why, in the person's words, CPR numbers masked; null when no reason was written.</summary>
    public string? Reason { get; init; }

    /// <summary>The status and the letter have an identifier in common.</summary>
    public bool NamesLetter { get; init; }
}

/// <summary>Another letter of the same authority.</summary>
public sealed record LetterLink(string CaseNumber, string LetterId, string Title, Verdict Verdict, DateTimeOffset SentAt)
{
    /// <summary>Delivered, but another status contradicts it or its time is before the sending.</summary>
    public bool InDoubt { get; init; }
}

/// <summary>A registration that a later one corrected.</summary>
/// <param name="Changes">In Danish, a line for each changed field with the old and the new value; CPR numbers masked.</param>
public sealed record LetterCorrection(DateTimeOffset CorrectedAt, string CorrectedBy, ValueList<string> Changes);

/// <summary>A case in a list of search results.</summary>
public sealed record CaseSummary(
    string CaseNumber, string? CaseType, int Letters, int NeedsAttention, string LatestTitle, string LatestRecipient,
    Verdict GravestVerdict, DateTimeOffset LatestSentAt)
{
    /// <summary>The gravest verdict is delivered, and the arrival of a letter of the case is in doubt.</summary>
    public bool InDoubt { get; init; }

    /// <summary>
    /// The letter that a list shows for the case: of those that a search found, else of all, the one that most needs attention.
    /// </summary>
    public ShownLetter Shown
    {
        get => field ?? new ShownLetter("", LatestTitle, LatestRecipient, GravestVerdict, LatestSentAt) { InDoubt = InDoubt };
        init;
    }
}

/// <summary>The letter that a list shows for its case. CPR numbers are masked.</summary>
public sealed record ShownLetter(string LetterId, string Title, string Recipient, Verdict Verdict, DateTimeOffset SentAt)
{
    /// <summary>Delivered, but the arrival is in doubt.</summary>
    public bool InDoubt { get; init; }
}

/// <summary>A row of the worklist.</summary>
/// <param name="Since">When the reason became true, UTC.</param>
/// <param name="Explanation">The reason in plain words.</param>
public sealed record FollowUpItem(
    string Id, FollowUpReason Reason, string? CaseNumber, string? LetterId, string? Title, string? BeskedId, DateTimeOffset Since,
    string? AssignedTo, LocalizedText Explanation)
{
    /// <summary>What people did with the row.</summary>
    public WorkState Work { get; init; } = WorkState.Untouched;

    /// <summary>The recipient of the letter; null for a status.</summary>
    public string? RecipientName { get; init; }

    /// <summary>Whole working days since the reason became true.</summary>
    public int WorkingDays { get; init; }

    /// <summary>The status' sender, as a mute names it; null for a letter and for a status without a sender.</summary>
    public string? Sender { get; init; }

    /// <summary>The id of the letter of the case that probably replaces this one: to the same recipient, and sent later.</summary>
    public string? LikelyReplacement { get; init; }
}

/// <summary>The number of letters by verdict.</summary>
public sealed record EvidenceCounts(
    long Letters, long Delivered, long HandedToPost, long OnItsWay, long EvidenceMissing, long Failed, long Returned, long Recalled)
{
    /// <summary>Without a receipt, since none was ordered.</summary>
    public long NoReceipt { get; init; }

    /// <summary>
    /// Those of <see cref="Delivered"/> whose arrival is in doubt: another status contradicts it, or its ground is not the letter's own
    /// identifiers and times (<see cref="ArrivalGround"/>).
    /// </summary>
    public long InDoubt { get; init; }
}

/// <summary>Reads cases, letters and what must be followed up, as a viewer may see them.</summary>
public interface ICaseReader
{
    /// <summary>A case, or null when the viewer may see no letter of that case number.</summary>
    [Demands(ViewerRights.Cases)]
    Task<CaseView?> FindAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken);

    /// <summary>Cases by number, letter id, title or recipient's name; the latest when <paramref name="text"/> is empty.</summary>
    [Demands(ViewerRights.Cases)]
    Task<Page<CaseSummary>> SearchAsync(Viewer viewer, string? text, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// All cases in the order of their numbers. Only for a viewer of one authority, whose index has that order; by their newest letters for
    /// any other.
    /// </summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    [Demands(ViewerRights.Cases)]
    Task<Page<CaseSummary>> ByNumberAsync(
        Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Cases of a person, by keyed hash of the CPR number. The caller logs the search with its purpose.</summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<CaseSummary>> SearchByCprAsync(Viewer viewer, CprNumber cpr, CancellationToken cancellationToken);

    /// <summary>The worklist, oldest first, or newest first by <paramref name="newestFirst"/>.</summary>
    [Demands(ViewerRights.Cases)]
    Task<Page<FollowUpItem>> FollowUpAsync(
        Viewer viewer, FollowUpReason? reason, bool newestFirst, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>The number of open rows on the worklist; 0 for a viewer without <see cref="ViewerRights.Cases"/>.</summary>
    [Demands(ViewerRights.Cases)]
    Task<long> AttentionCountAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Letters sent since <paramref name="from"/>, by verdict. Needs only <see cref="ViewerRights.Counts"/>.</summary>
    [Demands(ViewerRights.Counts)]
    Task<EvidenceCounts> CountAsync(Viewer viewer, DateTimeOffset from, CancellationToken cancellationToken);
}

/// <summary>The outcome of registering a letter.</summary>
public enum RegistrationOutcome
{
    /// <summary>The letter is new.</summary>
    Created,

    /// <summary>The letter is known and identical: nothing changed.</summary>
    Unchanged,

    /// <summary>The letter is known and differs: stored as a correction.</summary>
    Corrected,

    /// <summary>The letter, or the known one with its id, is outside the limits of the viewer's role: nothing was stored.</summary>
    OutsideLimits,
}

/// <summary>Registers letters.</summary>
public interface ILetterRegistry
{
    /// <summary>
    /// Registers letters of the viewer's own authority in one transaction, and matches the statuses that wait for them. One outcome for
    /// each letter, in order.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not register letters.</exception>
    [Demands(ViewerRights.RegisterLetters)]
    Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, RegistrationSource source, CancellationToken cancellationToken);
}

/// <summary>Previews what registering would do.</summary>
public interface ILetterPreview
{
    /// <summary>The outcome that registering would have now; one for each letter, in order. Nothing is stored.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not register letters.</exception>
    [Demands(ViewerRights.RegisterLetters)]
    Task<IReadOnlyList<RegistrationOutcome>> PreviewAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken);

    /// <summary>
    /// Another registered letter of the viewer's authority that has the same MessageUUID, so that statuses cannot tell the two apart; one
    /// for each letter, in order, null where there is none.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not register letters.</exception>
    [Demands(ViewerRights.RegisterLetters)]
    Task<IReadOnlyList<LetterOfSameUuid?>> SameUuidAsync(
        Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken);
}

/// <summary>A registered letter with the MessageUUID of another.</summary>
/// <param name="CaseNumber">Null when the viewer may not see the letter.</param>
/// <param name="LetterId">Null when the viewer may not see the letter.</param>
public sealed record LetterOfSameUuid(string? CaseNumber, string? LetterId);
