using System.Globalization;
using Bunit;
using CsCheck;
using Microsoft.AspNetCore.Components.Web;
using Portal.Platform.Ui.Fields;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Ui.Fields;

/// <summary>The calendar of a date field by its keys, and a day typed again in another form.</summary>
public sealed class DateFieldTests : IAsyncDisposable
{
    /// <summary>A key and the day it leads to, as the ARIA date-picker pattern says.</summary>
    private static readonly Dictionary<string, Func<DateTime, DateTime>> Moves = new()
    {
        ["ArrowLeft"] = day => day - TimeSpan.FromDays(1),
        ["ArrowRight"] = day => day + TimeSpan.FromDays(1),
        ["ArrowUp"] = day => day - TimeSpan.FromDays(7),
        ["ArrowDown"] = day => day + TimeSpan.FromDays(7),
        ["Home"] = day => ISOWeek.ToDateTime(ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day), DayOfWeek.Monday),
        ["End"] = day => ISOWeek.ToDateTime(ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day), DayOfWeek.Sunday),
        ["PageUp"] = day => day.AddMonths(-1),
        ["PageDown"] = day => day.AddMonths(1),
        ["Shift+PageUp"] = day => day.AddYears(-1),
        ["Shift+PageDown"] = day => day.AddYears(1),
        ["Backspace"] = day => day,
        ["Shift+ArrowUp"] = day => day,
    };

    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task From_any_day_any_keys_mark_the_day_that_date_arithmetic_gives_and_Escape_changes_nothing()
    {
        DateTime? stored = null;
        var field = Field(day => stored = day);
        await Gen.Select(Gen.Date[new DateTime(1990, 1, 1), new DateTime(2060, 12, 31)], Gen.Int[0, Moves.Count - 1].Array[0, 12])
            .SampleAsync(
                async (start, presses) =>
                {
                    await TypeAsync(field, start);
                    await PressAsync(field, "Alt+ArrowDown");
                    var marked = start;
                    Assert.Equal([marked], field.Instance.Marked);
                    foreach (var key in presses.Select(i => Moves.Keys.ElementAt(i)))
                    {
                        await PressAsync(field, key);
                        marked = Moves[key](marked);
                        Assert.Equal([marked], field.Instance.Marked);
                    }

                    await PressAsync(field, "Escape");
                    Assert.False(field.Instance.IsOpen);
                    Assert.Equal(start, stored);
                    Assert.Equal(Shown(start), field.Find("input").GetAttribute("value"));
                },
                iter: 60,
                threads: 1);
    }

    [Theory]
    [InlineData("10-11-2026", "ArrowDown", "17-11-2026")]
    [InlineData("10-11-2026", "ArrowDown ArrowDown ArrowRight", "25-11-2026")]
    [InlineData("15-11-2026", "ArrowUp ArrowLeft", "07-11-2026")]
    [InlineData("29-11-2026", "ArrowLeft ArrowUp", "21-11-2026")]
    [InlineData("31-01-2026", "PageDown ArrowRight", "01-03-2026")]
    [InlineData("01-01-2026", "Home", "29-12-2025")]
    [InlineData("29-11-2026", "", "29-11-2026")]
    public async Task Enter_chooses_the_marked_day(string start, string keys, string chosen)
    {
        DateTime? stored = null;
        var field = Field(day => stored = day);
        await field.Find("input").ChangeAsync(start);
        foreach (var key in (string[])["Alt+ArrowDown", .. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            await PressAsync(field, key);
        await EnterAsync(field);
        Assert.Equal(chosen, Shown(stored!.Value));
        Assert.Equal(chosen, field.Find("input").GetAttribute("value"));
        Assert.False(field.Instance.IsOpen);
    }

    [Fact]
    public async Task An_empty_field_opens_at_today_a_closed_calendar_forgets_its_mark_and_a_day_after_the_last_is_not_chosen()
    {
        DateTime? stored = null;
        var field = Field(day => stored = day);
        var today = TimeZoneInfo.ConvertTime(_fixture.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen")).Date;
        foreach (var close in (string[])["Escape", "Alt+ArrowUp"])
        {
            await PressAsync(field, "Alt+ArrowDown");
            Assert.Equal([today], field.Instance.Marked);
            await PressAsync(field, "PageDown");
            await PressAsync(field, close);
            Assert.False(field.Instance.IsOpen);
        }

        Assert.Null(stored);
        field.Render(p => p.Add(x => x.MaxDate, today));
        await PressAsync(field, "Alt+ArrowDown");
        await PressAsync(field, "ArrowRight");
        await EnterAsync(field);
        Assert.Null(stored);
        await PressAsync(field, "ArrowLeft");
        await EnterAsync(field);
        Assert.Equal(today, stored);
    }

    [Fact]
    public async Task A_day_typed_again_in_another_form_is_shown_whole_though_it_is_the_same_day()
    {
        var field = Field(_ => { });
        foreach (var typed in (string[])["29-11-2026", "291126", "29/11/26", "29.11.2026", "29/11/26"])
        {
            await field.Find("input").ChangeAsync(typed);
            Assert.Equal("29-11-2026", field.Find("input").GetAttribute("value"));
        }
    }

    private static string Shown(DateTime day) => day.ToString(DateField.Pattern, CultureInfo.InvariantCulture);

    private static Task TypeAsync(IRenderedComponent<KeyedDate> field, DateTime day) => field.Find("input").ChangeAsync(Shown(day));

    private static Task PressAsync(IRenderedComponent<KeyedDate> field, string key) => field.InvokeAsync(() =>
        field.Instance.PressAsync(new KeyboardEventArgs
        {
            Key = key.Split('+')[^1],
            AltKey = key.StartsWith("Alt+", StringComparison.Ordinal),
            ShiftKey = key.StartsWith("Shift+", StringComparison.Ordinal),
        }));

    private IRenderedComponent<KeyedDate> Field(Action<DateTime?> changed) =>
        _fixture.Render<KeyedDate>(p => p.Add(x => x.Label, "Dag").Add(x => x.DateChanged, changed));

    // The library closes the calendar a moment later.
    private async Task EnterAsync(IRenderedComponent<KeyedDate> field)
    {
        var chosen = PressAsync(field, "Enter");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await chosen;
    }

    private sealed class KeyedDate : DateField
    {
        public bool IsOpen => Open;

        /// <summary>The days drawn as marked in the month that is shown.</summary>
        public IEnumerable<DateTime> Marked => Enumerable.Range(0, 6).SelectMany(week => GetWeek(0, week))
            .Where(day => GetDayClasses(0, day).Split(' ').Contains("mud-selected"));

        public Task PressAsync(KeyboardEventArgs key) => OnHandleKeyDownAsync(key);
    }
}
