using System.Globalization;
using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudDatePicker"/> with the portal's defaults: a date is shown, typed and pasted as 29-11-2026 whatever the browser's
/// language, or chosen in a calendar whose weeks begin on Monday. A date without time; the page knows its time zone.
/// </summary>
public class DateField : MudDatePicker
{
    /// <summary>How a date is shown and typed.</summary>
    public const string Pattern = "dd-MM-yyyy";

    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public DateField()
    {
        (Variant, Margin) = (Variant.Outlined, Margin.Dense);
        (Editable, DateFormat, Culture) = (true, Pattern, CultureInfo.GetCultureInfo("da-DK"));
        (FirstDayOfWeek, ShowWeekNumbers, Placeholder) = (DayOfWeek.Monday, true, "dd-mm-åååå");
        (ErrorId, _) = FieldIds.New();
    }
}
