using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters;

/// <summary>Classifies a status by its action or event code (DOMAIN §2, "Kinds of status"). Pure.</summary>
public static class StatusClassifier
{
    /// <summary>What a status means; <see cref="StatusKind.Unknown"/> for one that decides nothing.</summary>
    public static StatusKind KindOf(ToldStatus told, IReadOnlyDictionary<string, string> postEventCodes)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told.EventCode is { } code ? OfEvent(code, postEventCodes) : told.Action switch
        {
            KnownHandlinger.Klar => StatusKind.ProgressNeutral,
            KnownHandlinger.ModtagetDigitalPost => StatusKind.ProgressDigital,

            // Afsendt says that the sending system has made the letter at the print supplier: nothing is posted yet.
            KnownHandlinger.Afsendt or KnownHandlinger.ModtagetFjernprint or KnownHandlinger.AfleveretTilPrint =>
                StatusKind.ProgressPhysical,
            KnownHandlinger.AfleveretDigitalPost => StatusKind.Delivered,
            KnownHandlinger.ModtagetPostDanmark => StatusKind.Posted,
            KnownHandlinger.Fejlet => StatusKind.Failed,
            KnownHandlinger.Tilbagekaldt => StatusKind.Recalled,
            _ => StatusKind.Unknown,
        };
    }

    /// <summary>
    /// The kinds of a message with one registration, by its action, status text and event codes; never empty. Of a stored message read the
    /// statuses by <see cref="ToldStatuses.Of"/>.
    /// </summary>
    public static ValueList<StatusKind> Classify(
        string? action, string? statusText, IReadOnlyList<string> eventCodes, IReadOnlyDictionary<string, string> postEventCodes) =>
        [.. ToldStatuses.Simple(action, statusText, string.Join(';', eventCodes), null).Select(t => KindOf(t, postEventCodes)).Distinct()
            .Order()];

    /// <summary>
    /// What an event code means: <c>return</c>, <c>new-address</c>, <c>receipt</c>, <c>tracking</c>; null when it is not mapped.
    /// </summary>
    public static string? MeaningOf(string eventCode, IReadOnlyDictionary<string, string> postEventCodes)
    {
        var code = eventCode.Trim();
        if (postEventCodes.TryGetValue(code, out var meaning)) return meaning;

        // The codes are numbers: 01 equals 1.
        return long.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && postEventCodes.TryGetValue(number.ToString(CultureInfo.InvariantCulture), out meaning)
            ? meaning
            : null;
    }

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

    private static StatusKind OfEvent(string code, IReadOnlyDictionary<string, string> postEventCodes) =>
        MeaningOf(code, postEventCodes) switch
        {
            "return" => StatusKind.Returned,
            "receipt" => StatusKind.Delivered,
            "new-address" or "tracking" => StatusKind.Posted,
            _ => StatusKind.Unknown,
        };
}
