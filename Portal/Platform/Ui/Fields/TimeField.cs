using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudTimePicker"/> with the portal's defaults: a time of day is shown as 14:03, typed and pasted as
/// <see cref="TypedTime"/> reads it, or chosen on a clock.
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

    /// <inheritdoc />
    protected override Task ValidateValue() => RequiredMark.IsAll(this) ? Task.CompletedTask : base.ValidateValue();

    /// <inheritdoc />
    /// <remarks>Emptied after something that was no time, its form says that it is missing.</remarks>
    protected override bool HasValue(TimeSpan? value) => true;

    /// <inheritdoc />
    protected override IConverter<TimeSpan?, string?> GetDefaultConverter() => TypedTime.Converter();

    /// <inheritdoc />
    protected override async Task StringValueChangedAsync(string? value)
    {
        await base.StringValueChangedAsync(value);
        if (!ConversionError && Time is { } time) await SetTextAsync(ConvertSet(time), callback: false);
    }

    /// <inheritdoc />
    protected override Task OnHandleKeyDownAsync(KeyboardEventArgs args) =>
        Open ? base.OnHandleKeyDownAsync(args)
        : PickerKeys.Opens(args) && !GetDisabledState() && !GetReadOnlyState() ? OpenAsync()
        : Task.CompletedTask;
}
