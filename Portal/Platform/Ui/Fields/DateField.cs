using System.Globalization;
using Microsoft.AspNetCore.Components;
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
    private string? _unread;

    /// <summary>How a date is shown.</summary>
    public const string Pattern = "dd-MM-yyyy";

    /// <summary>Sets the defaults; a page's parameters win.</summary>
    public DateField()
    {
        (Variant, Margin) = (Variant.Outlined, Margin.Dense);
        var english = LanguageFormat.IsEnglish(CultureInfo.CurrentUICulture);
        (Editable, DateFormat, Culture) = (true, Pattern, LanguageFormat.Of(CultureInfo.CurrentUICulture));
        (FirstDayOfWeek, ShowWeekNumbers, Placeholder) = (DayOfWeek.Monday, true, english ? "dd-mm-yyyy" : "dd-mm-åååå");
        (ErrorId, _) = FieldIds.New();
    }

    /// <summary>Raised when something is typed: the text when it is no day, null when it is one or empty.</summary>
    [Parameter] public EventCallback<string?> Unread { get; set; }

    /// <inheritdoc />
    /// <remarks>What could not be read is gone when another is chosen by mouse.</remarks>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!ConversionError) await TellUnreadAsync(null);
    }

    /// <inheritdoc />
    protected override Task ValidateValue() => RequiredMark.IsAll(this) ? Task.CompletedTask : base.ValidateValue();

    /// <inheritdoc />
    /// <remarks>Emptied after something that was no date, its form says that it is missing.</remarks>
    protected override bool HasValue(DateTime? value) => true;

    /// <inheritdoc />
    protected override IConverter<DateTime?, string?> GetDefaultConverter() =>
        TypedDate.Converter(() => DanishFormat.Day(TimeProvider.GetUtcNow()));

    private async Task TellUnreadAsync(string? text)
    {
        var unread = ConversionError ? text : null;
        if (unread == _unread) return;
        _unread = unread;
        await Unread.InvokeAsync(unread);
    }

    /// <inheritdoc />
    protected override async Task StringValueChangedAsync(string? value)
    {
        var before = Date;
        await base.StringValueChangedAsync(value);
        await TellUnreadAsync(value);

        // 291126 is shown as the day it was read as.
        if (ConversionError || Date is not { } date || ConvertSet(date) is not { } shown || shown == value) return;
        if (date == before)
        {
            // The input had this text already: only once what was typed has been rendered does the library see a change from it.
            StateHasChanged();
            await Task.Yield();
            if (Text != value) return;
            StateHasChanged();
        }

        await SetTextAsync(shown, callback: false);
    }

    /// <inheritdoc />
    protected override async Task OnOpenedAsync()
    {
        Mark(DateOnly.FromDateTime(Date ?? Today));
        await base.OnOpenedAsync();
    }

    /// <inheritdoc />
    protected override Task OnDayClickedAsync(DateTime dateTime)
    {
        HighlightedDate = dateTime;
        return base.OnDayClickedAsync(dateTime);
    }

    /// <summary>
    /// The marked day, which the keys move and Enter chooses, is drawn as the chosen one: the library marks a day only by its own keys,
    /// which go round within a month. The classes <c>day-…</c> are for <c>pickers.js</c>, which tells the day to screen readers.
    /// </summary>
    protected override string GetDayClasses(int month, DateTime day) => IsHiddenAdjacentMonthDay(month, day) ? "mud-day mud-hidden"
        : Look(day) + day.ToString("' day-'yyyy'-'MM'-'dd", CultureInfo.InvariantCulture)
            + (day == Today ? " day-today" : "") + (day == Date?.Date ? " day-chosen" : "");

    /// <inheritdoc />
    protected override async Task OnHandleKeyDownAsync(KeyboardEventArgs args)
    {
        if (GetDisabledState() || GetReadOnlyState()) return;
        if (!Open)
        {
            if (PickerKeys.Opens(args)) await OpenAsync();
        }
        else if (CurrentView != OpenTo.Date || args.Key is "Escape" or "Tab")
        {
            await base.OnHandleKeyDownAsync(args);
        }
        else if (args is { Key: "ArrowUp", AltKey: true })
        {
            await CloseAsync(false);
        }
        else if (args.Key is "Enter" or "NumpadEnter")
        {
            if (HighlightedDate is { } marked && !IsDayDisabled(marked)) await OnDayClickedAsync(marked);
        }
        else if (PickerKeys.Marks(args, MarkedInView()) is { } day)
        {
            Mark(day);
            StateHasChanged();
        }
    }

    private string Look(DateTime day) => day == HighlightedDate?.Date ? "mud-day mud-selected mud-theme-primary"
        : day == Today ? "mud-day mud-current mud-button-outlined mud-button-outlined-primary mud-primary-text"
        : "mud-day";

    private DateTime Today => DanishFormat.Day(TimeProvider.GetUtcNow()).ToDateTime(TimeOnly.MinValue);

    // Another month may have been turned to with the mouse: keys go on from the same day there.
    private DateOnly MarkedInView()
    {
        var (marked, month) = (DateOnly.FromDateTime(HighlightedDate ?? Date ?? Today), GetMonthStart(0));
        return new(month.Year, month.Month, Math.Min(marked.Day, DateTime.DaysInMonth(month.Year, month.Month)));
    }

    private void Mark(DateOnly day)
    {
        HighlightedDate = day.ToDateTime(TimeOnly.MinValue);
        PickerMonth = new DateTime(day.Year, day.Month, 1);
    }
}
