using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Ingestion.Envelopes;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>
/// The name of a known action (<see cref="KnownHandlinger"/>) in the language of the page. In Danish it is the standard's, as it is sent; a
/// text that is no known action is shown as it was sent in both.
/// </summary>
public static class StatusName
{
    private static readonly FrozenDictionary<string, string> Keys = new Dictionary<string, string>
    {
        [KnownHandlinger.Klar] = "ActionReady",
        [KnownHandlinger.ModtagetDigitalPost] = "ActionReceivedDigital",
        [KnownHandlinger.AfleveretDigitalPost] = "ActionDeliveredDigital",
        [KnownHandlinger.Fejlet] = "ActionFailed",
        [KnownHandlinger.ModtagetFjernprint] = "ActionReceivedPrint",
        [KnownHandlinger.AfleveretTilPrint] = "ActionHandedToPrint",
        [KnownHandlinger.Afsendt] = "ActionSent",
        [KnownHandlinger.ModtagetPostDanmark] = "ActionReceivedPost",
        [KnownHandlinger.OpdateringPostDanmark] = "ActionUpdatePost",
        [KnownHandlinger.Tilbagekaldt] = "ActionRecalled",
        [KnownHandlinger.Foedsel] = "ActionBirth",
        [KnownHandlinger.Doedsfald] = "ActionDeath",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the action whose name or UUID this is; the text itself when it is none.</summary>
    public static string? Of(string? text, IStringLocalizer<UiTexts> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return LanguageFormat.IsEnglish(CultureInfo.CurrentUICulture)
            && KnownHandlinger.Of(text, text) is { } action && Keys.TryGetValue(action, out var key) ? words[key] : text;
    }
}
