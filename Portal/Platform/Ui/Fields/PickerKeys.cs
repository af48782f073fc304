using Microsoft.AspNetCore.Components.Web;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// The keys of a date or time field. The library opens its calendar on Enter, with another day chosen than the one typed; here Enter is
/// the form's, as in any field, and Alt with the down arrow opens. <c>pickers.js</c> sends what is typed before the key.
/// </summary>
internal static class PickerKeys
{
    /// <summary>The key opens a closed calendar or clock.</summary>
    public static bool Opens(KeyboardEventArgs key) => key is { Key: "ArrowDown", AltKey: true };

    /// <summary>
    /// The day that a key of an open calendar marks, across months, as the ARIA date-picker pattern says: arrows a day or a week, Home and
    /// End the week's ends (Monday and Sunday), Page up and down a month, with Shift a year. Null when the key is none of them. Before the
    /// year 2 and after 9998 no key moves, so that no day is beyond those there are.
    /// </summary>
    public static DateOnly? Marks(KeyboardEventArgs key, DateOnly from)
    {
        var sinceMonday = ((int)from.DayOfWeek + 6) % 7;
        return key switch
        {
            { AltKey: true } or { CtrlKey: true } or { MetaKey: true } => null,
            { ShiftKey: true, Key: not ("PageUp" or "PageDown") } => null,
            _ when from.Year is < 2 or > 9998 => null,
            { Key: "ArrowLeft" } => from.AddDays(-1),
            { Key: "ArrowRight" } => from.AddDays(1),
            { Key: "ArrowUp" } => from.AddDays(-7),
            { Key: "ArrowDown" } => from.AddDays(7),
            { Key: "Home" } => from.AddDays(-sinceMonday),
            { Key: "End" } => from.AddDays(6 - sinceMonday),
            { Key: "PageUp" } => key.ShiftKey ? from.AddYears(-1) : from.AddMonths(-1),
            { Key: "PageDown" } => key.ShiftKey ? from.AddYears(1) : from.AddMonths(1),
            _ => null,
        };
    }
}
