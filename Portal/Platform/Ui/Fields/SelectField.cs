using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>A <see cref="MudSelect{T}"/> with the portal's defaults: outlined, dense, and its list as wide as its words.</summary>
/// <typeparam name="T">The values.</typeparam>
public class SelectField<T> : MudSelect<T>
{
    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public SelectField()
    {
        (Variant, Margin, Dense) = (Variant.Outlined, Margin.Dense, true);
        RelativeWidth = DropdownWidth.Adaptive;
        (ErrorId, HelperId) = FieldIds.New();
    }
}
