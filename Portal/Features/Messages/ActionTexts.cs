using System.Collections.Frozen;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Features.Messages;

/// <summary>
/// Which texts say a known action: the table from <see cref="KnownHandlinger"/> to the name of its texts, <c>Status…</c> (the chip's word,
/// <c>UiTexts.resx</c>) and <c>Story…</c> (the sentence, <c>MessageTexts.resx</c>). An action gets words of its own by a name of its own
/// here and the two texts of that name; what it means for the letter's evidence is <see cref="StatusClassifier"/>'s to say.
/// </summary>
internal static class ActionTexts
{
    private static readonly FrozenDictionary<string, string> ByAction = new Dictionary<string, string>
    {
        [KnownHandlinger.Klar] = "ProgressNeutral",
        [KnownHandlinger.ModtagetDigitalPost] = "ProgressDigital",
        [KnownHandlinger.AfleveretDigitalPost] = "Delivered",
        [KnownHandlinger.Fejlet] = "Failed",
        [KnownHandlinger.ModtagetFjernprint] = "ProgressPhysical",
        [KnownHandlinger.AfleveretTilPrint] = "ProgressPhysical",
        [KnownHandlinger.Afsendt] = "Posted",
        [KnownHandlinger.ModtagetPostDanmark] = "Posted",
        [KnownHandlinger.Tilbagekaldt] = "Recalled",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a message's texts; that of its kind for an action that is not in the table.</summary>
    /// <remarks>What <see cref="KnownHandlinger.OpdateringPostDanmark"/> says is in its event codes, and so in its kind.</remarks>
    public static string NameOf(MessageView message, StatusKind kind) =>
        kind is not StatusKind.Unknown
            && StatusClassifier.ActionOf(message.Action, message.PostStatus?.Status ?? message.ActionName) is { } action
            ? ByAction.GetValueOrDefault(action, kind.ToString())
            : kind.ToString();
}
