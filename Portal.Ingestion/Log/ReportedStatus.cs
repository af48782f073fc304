using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Log;

/// <summary>A status that a message tells about a letter. Most messages tell one.</summary>
/// <param name="Part">
/// Which of the message's letters it is about, from 0: registrations (ObjektRegistrering) of different objects are parts of their own.
/// </param>
/// <param name="Action">The UUID of one of <see cref="KnownHandlinger"/>; null when neither action nor status text is known.</param>
/// <param name="EventCode">The ForsendelseHaendelseTypeKode of an event; null when the action itself is the status.</param>
/// <param name="At">UTC; null when the message gives no time for it.</param>
/// <param name="ObjectId">
/// The ObjektId that the registration itself names, masked as identifiers are; null when the payload's identifiers name the letter.
/// </param>
public sealed record ReportedStatus(
    [property: JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Part,
    [property: JsonPropertyName("a"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Action,
    [property: JsonPropertyName("c"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EventCode,
    [property: JsonPropertyName("t"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    [property: JsonPropertyName("o"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ObjectId);

/// <summary>
/// Finds the statuses that a message tells. A row and its kind say it for a message with one registration and without events of their own
/// time; for any other the row has them in a column (<see cref="StoredMessage.Statuses"/>). Pure.
/// </summary>
public static class ReportedStatuses
{
    /// <summary>
    /// The most statuses of a message that count: more than any real one has, and few enough that a made-up message costs no more to match
    /// than a batch of real ones.
    /// </summary>
    public const int Most = 200;

    /// <summary>The statuses of a stored message; never empty. A damaged column counts as missing.</summary>
    public static IReadOnlyList<ReportedStatus> Of(StoredMessage row, StoredMessageKind kind)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(kind);
        return Unpack(row.Statuses) ?? Simple(kind.Action, kind.StatusText, kind.EventCodes, row.StatusAt);
    }

    /// <summary>
    /// The statuses of a message with one registration whose events have no time of their own: the events where the action is an
    /// "Opdatering …" or unknown, else the action.
    /// </summary>
    /// <param name="eventCodes">As stored with the kind: joined by <c>;</c>.</param>
    public static IReadOnlyList<ReportedStatus> Simple(string? action, string? statusText, string? eventCodes, DateTimeOffset? at)
    {
        var known = KnownHandlinger.Of(action, statusText);
        var codes = SplitCodes(eventCodes);
        return CountsEvents(known) && codes.Count > 0
            ? [.. codes.Distinct(StringComparer.Ordinal).Select(code => new ReportedStatus(0, known, code, at, null))]
            : [new ReportedStatus(0, known, null, at, null)];
    }

    /// <summary>
    /// The column of a message: null when its action at its own time is all that it tells, as for nearly all messages. Events are always in
    /// it, since a kind may be stored without their codes.
    /// </summary>
    public static string? Pack(Haendelsesbesked besked, PostStatus? status, StoredMessageKind kind, DateTimeOffset? at)
    {
        ArgumentNullException.ThrowIfNull(besked);
        ArgumentNullException.ThrowIfNull(kind);
        if (!kind.IsPostStatus) return null;
        var told = Told(besked, status, kind, at);
        return told.SequenceEqual(Simple(kind.Action, kind.StatusText, null, at)) ? null : JsonSerializer.Serialize(told);
    }

    /// <summary>True when the statuses of a message with this action are its events, if it has any.</summary>
    public static bool CountsEvents(string? action) => action is null or KnownHandlinger.OpdateringPostDanmark;

    /// <summary>The codes of a stored kind, which joins them by <c>;</c>.</summary>
    public static IReadOnlyList<string> SplitCodes(string? eventCodes) =>
        eventCodes?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static List<ReportedStatus> Told(Haendelsesbesked besked, PostStatus? status, StoredMessageKind kind, DateTimeOffset? at)
    {
        var events = (status?.Haendelser ?? []).Where(h => !string.IsNullOrWhiteSpace(h.TypeKode)).ToList();
        var counting = besked.ObjektRegistrering.Where(r => KnownHandlinger.TellsOfPost(r.ObjektHandling)).Take(Most).ToList();
        var told = new List<ReportedStatus>();
        if (counting.Count < 2)
        {
            Add(0, KnownHandlinger.Of(kind.Action, kind.StatusText), at, null);
            return told;
        }

        // Registrations of the same object are about the same letter, so they are matched as one.
        var parts = new List<string?>();
        foreach (var registration in counting)
        {
            var own = MessageDraftBuilder.ObjectOf(registration);
            var key = own is null ? null : IdentifierKey.Of(own);
            if (!parts.Contains(key)) parts.Add(key);
            Add(parts.IndexOf(key), Identifier.Normalise(registration.ObjektHandling), registration.Registreringstidspunkt?.At ?? at, own);
        }

        return told;

        void Add(int part, string? action, DateTimeOffset? moment, string? own)
        {
            if (CountsEvents(action) && events.Count > 0)
            {
                told.AddRange(events.Select(e => new ReportedStatus(part, action, e.TypeKode!.Trim(), Utc(e.DatoTid?.At ?? moment), own))
                    .Distinct().Take(Most - told.Count));
            }
            else if (told.Count < Most)
            {
                told.Add(new ReportedStatus(part, action, null, Utc(moment), own));
            }
        }
    }

    private static DateTimeOffset? Utc(DateTimeOffset? at) => at?.ToUniversalTime();

    private static List<ReportedStatus>? Unpack(string? column)
    {
        if (string.IsNullOrEmpty(column)) return null;
        try
        {
            return JsonSerializer.Deserialize<List<ReportedStatus>>(column) is { Count: > 0 and <= Most } told && !told.Contains(null!)
                ? told
                : null;
        }
        catch (JsonException)
        {
            // Damaged, or written by a later version: the row and its kind still say what they can.
            return null;
        }
    }
}
