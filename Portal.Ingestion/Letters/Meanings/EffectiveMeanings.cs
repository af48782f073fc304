using System.Collections.Frozen;
using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>
/// What actions and event codes mean, what senders are called and which company carries ordinary letters, at one moment: the shipped
/// meanings, over them the edited tables, over them the configured event codes. Never changes.
/// </summary>
public sealed class EffectiveMeanings
{
    private readonly FrozenDictionary<string, StatusKind> _actions;
    private readonly FrozenDictionary<string, string> _codes;
    private readonly FrozenDictionary<string, string> _senders;
    private readonly IReadOnlyList<StoredCarrier> _carriers;

    private EffectiveMeanings(
        IReadOnlyDictionary<string, StatusKind> actions, IReadOnlyDictionary<string, string> codes,
        IReadOnlyDictionary<string, string> senders, IReadOnlyList<StoredCarrier> carriers)
    {
        _actions = actions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _codes = codes.ToFrozenDictionary(StringComparer.Ordinal);
        _senders = senders.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _carriers = carriers;
        Rules = string.Join(", ", _codes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}")
            .Concat(_actions.Where(a => ShippedMeanings.ActionOf(a.Key) != a.Value).OrderBy(a => a.Key, StringComparer.Ordinal)
                .Select(a => $"{a.Key}={MeaningNames.Of(a.Value)}")));
    }

    /// <summary>
    /// Everything that decides verdicts, in words of the wire: the event codes, and those actions whose meaning is not the shipped one.
    /// </summary>
    public string Rules { get; }

    /// <summary>The shipped meanings with these event codes; no senders and carriers.</summary>
    /// <param name="codes">Event code → meaning.</param>
    public static EffectiveMeanings Shipped(IReadOnlyDictionary<string, string> codes) => Of([], [], [], codes);

    /// <summary>The meanings of tables, over which configured event codes stand.</summary>
    /// <param name="rows">The rows of actions and event codes.</param>
    /// <param name="senders">The rows of senders.</param>
    /// <param name="carriers">The rows of carriers.</param>
    /// <param name="configured">Event code → meaning.</param>
    public static EffectiveMeanings Of(
        IEnumerable<StoredMeaning> rows, IEnumerable<StoredSender> senders, IEnumerable<StoredCarrier> carriers,
        IReadOnlyDictionary<string, string> configured)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(configured);
        var actions = ShippedMeanings.Actions.ToDictionary(a => a.Key, a => a.Value, StringComparer.OrdinalIgnoreCase);
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            // A meaning that only a later version knows counts as unknown.
            if (row.Kind == StoredMeaning.EventCode && MeaningNames.OfCodes.Contains(row.Meaning)) codes[row.Key] = row.Meaning;
            if (row.Kind == StoredMeaning.Action) actions[row.Key] = MeaningNames.KindOf(row.Meaning);
        }

        foreach (var (code, meaning) in configured)
        {
            codes.Remove(KeyOf(code));
            codes[code] = meaning;
        }

        return new(actions, codes, senders.ToDictionary(s => s.Uuid, s => s.Name), [.. carriers]);
    }

    /// <summary>What an action means as shipped, whatever the tables say.</summary>
    public static StatusKind ShippedOf(string action) => ShippedMeanings.ActionOf(action);

    /// <summary>What an action means; <see cref="StatusKind.Unknown"/> for one that decides nothing.</summary>
    public StatusKind OfAction(string? action) => action is null ? StatusKind.Unknown : _actions.GetValueOrDefault(action);

    /// <summary>
    /// What an event code means: <c>return</c>, <c>new-address</c>, <c>receipt</c>, <c>tracking</c>; null when it is not mapped.
    /// </summary>
    public string? OfEvent(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return _codes.TryGetValue(code.Trim(), out var meaning) || _codes.TryGetValue(KeyOf(code), out meaning) ? meaning : null;
    }

    /// <summary>A sender's name by its UUID; null when it is not in the table.</summary>
    public string? SenderName(string? uuid) =>
        Identifier.Normalise(uuid) is { } key ? _senders.GetValueOrDefault(key) : null;

    /// <summary>
    /// The company that carried a sender's ordinary letters on a day: a row of the sender's own goes before one for all senders. Null when
    /// none is known.
    /// </summary>
    /// <param name="sender">The sender's UUID.</param>
    /// <param name="channel">The sender's name as written (KanalKode), for when the UUID is no sender's.</param>
    /// <param name="at">When the letter was handed over.</param>
    public string? CarrierOf(string? sender, string? channel, DateTimeOffset at)
    {
        var uuid = Identifier.Normalise(sender);
        if (uuid is null || !_senders.ContainsKey(uuid)) uuid = channel is null ? null : UuidOf(channel);
        var day = DanishTime.DateOf(at);
        return (_carriers.FirstOrDefault(c => uuid is not null && c.Sender == uuid && c.Covers(day))
            ?? _carriers.FirstOrDefault(c => c.Sender is null && c.Covers(day)))?.Name;
    }

    /// <summary>The form in which an event code is stored: codes are numbers, so 01 is 1.</summary>
    public static string KeyOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return long.TryParse(code.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : code.Trim();
    }

    private string? UuidOf(string name) =>
        _senders.Where(s => NameKey.Of(s.Value) == NameKey.Of(name)).Select(s => s.Key).FirstOrDefault();
}
