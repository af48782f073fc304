namespace Portal.Ingestion.Letters.Meanings;

/// <summary>The names of meanings as tables and interfaces write them, and their words.</summary>
public static class MeaningNames
{
    /// <summary>The name of a meaning that decides nothing.</summary>
    public const string Unknown = "unknown";

    /// <summary>The meaning of an action whose event codes are the statuses.</summary>
    public const string Events = "events";

    /// <summary>The meanings that an action can have.</summary>
    public static IReadOnlyList<string> OfActions { get; } =
        [.. Enum.GetValues<StatusKind>().Where(k => k != StatusKind.Unknown).Select(Of), Unknown];

    /// <summary>The meanings that an event code can have, besides <see cref="Unknown"/>.</summary>
    public static IReadOnlyList<string> OfCodes { get; } = ["return", "new-address", "receipt", "tracking"];

    /// <summary>The name of a kind of status.</summary>
    public static string Of(StatusKind kind) => kind switch
    {
        StatusKind.ProgressNeutral => "progress-neutral",
        StatusKind.ProgressDigital => "progress-digital",
        StatusKind.ProgressPhysical => "progress-physical",
        StatusKind.Posted => "posted",
        StatusKind.Failed => "failed",
        StatusKind.Returned => "returned",
        StatusKind.Recalled => "recalled",
        StatusKind.Delivered => "delivered",
        _ => Unknown,
    };

    /// <summary>The kind of status with this name; <see cref="StatusKind.Unknown"/> for any other name.</summary>
    public static StatusKind KindOf(string name) => Enum.GetValues<StatusKind>().FirstOrDefault(kind => Of(kind) == name);

    /// <summary>True for progress: it decides no verdict.</summary>
    public static bool IsProgress(StatusKind kind) =>
        kind is StatusKind.ProgressNeutral or StatusKind.ProgressDigital or StatusKind.ProgressPhysical;

    /// <summary>What a meaning says, in words.</summary>
    public static LocalizedText Words(string name) => name switch
    {
        "progress-neutral" => LocalizedText.Of("MeansProgressNeutral"),
        "progress-digital" => LocalizedText.Of("MeansProgressDigital"),
        "progress-physical" => LocalizedText.Of("MeansProgressPhysical"),
        "posted" => LocalizedText.Of("MeansPosted"),
        "failed" => LocalizedText.Of("MeansFailed"),
        "returned" or "return" => LocalizedText.Of("MeansReturned"),
        "recalled" => LocalizedText.Of("MeansRecalled"),
        "delivered" => LocalizedText.Of("MeansDelivered"),
        "new-address" => LocalizedText.Of("MeansNewAddress"),
        "receipt" => LocalizedText.Of("MeansReceipt"),
        "tracking" => LocalizedText.Of("MeansTracking"),
        Events => LocalizedText.Of("MeansEvents"),
        _ => LocalizedText.Of("MeansUnknown"),
    };
}
