using System.Globalization;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>Which edits are refused, and why. Pure.</summary>
internal static class MeaningRefusals
{
    private const int LongestName = 100;
    private const int LongestSource = 300;
    private const int LongestCode = 50;

    /// <summary>Why an edit of a meaning is refused; null when it is not.</summary>
    /// <param name="before">The meaning that is in force.</param>
    public static MeaningProblem? Of(MeaningEdit edit, string before, PortalSettings settings)
    {
        if (edit.Kind == StoredMeaning.EventCode)
        {
            if (!IsLine(edit.Key, LongestCode)) return Refused("key", "RefusedCode");
            if (settings.PostEventCodes.Keys.Any(c => EffectiveMeanings.KeyOf(c) == EffectiveMeanings.KeyOf(edit.Key)))
                return Refused("row", "RefusedConfigured");
            if (edit.Meaning != MeaningNames.Unknown && !MeaningNames.OfCodes.Contains(edit.Meaning))
                return Refused("meaning", "RefusedMeaning");
        }
        else
        {
            if (edit.Kind != StoredMeaning.Action || !ShippedMeanings.Actions.ContainsKey(edit.Key)
                || !MeaningNames.OfActions.Contains(edit.Meaning))
            {
                return Refused("meaning", "RefusedMeaning");
            }

            if (edit.Meaning == MeaningNames.Of(StatusKind.Delivered) && MeaningNames.IsProgress(ShippedMeanings.ActionOf(edit.Key)))
                return Refused("meaning", "RefusedArrival", Envelopes.KnownHandlinger.Names[edit.Key]);
        }

        if (!IsLine(edit.Source, LongestSource)) return Refused("source", "RefusedSource");
        return edit.Meaning != before && (Decides(edit.Meaning) || Decides(before)) && string.IsNullOrWhiteSpace(edit.Why)
            ? Refused("why", "RefusedNoReason")
            : null;
    }

    /// <summary>Why an edit of a sender is refused; null when it is not.</summary>
    public static MeaningProblem? Of(SenderEdit edit)
    {
        if (!Guid.TryParseExact(edit.Uuid.Trim(), "D", out _)) return Refused("key", "RefusedUuid");
        if (!IsLine(edit.Name, LongestName)) return Refused("name", "RefusedName");
        return IsLine(edit.Source, LongestSource) ? null : Refused("source", "RefusedSource");
    }

    /// <summary>Why an edit of a carrier's period is refused; null when it is not.</summary>
    /// <param name="others">The other periods.</param>
    /// <param name="senders">The known senders' UUIDs.</param>
    public static MeaningProblem? Of(CarrierEdit edit, IEnumerable<StoredCarrier> others, IReadOnlyCollection<string> senders)
    {
        if (edit.Sender is not null && !senders.Contains(edit.Sender)) return Refused("sender", "RefusedSender");
        if (edit.To < edit.From) return Refused("to", "RefusedEndsFirst");
        var overlapping = others.FirstOrDefault(o => o.Sender == edit.Sender && !(o.To < edit.From) && !(edit.To < o.From));
        if (overlapping is not null) return Refused("from", "RefusedOverlap", $"{overlapping.Name} {PeriodOf(overlapping)}");
        if (!IsLine(edit.Name, LongestName)) return Refused("name", "RefusedName");
        return IsLine(edit.Source, LongestSource) ? null : Refused("source", "RefusedSource");
    }

    /// <summary>The row was changed since it was shown.</summary>
    public static MeaningProblem Changed { get; } = Refused("row", "RefusedChanged");

    /// <summary>A period as <c>1.1.2026–</c>.</summary>
    public static string PeriodOf(StoredCarrier carrier) => $"{Day(carrier.From)}–{Day(carrier.To)}";

    private static string Day(DateOnly? day) => day?.ToString("d.M.yyyy", CultureInfo.InvariantCulture) ?? "";

    // What only says that a letter is under way decides no verdict; everything else may.
    private static bool Decides(string meaning) =>
        meaning != MeaningNames.Unknown && !MeaningNames.IsProgress(MeaningNames.KindOf(meaning));

    private static bool IsLine(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Trim().Length <= longest && !text.Any(char.IsControl);

    private static MeaningProblem Refused(string field, string text, params object[] places) =>
        new(field, LocalizedText.Of(text, places));
}
