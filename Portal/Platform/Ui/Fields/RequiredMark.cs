using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// <c>Required</c> of a field marks it, for the eye and for screen readers. Whether it was filled in is said by its form when that is
/// saved: the library's own check, when the field is left, would complain too early and take away the form's words.
/// </summary>
internal static class RequiredMark
{
    /// <summary>True when the field has nothing to check but whether it was filled in.</summary>
    public static bool IsAll<T, TText>(MudFormComponent<T, TText> field) =>
        field.Required && !field.ConversionError && field.ValidationErrors.Count == 0;
}
