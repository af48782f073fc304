using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudTextField{T}"/> of text with the portal's defaults: outlined, dense, and with its error and its help tied to the field
/// for screen readers (WCAG 3.3.1), which the base does only when it is given their ids.
/// </summary>
public class TextField : MudTextField<string>
{
    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public TextField()
    {
        (Variant, Margin) = (Variant.Outlined, Margin.Dense);
        (ErrorId, HelperId) = FieldIds.New();
    }

    /// <inheritdoc />
    protected override Task ValidateValue() => RequiredMark.IsAll(this) ? Task.CompletedTask : base.ValidateValue();
}
