using System.Globalization;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using Portal.Platform.Text;

namespace Portal.Platform.Ui.Fields;

/// <summary>
/// A <see cref="MudDatePicker"/> with the portal's defaults: a date is shown as 29-11-2026 whatever the browser's language, typed and
/// pasted as <see cref="TypedDate"/> reads it, or chosen in a calendar whose weeks begin on Monday. A date without time; the page knows its
/// time zone.
/// </summary>
public class DateField : MudDatePicker
{
    /// <summary>How a date is shown.</summary>
    public const string Pattern = "dd-MM-yyyy";

    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public DateField()
    {
        (Variant, Margin) = (Variant.Outlined, Margin.Dense);
        (Editable, DateFormat, Culture) = (true, Pattern, CultureInfo.GetCultureInfo("da-DK"));
        (FirstDayOfWeek, ShowWeekNumbers, Placeholder) = (DayOfWeek.Monday, true, "dd-mm-åååå");
        (ErrorId, _) = FieldIds.New();
    }

    /// <inheritdoc />
    protected override IConverter<DateTime?, string?> GetDefaultConverter() =>
        TypedDate.Converter(() => DanishFormat.Day(TimeProvider.GetUtcNow()));

    /// <inheritdoc />
    protected override async Task StringValueChangedAsync(string? value)
    {
        await base.StringValueChangedAsync(value);

        // 291126 is shown as the day it was read as.
        if (!ConversionError && Date is { } date) await SetTextAsync(ConvertSet(date), callback: false);
    }

    /// <inheritdoc />
    protected override Task OnHandleKeyDownAsync(KeyboardEventArgs args) =>
        Open ? base.OnHandleKeyDownAsync(args)
        : PickerKeys.Opens(args) && !GetDisabledState() && !GetReadOnlyState() ? OpenAsync()
        : Task.CompletedTask;
}
