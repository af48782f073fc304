using System.Collections.Frozen;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Log;

namespace Portal.Features.Messages;

/// <summary>
/// Maps a known action (<see cref="KnownHandlinger"/>) to the name of its texts, <c>Status…</c> (the chip's word, <c>UiTexts.resx</c>) and
/// <c>Story…</c> (the sentence, <c>MessageTexts.resx</c>). To give an action its own texts, add a name here and the two texts with that
/// name. What an action means for the evidence is in <see cref="StatusClassifier"/>.
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
        [KnownHandlinger.Afsendt] = "ProgressPhysical",
        [KnownHandlinger.ModtagetPostDanmark] = "Posted",
        [KnownHandlinger.Tilbagekaldt] = "Recalled",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a message's texts; the kind's name for an action that is not in the table.</summary>
    /// <remarks><see cref="KnownHandlinger.OpdateringPostDanmark"/> is not in the table: its event codes decide its kind.</remarks>
    public static string NameOf(MessageView message, StatusKind kind) =>
        kind is not StatusKind.Unknown
            && KnownHandlinger.Of(message.Action, message.PostStatus?.Status ?? message.ActionName) is { } action
            && MayName(action, kind)
            ? ByAction.GetValueOrDefault(action, kind.ToString())
            : kind.ToString();

    // An administrator may have said that the action means something else: then its own texts would contradict its kind.
    private static bool MayName(string action, StatusKind kind) =>
        EffectiveMeanings.ShippedOf(action) == kind;
}
