namespace Portal.Features.Chains.Document;

/// <summary>
/// Names of a box's values. Each is set on its own: the last writer wins per name. All values are texts; numbers are in invariant culture.
/// </summary>
public static class ElementProperty
{
    public const string Kind = "kind";
    public const string Text = "text";
    public const string X = "x";
    public const string Y = "y";
    public const string Width = "width";
    public const string Consequence = "consequence";
    public const string Start = "start";
    public const string Stop = "stop";
    public const string InsteadOf = "insteadOf";
    public const string Who = "who";
    public const string Owner = "owner";

    /// <summary>The first of the four views: management, professionals, staff, IT.</summary>
    public const string StrategicView = "views.strategic";
    public const string ProfessionalView = "views.professional";
    public const string StaffView = "views.staff";
    public const string ItView = "views.it";

    public const string VolumeLow = "volume.low";
    public const string VolumeLikely = "volume.likely";
    public const string VolumeHigh = "volume.high";

    /// <summary>The volume's period: <c>day</c>, <c>week</c>, <c>month</c>, <c>quarter</c> or <c>year</c>.</summary>
    public const string VolumePer = "volume.per";

    /// <summary>The share of cases concerned, 0–1.</summary>
    public const string VolumeShare = "volume.share";
    public const string MinutesEach = "volume.minutesEach";

    public const string IndicatorName = "indicator.name";
    public const string IndicatorUnit = "indicator.unit";
    public const string IndicatorBaseline = "indicator.baseline";
    public const string IndicatorTarget = "indicator.target";

    /// <summary>Date of the follow-up, <c>yyyy-MM-dd</c>.</summary>
    public const string IndicatorFollowUp = "indicator.followUp";

    /// <summary>UUID of the message type of a technology or a result.</summary>
    public const string MessageType = "messageType";

    /// <summary>The tags, one per line.</summary>
    public const string Tags = "tags";

    private static readonly HashSet<string> Texts =
        [Text, Consequence, Start, Stop, InsteadOf, Who, Owner, StrategicView, ProfessionalView, StaffView, ItView, IndicatorName,
            IndicatorUnit, MessageType, Tags];

    private static readonly HashSet<string> Numbers =
        [X, Y, Width, VolumeLow, VolumeLikely, VolumeHigh, VolumeShare, MinutesEach, IndicatorBaseline, IndicatorTarget];

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> All { get; } = [Kind, VolumePer, IndicatorFollowUp, .. Texts, .. Numbers];

    /// <summary>True for texts that people type; silent writing hides these.</summary>
    public static bool IsText(string property) => Texts.Contains(property);

    /// <summary>True for names whose value is a number.</summary>
    public static bool IsNumber(string property) => Numbers.Contains(property);

    /// <summary>True for position and width, which are not content.</summary>
    public static bool IsPlace(string property) => property is X or Y or Width;
}
