using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>How a letter is sent.</summary>
public enum LetterChannel
{
    DigitalPost,
    FysiskPost,
    Automatisk,
}

/// <summary>
/// The receipts that were ordered with a letter. On the wire and in the database: <c>all</c>, <c>errors-only</c>, <c>none</c>.
/// </summary>
public enum ReceiptsOrdered
{
    All,

    /// <summary>Only failures are reported, so silence says nothing.</summary>
    ErrorsOnly,

    None,
}

/// <summary>The names of <see cref="ReceiptsOrdered"/> on the wire and in the database.</summary>
public static class ReceiptNames
{
    /// <summary>The database's name of <see cref="ReceiptsOrdered.All"/>.</summary>
    public const string All = "all";

    /// <summary>The name.</summary>
    public static string ToWire(this ReceiptsOrdered receipts) => receipts switch
    {
        ReceiptsOrdered.ErrorsOnly => "errors-only",
        ReceiptsOrdered.None => "none",
        _ => All,
    };

    /// <summary>The value with that name, in upper or lower case; null for an unknown name.</summary>
    public static ReceiptsOrdered? Parse(string? name) =>
        Enum.GetValues<ReceiptsOrdered>().Select(r => (ReceiptsOrdered?)r)
            .FirstOrDefault(r => r!.Value.ToWire().Equals(name?.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>Reads channels by their names in the database.</summary>
internal static class LetterChannels
{
    /// <summary>
    /// The channel with that name; <see cref="LetterChannel.Automatisk"/>, which does not name a channel, for an unknown name.
    /// </summary>
    public static LetterChannel Of(string? name) => TryOf(name) ?? LetterChannel.Automatisk;

    /// <summary>The channel with that name; null for no name or an unknown one.</summary>
    public static LetterChannel? TryOf(string? name) =>
        Enum.TryParse<LetterChannel>(name, out var channel) && Enum.IsDefined(channel) && channel.ToString() == name ? channel : null;
}

/// <summary>A letter as registered by a case system, validated. Its key is the authority and <see cref="LetterId"/>.</summary>
public sealed record LetterRegistration
{
    public required string CaseNumber { get; init; }

    /// <summary>E.g. <c>huslejenaevn</c>; decides the appeal period (<c>Evidence:AppealPeriods</c>).</summary>
    public string? CaseType { get; init; }

    public required string LetterId { get; init; }
    public required string Title { get; init; }
    public required LetterRecipient Recipient { get; init; }
    public LetterChannel Channel { get; init; }

    /// <summary>The letter starts an appeal period.</summary>
    public bool Decision { get; init; } = true;

    /// <summary>UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The receipts that were ordered from the print supplier or mailbox service.</summary>
    public ReceiptsOrdered Receipts { get; init; }

    /// <summary>The post product that was ordered, in the sender's words; null for none. See <see cref="PostCategories"/>.</summary>
    public string? PostCategory { get; init; }

    /// <summary>The id of the letter instead of which this letter is sent; null for most.</summary>
    public string? Replaces { get; init; }

    /// <summary>The letter's subject as a KLE number, as <see cref="Domain.Kle.Read"/> has it; null for none.</summary>
    public string? Kle { get; init; }

    /// <summary>The organisation unit that sent the letter: a UUID in lower case with hyphens; null for none.</summary>
    public string? OrganisationUnit { get; init; }

    public required LetterIdentifiers Identifiers { get; init; }
    public ValueList<LetterDocument> Documents { get; init; } = [];
}

/// <summary>
/// The addressee. <paramref name="Id"/> is digits only as registered; <see cref="LetterMask"/> masks a CPR number before it is shown.
/// </summary>
public sealed record LetterRecipient(string Name, string? Id, string? IdType);

/// <summary>A document of the letter; SHA-256 in lower-case hex.</summary>
public sealed record LetterDocument(string Name, string? Sha256);

/// <summary>
/// The identifiers by which statuses are matched with the letter; at least one is set. Compared by <see cref="IdentifierKey"/>.
/// </summary>
public sealed record LetterIdentifiers
{
    public string? MessageUuid { get; init; }
    public string? TransmissionId { get; init; }
    public string? MessageId { get; init; }
    public string? ForsendelseIdentifikator { get; init; }
    public string? AfsendelseIdentifikator { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Their names in the standards, in the order in which a status is matched by them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["MessageUUID", "TransmissionId", "MessageId", "ForsendelseIdentifikator", "AfsendelseIdentifikator", "CorrelationId"];

    /// <summary>All of them in the order of <see cref="Names"/>; null for those that are not set.</summary>
    public IReadOnlyList<string?> Values() =>
        [MessageUuid, TransmissionId, MessageId, ForsendelseIdentifikator, AfsendelseIdentifikator, CorrelationId];

    /// <summary>The identifiers that are set, each with its name.</summary>
    public IEnumerable<(string Name, string Value)> Known() =>
        Names.Zip(Values()).Where(i => !string.IsNullOrWhiteSpace(i.Second)).Select(i => (i.First, i.Second!));
}

/// <summary>
/// The delivery verdict on a letter. On the wire: <c>delivered</c>, <c>handed-to-post</c>, <c>on-its-way</c>, <c>evidence-missing</c>,
/// <c>failed</c>, <c>returned</c>, <c>recalled</c>, <c>no-receipt</c>.
/// </summary>
public enum Verdict
{
    OnItsWay,
    EvidenceMissing,
    HandedToPost,
    Delivered,
    Failed,
    Returned,
    Recalled,

    /// <summary>No receipt was ordered, so arrival cannot be shown.</summary>
    NoReceipt,
}

/// <summary>What a status means for the delivery of a letter.</summary>
public enum StatusKind
{
    Unknown,
    ProgressNeutral,
    ProgressDigital,
    ProgressPhysical,
    Posted,
    Failed,
    Returned,
    Recalled,
    Delivered,
}

/// <summary>The verdicts' names on the wire.</summary>
public static class Verdicts
{
    /// <summary><c>handed-to-post</c> for <see cref="Verdict.HandedToPost"/>, and so on.</summary>
    public static string ToWire(this Verdict verdict) => verdict switch
    {
        Verdict.OnItsWay => "on-its-way",
        Verdict.EvidenceMissing => "evidence-missing",
        Verdict.HandedToPost => "handed-to-post",
        Verdict.Delivered => "delivered",
        Verdict.Failed => "failed",
        Verdict.Returned => "returned",
        Verdict.NoReceipt => "no-receipt",
        _ => "recalled",
    };

    /// <summary>The verdict with that name; <see cref="Verdict.OnItsWay"/> for an unknown name.</summary>
    public static Verdict FromWire(string name) => Enum.GetValues<Verdict>().FirstOrDefault(v => v.ToWire() == name);
}
