using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Platform.Ui;

namespace Portal.Features.Messages;

/// <summary>The live list's filter and chosen message as its address has them.</summary>
internal static class MessageAddress
{
    /// <summary>
    /// The filter of an address. A link may give a type or status by name, the lists use UUIDs; a moment that is none counts as not given.
    /// </summary>
    public static MessageFilter Read(string? type, string? status, string? from, string? to, string? caseNumber, string? text) => new(
        Normal(KnownBeskedtyper.Names, type), Normal(KnownHandlinger.Names, status), Moment(from), Moment(to),
        string.IsNullOrWhiteSpace(caseNumber) ? null : caseNumber, text);

    /// <summary>The address of a filter with a message chosen, or none.</summary>
    public static string Of(MessageFilter filter, string? chosen)
    {
        var url = PortalUrls.MessagesWith(filter);
        return string.IsNullOrEmpty(chosen)
            ? url
            : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}valgt={Uri.EscapeDataString(chosen)}";
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static string? Normal(IReadOnlyDictionary<string, string> known, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null
        : known.FirstOrDefault(k => NameKey.AreSame(k.Value, value) || k.Key == Identifier.Normalise(value)).Key ?? value;
}
