using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Letters;

/// <summary>A registered letter with its verdict, so that lists and the worklist are plain queries.</summary>
public sealed class StoredLetter : ILimitedRow
{
    public long Key { get; set; }
    public required string Authority { get; set; }

    /// <summary>As first written; setting it also sets its key.</summary>
    public required string CaseNumber
    {
        get;
        set => (field, CaseNumberKey) = (value, IdentifierKey.Of(value));
    }

    /// <summary>The key by which the case number is compared (<see cref="IdentifierKey"/>).</summary>
    public string CaseNumberKey { get; set; } = "";

    public string? CaseType { get; set; }

    /// <summary>The code of <see cref="LetterRegistration.Kle"/>.</summary>
    public int? Kle { get; set; }

    /// <inheritdoc cref="LetterRegistration.OrganisationUnit" />
    public string? OrganisationUnit { get; set; }

    /// <summary>As first written; setting it also sets its key.</summary>
    public required string LetterId
    {
        get;
        set => (field, LetterIdKey) = (value, IdentifierKey.Of(value));
    }

    /// <summary>
    /// The key by which the letter's id is compared. Letters registered as two before there were keys stay two, distinguished by their
    /// spelling.
    /// </summary>
    public string LetterIdKey { get; set; } = "";

    public required string Title { get; set; }
    public required string RecipientName { get; set; }

    /// <summary>Digits. Shown masked, and unmasked only by an explicit, logged "vis".</summary>
    public string? RecipientId { get; set; }

    public string? RecipientIdType { get; set; }

    /// <summary>Keyed hash of a CPR number, for search.</summary>
    public byte[]? RecipientHash { get; set; }

    public required string Channel { get; set; }
    public bool Decision { get; set; }
    public DateTimeOffset SentAt { get; set; }

    /// <summary>The whole registration as JSON.</summary>
    public required string RegistrationJson { get; set; }

    public DateTimeOffset RegisteredAt { get; set; }
    public required string RegisteredBy { get; set; }

    /// <summary>How the current registration reached the portal.</summary>
    public RegistrationSource RegisteredFrom { get; set; }

    public int Version { get; set; } = 1;

    /// <summary>
    /// The <see cref="Letters.StatusMatching.Version"/> that extracted the letter's identifiers; 0 before versions were stored.
    /// </summary>
    public int Matcher { get; set; }

    /// <summary>
    /// The verdict without what time alone changes: <c>on-its-way</c> with a passed <see cref="EvidenceDeadline"/> means evidence-missing,
    /// or no-receipt by <see cref="Receipts"/>.
    /// </summary>
    public required string Verdict { get; set; }

    public DateTimeOffset? VerdictAt { get; set; }

    /// <summary>While under way: when evidence counts as missing, UTC.</summary>
    public DateTimeOffset? EvidenceDeadline { get; set; }

    /// <summary>A <see cref="ReceiptsOrdered"/> on the wire.</summary>
    public string Receipts { get; set; } = ReceiptNames.All;

    /// <summary>See <see cref="LetterVerdict.PostedAt"/>.</summary>
    public DateTimeOffset? PostedAt { get; set; }

    /// <summary>The number of the rules (<see cref="Rules.StoredRuleSet"/>) that gave the verdict; 0 before they were numbered.</summary>
    public int Rules { get; set; }

    public bool Contradiction { get; set; }

    /// <summary>When the contradiction became true, UTC.</summary>
    public DateTimeOffset? ContradictionAt { get; set; }

    /// <summary>Under way: the attempt is counted as physical post (<see cref="LetterVerdict.Physical"/>).</summary>
    public bool Physical { get; set; }

    /// <summary>
    /// Ticks from sending to <see cref="VerdictAt"/> when the letter arrived in a mailbox; null when the arrival measures nothing
    /// (<see cref="Delays.ArrivalDelay"/>).
    /// </summary>
    public long? ArrivalDelay { get; set; }

    /// <summary>When the letter's statuses were erased under retention, UTC: from then on the verdict is not computed again.</summary>
    public DateTimeOffset? StatusesErasedAt { get; set; }
}

/// <summary>An earlier registration of a letter, kept readable.</summary>
public sealed class StoredLetterVersion
{
    public long LetterKey { get; set; }
    public int Version { get; set; }
    public required string RegistrationJson { get; set; }
    public DateTimeOffset RegisteredAt { get; set; }
    public required string RegisteredBy { get; set; }

    /// <summary>How this registration reached the portal.</summary>
    public RegistrationSource RegisteredFrom { get; set; }

    /// <summary>When a later registration replaced it, UTC.</summary>
    public DateTimeOffset ReplacedAt { get; set; }

    public required string ReplacedBy { get; set; }
}

/// <summary>An identifier that a letter is registered with.</summary>
public sealed class StoredLetterIdentifier
{
    public required string Authority { get; set; }

    /// <summary>
    /// 0 MessageUuid, 1 TransmissionId, 2 MessageId, 3 ForsendelseIdentifikator, 4 AfsendelseIdentifikator, 5 CorrelationId: the order in
    /// which a status is matched.
    /// </summary>
    public int Kind { get; set; }

    /// <summary>The identifier's key (<see cref="IdentifierKey"/>).</summary>
    public required string Value { get; set; }

    public long LetterKey { get; set; }
}

/// <summary>
/// The match of a post status with a letter: one row for each part of its message (<see cref="ReportedStatus.Part"/>), so one for most.
/// </summary>
public sealed class StoredStatusMatch
{
    public long Sequence { get; set; }

    /// <summary>See <see cref="ReportedStatus.Part"/>.</summary>
    public int Part { get; set; }

    /// <summary>The message's <see cref="StoredMessageKind.Id"/>, which gives its authorities.</summary>
    public int Kind { get; set; }

    /// <summary>0 waiting, 1 matched, 2 ambiguous, 3 waiting and muted.</summary>
    public int State { get; set; }

    /// <summary>The <see cref="Letters.StatusMatching.Version"/> that matched it; 0 before versions were stored.</summary>
    public int Matcher { get; set; }

    /// <summary>The <see cref="Letters.Work.StoredMutedSender.Id"/> that mutes it; null when it is not muted.</summary>
    public long? Mute { get; set; }

    public long? LetterKey { get; set; }

    /// <summary>When the state began, UTC (for a waiting status its receipt); a waiting status counts as unmatched an hour later.</summary>
    public DateTimeOffset Since { get; set; }
}
