using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Letters;

/// <summary>Classifies a status: the action's UUID decides, or the status text when the UUID is unknown. Pure.</summary>
public static class StatusClassifier
{
    /// <summary>
    /// The kinds of a status; never empty. An "Opdatering fra Post Danmark" has one for each distinct event code, and a code that
    /// <paramref name="postEventCodes"/> does not map is <see cref="StatusKind.Unknown"/>.
    /// </summary>
    public static ValueList<StatusKind> Classify(
        string? action, string? statusText, IReadOnlyList<string> eventCodes, IReadOnlyDictionary<string, string> postEventCodes) =>
        ActionOf(action, statusText) switch
        {
            KnownHandlinger.Klar => [StatusKind.ProgressNeutral],
            KnownHandlinger.ModtagetDigitalPost => [StatusKind.ProgressDigital],
            KnownHandlinger.ModtagetFjernprint or KnownHandlinger.AfleveretTilPrint => [StatusKind.ProgressPhysical],
            KnownHandlinger.AfleveretDigitalPost => [StatusKind.Delivered],
            KnownHandlinger.Afsendt or KnownHandlinger.ModtagetPostDanmark => [StatusKind.Posted],
            KnownHandlinger.Fejlet => [StatusKind.Failed],
            KnownHandlinger.Tilbagekaldt => [StatusKind.Recalled],
            KnownHandlinger.OpdateringPostDanmark when eventCodes.Count > 0 =>
                [.. eventCodes.Select(c => OfEvent(c, postEventCodes)).Distinct().Order()],
            _ => [StatusKind.Unknown],
        };

    /// <summary>The kinds of a stored status.</summary>
    public static ValueList<StatusKind> Classify(StoredMessageKind kind, IReadOnlyDictionary<string, string> postEventCodes) =>
        Classify(kind.Action, kind.StatusText, SplitCodes(kind.EventCodes), postEventCodes);

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

    /// <summary>The codes of a stored message, as <c>1;3</c>.</summary>
    public static IReadOnlyList<string> SplitCodes(string? eventCodes) =>
        eventCodes?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Which of <see cref="KnownHandlinger"/> a status is, by its action's UUID, else by its text; null for none.</summary>
    public static string? ActionOf(string? action, string? statusText)
    {
        var uuid = Envelopes.Identifier.Normalise(action);
        if (uuid is not null && KnownHandlinger.Names.ContainsKey(uuid)) return uuid;
        return KnownHandlinger.Find(statusText);
    }

    private static StatusKind OfEvent(string code, IReadOnlyDictionary<string, string> postEventCodes) =>
        MeaningOf(code, postEventCodes) switch
        {
            "return" => StatusKind.Returned,
            "receipt" => StatusKind.Delivered,
            "new-address" or "tracking" => StatusKind.Posted,
            _ => StatusKind.Unknown,
        };
}
