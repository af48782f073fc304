using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudTimePicker"/> with the portal's defaults: a time of day is shown, typed and pasted as 14:03, or chosen on a clock.
/// </summary>
public class TimeField : MudTimePicker
{
    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public TimeField()
    {
        (Variant, Margin) = (Variant.Outlined, Margin.Dense);
        (Editable, AmPm, TimeFormat, Placeholder) = (true, false, "HH':'mm", "tt:mm");
        (ErrorId, _) = FieldIds.New();
    }
}
