using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>The filter of the live page in its address, and what its lists offer. Pure.</summary>
internal static class MessageQuery
{
    /// <summary>The filter of an address; what cannot be read is left out.</summary>
    /// <param name="text">The search text, without a person number.</param>
    public static MessageFilter Read(string? type, string? status, string? from, string? to, string? caseNumber, string? text) => new(
        Normal(KnownBeskedtyper.Names, type), Normal(KnownHandlinger.Names, status), Moment(from), Moment(to),
        string.IsNullOrWhiteSpace(caseNumber) ? null : caseNumber, text);

    /// <summary>The address of the page with a filter, and with a message in its panel.</summary>
    /// <param name="chosen">Null or empty for no message.</param>
    public static string Url(MessageFilter filter, string? chosen)
    {
        var url = PortalUrls.MessagesWith(filter);
        return string.IsNullOrEmpty(chosen)
            ? url
            : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}valgt={Uri.EscapeDataString(chosen)}";
    }

    /// <summary>What a list offers: all that is known, and what is chosen although it is not.</summary>
    public static IEnumerable<KeyValuePair<string, string>> WithChosen(IReadOnlyDictionary<string, string> known, string? chosen) =>
        chosen is null || known.ContainsKey(chosen) ? known : known.Append(new(chosen, chosen));

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    // A link may give a type or status by name; the lists use UUIDs.
    private static string? Normal(IReadOnlyDictionary<string, string> known, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null
        : known.FirstOrDefault(k => NameKey.AreSame(k.Value, value) || k.Key == Identifier.Normalise(value)).Key ?? value;
}
