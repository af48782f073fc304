namespace Portal.Features.Chains.Document;

/// <summary>
/// Names of what an element can say. Each is a value of its own: the last writer wins per name. All values are texts; numbers are
/// invariant.
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

    /// <summary>The views of the four who talk past each other (DOMAIN §5).</summary>
    public const string StrategicView = "views.strategic";
    public const string ProfessionalView = "views.professional";
    public const string StaffView = "views.staff";
    public const string ItView = "views.it";

    public const string VolumeLow = "volume.low";
    public const string VolumeLikely = "volume.likely";
    public const string VolumeHigh = "volume.high";

    /// <summary>The volume's period: <c>day</c>, <c>week</c>, <c>month</c>, <c>quarter</c> or <c>year</c>.</summary>
    public const string VolumePer = "volume.per";

    /// <summary>Share of cases, 0–1.</summary>
    public const string VolumeShare = "volume.share";
    public const string MinutesEach = "volume.minutesEach";

    public const string IndicatorName = "indicator.name";
    public const string IndicatorUnit = "indicator.unit";
    public const string IndicatorBaseline = "indicator.baseline";
    public const string IndicatorTarget = "indicator.target";

    /// <summary>Date of the follow-up, <c>yyyy-MM-dd</c>.</summary>
    public const string IndicatorFollowUp = "indicator.followUp";

    /// <summary>UUID of a message type that a technology or a result points at.</summary>
    public const string MessageType = "messageType";

    /// <summary>One tag a line.</summary>
    public const string Tags = "tags";

    private static readonly HashSet<string> Texts =
        [Text, Consequence, Start, Stop, InsteadOf, Who, Owner, StrategicView, ProfessionalView, StaffView, ItView, IndicatorName,
            IndicatorUnit, MessageType, Tags];

    private static readonly HashSet<string> Numbers =
        [X, Y, Width, VolumeLow, VolumeLikely, VolumeHigh, VolumeShare, MinutesEach, IndicatorBaseline, IndicatorTarget];

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> All { get; } = [Kind, VolumePer, IndicatorFollowUp, .. Texts, .. Numbers];

    /// <summary>True for names whose value someone writes in words; silent writing withholds these.</summary>
    public static bool IsText(string property) => Texts.Contains(property);

    /// <summary>True for names whose value is a number.</summary>
    public static bool IsNumber(string property) => Numbers.Contains(property);

    /// <summary>True for where a box is; says nothing of the content.</summary>
    public static bool IsPlace(string property) => property is X or Y or Width;
}
