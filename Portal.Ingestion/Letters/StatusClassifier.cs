using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters;

/// <summary>Classifies a status by its action or event code (DOMAIN §2, "Kinds of status"). Pure.</summary>
public static class StatusClassifier
{
    /// <summary>What a status means; <see cref="StatusKind.Unknown"/> for one that decides nothing.</summary>
    public static StatusKind KindOf(ReportedStatus told, EffectiveMeanings meanings)
    {
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(meanings);
        return told.EventCode is { } code ? OfEvent(code, meanings) : meanings.OfAction(told.Action);
    }

    /// <summary>
    /// The kinds of a message with one registration, by its action, status text and event codes; never empty. Of a stored message read the
    /// statuses by <see cref="ReportedStatuses.Of"/>.
    /// </summary>
    public static ValueList<StatusKind> Classify(
        string? action, string? statusText, IReadOnlyList<string> eventCodes, EffectiveMeanings meanings) =>
        [.. ReportedStatuses.Simple(action, statusText, string.Join(';', eventCodes), null).Select(t => KindOf(t, meanings)).Distinct()
            .Order()];

    /// <summary>The kind that a timeline shows for a status of several kinds: the gravest.</summary>
    public static StatusKind Gravest(IEnumerable<StatusKind> kinds) => kinds.MaxBy(kind => kind switch
    {
        StatusKind.Recalled => 8,
        StatusKind.Returned => 7,
        StatusKind.Failed => 6,
        StatusKind.Delivered => 5,
        StatusKind.Posted => 4,
        StatusKind.ProgressPhysical => 3,
        StatusKind.ProgressDigital => 2,
        StatusKind.ProgressNeutral => 1,
        _ => 0,
    });

    private static StatusKind OfEvent(string code, EffectiveMeanings meanings) => meanings.OfEvent(code) switch
    {
        "return" => StatusKind.Returned,
        "receipt" => StatusKind.Delivered,
        "new-address" or "tracking" => StatusKind.Posted,
        _ => StatusKind.Unknown,
    };
}
