using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudAutocomplete{T}"/> of text with the portal's defaults: what is typed counts, also when it is not among the suggestions.
/// </summary>
public class SuggestField : MudAutocomplete<string>
{
    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public SuggestField()
    {
        (Variant, Margin, Dense) = (Variant.Outlined, Margin.Dense, true);
        RelativeWidth = DropdownWidth.Adaptive;
        (CoerceText, CoerceValue, SelectValueOnTab) = (false, true, false);
        Adornment = Adornment.None;

        // Selecting all when the field is entered comes a round trip late: the next letter would replace those typed meanwhile.
        SelectOnActivation = false;
        (ErrorId, HelperId) = FieldIds.New();
    }

    /// <inheritdoc />
    protected override Task ValidateValue() => RequiredMark.IsAll(this) ? Task.CompletedTask : base.ValidateValue();
}
