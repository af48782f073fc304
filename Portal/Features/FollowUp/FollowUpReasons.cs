using Portal.Ingestion.Letters;
using Portal.Platform.Ui;

namespace Portal.Features.FollowUp;

/// <summary>The worklist's reasons in addresses.</summary>
public static class FollowUpReasons
{
    /// <summary><c>evidence-missing</c> for <see cref="FollowUpReason.EvidenceMissing"/>, and so on.</summary>
    public static string Wire(FollowUpReason reason) => reason switch
    {
        FollowUpReason.Failed => "failed",
        FollowUpReason.Returned => "returned",
        FollowUpReason.Contradiction => "contradiction",
        FollowUpReason.EvidenceMissing => "evidence-missing",
        FollowUpReason.Unmatched => "unmatched",
        _ => "ambiguous",
    };

    /// <summary>The reason of that name; null for none of ours.</summary>
    public static FollowUpReason? Parse(string? name) =>
        Enum.GetValues<FollowUpReason>().Select(r => (FollowUpReason?)r)
            .FirstOrDefault(r => Wire(r!.Value).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The worklist, narrowed to a reason when there is one.</summary>
    public static string Link(FollowUpReason? reason) =>
        reason is { } only ? $"{PortalUrls.FollowUp}?grund={Wire(only)}" : PortalUrls.FollowUp;
}
