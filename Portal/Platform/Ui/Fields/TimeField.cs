using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudTimePicker"/> with the portal's defaults: a time of day is shown as 14:03, typed and pasted as
/// <see cref="TypedTime"/> reads it, or chosen on a clock.
/// </summary>
public class TimeField : MudTimePicker
{
    private string? _unread;
    private TimeSpan? _before;

    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public TimeField()
    {
        (Variant, Margin) = (Variant.Outlined, Margin.Dense);
        (Editable, AmPm, TimeFormat, Placeholder) = (true, false, "HH':'mm", "tt:mm");
        (ErrorId, _) = FieldIds.New();
    }

    /// <summary>Raised when something is typed: the text when it is no time of day, null when it is one or empty.</summary>
    [Parameter] public EventCallback<string?> Unread { get; set; }

    /// <inheritdoc />
    /// <remarks>
    /// What could not be read is gone when another is chosen by mouse. Until then it stays as it was typed, although the library empties
    /// the field when its form answers that there is no time any more.
    /// </remarks>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (_unread is null) return;
        if (Time != _before)
        {
            await TellUnreadAsync(null);
        }
        else if (Text != _unread)
        {
            await SetTextAsync(_unread, callback: false);
            StateHasChanged();
        }
    }

    /// <inheritdoc />
    protected override Task ValidateValue() => RequiredMark.IsAll(this) ? Task.CompletedTask : base.ValidateValue();

    /// <inheritdoc />
    /// <remarks>Emptied after something that was no time, its form says that it is missing.</remarks>
    protected override bool HasValue(TimeSpan? value) => true;

    /// <inheritdoc />
    protected override IConverter<TimeSpan?, string?> GetDefaultConverter() => TypedTime.Converter();

    private async Task TellUnreadAsync(string? text)
    {
        // Read here, since the library's error is gone again once the page has rendered that there is no time.
        var unread = string.IsNullOrWhiteSpace(text) || TypedTime.Read(text) is not null ? null : text;
        if (unread == _unread) return;
        (_unread, _before) = (unread, Time);
        await Unread.InvokeAsync(unread);
    }

    /// <inheritdoc />
    protected override async Task StringValueChangedAsync(string? value)
    {
        await base.StringValueChangedAsync(value);
        if (!ConversionError && Time is { } time) await SetTextAsync(ConvertSet(time), callback: false);
        await TellUnreadAsync(value);
    }

    /// <inheritdoc />
    protected override Task OnHandleKeyDownAsync(KeyboardEventArgs args) =>
        Open ? base.OnHandleKeyDownAsync(args)
        : PickerKeys.Opens(args) && !GetDisabledState() && !GetReadOnlyState() ? OpenAsync()
        : Task.CompletedTask;
}
