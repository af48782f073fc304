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
}
