namespace Portal.Ingestion.Letters;

/// <summary>
/// Why something is on the worklist. On the wire: <c>failed</c>, <c>returned</c>, <c>contradiction</c>, <c>evidence-missing</c>,
/// <c>unmatched</c>, <c>ambiguous</c>.
/// </summary>
public enum FollowUpReason
{
    Failed,
    Returned,
    Contradiction,
    EvidenceMissing,
    Unmatched,
    Ambiguous,
}

/// <summary>The reasons' names on the wire and in addresses.</summary>
public static class FollowUpReasons
{
    /// <summary><c>evidence-missing</c> for <see cref="FollowUpReason.EvidenceMissing"/>, and so on.</summary>
    public static string ToWire(this FollowUpReason reason) => reason switch
    {
        FollowUpReason.Failed => "failed",
        FollowUpReason.Returned => "returned",
        FollowUpReason.Contradiction => "contradiction",
        FollowUpReason.EvidenceMissing => "evidence-missing",
        FollowUpReason.Unmatched => "unmatched",
        _ => "ambiguous",
    };

    /// <summary>The reason with that name, in upper or lower case; null for an unknown name.</summary>
    public static FollowUpReason? Parse(string? name) =>
        Enum.GetValues<FollowUpReason>().Select(r => (FollowUpReason?)r)
            .FirstOrDefault(r => r!.Value.ToWire().Equals(name, StringComparison.OrdinalIgnoreCase));
}
