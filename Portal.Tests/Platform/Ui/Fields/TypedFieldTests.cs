using System.Globalization;
using Bunit;
using CsCheck;
using Microsoft.AspNetCore.Components.Web;
using Portal.Platform.Ui.Fields;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Ui.Fields;

/// <summary>Days and times of day as people type them in a field, and the keys of such a field.</summary>
public sealed class TypedFieldTests : IAsyncDisposable
{
    private static readonly DateOnly Today = new(2026, 3, 5);
    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("29-11-2026")]
    [InlineData("29.11.2026")]
    [InlineData(" 29/11 2026 ")]
    [InlineData("29/11-26")]
    [InlineData("291126")]
    [InlineData("29112026")]
    [InlineData("29/11")]
    [InlineData("29-11")]
    [InlineData("29.11.")]
    [InlineData("29. november 2026")]
    [InlineData("2026-11-29")]
    public void A_day_is_read_however_it_is_typed(string text) => Assert.Equal(new DateOnly(2026, 11, 29), TypedDate.Read(text, Today));

    [Theory]
    [InlineData("")]
    [InlineData("29")]
    [InlineData("31-11-2026")]
    [InlineData("311126")]
    [InlineData("29/2")]
    [InlineData("november 2026")]
    [InlineData("202611")]
    [InlineData("i morgen")]
    public void What_is_no_day_is_not_taken_for_one(string text) => Assert.Null(TypedDate.Read(text, Today));

    [Fact]
    public void Every_day_of_two_centuries_is_read_as_it_was_written() => Gen.Date[new DateTime(1900, 1, 1), new DateTime(2099, 12, 31)]
        .Sample(date =>
        {
            var day = DateOnly.FromDateTime(date);
            foreach (var format in (string[])["dd-MM-yyyy", "d.M.yyyy", "ddMMyyyy", "yyyy-MM-dd"])
                Assert.Equal(day, TypedDate.Read(day.ToString(format, CultureInfo.InvariantCulture), Today));
            if (day.Year >= 2000) Assert.Equal(day, TypedDate.Read(day.ToString("ddMMyy", CultureInfo.InvariantCulture), Today));
        });

    [Fact]
    public void Any_text_is_read_or_refused_without_an_error() => Gen.String.Sample(text =>
    {
        TypedDate.Read(text, Today);
        TypedTime.Read(text);
    });

    [Theory]
    [InlineData("14:03", 14, 3)]
    [InlineData("14.03", 14, 3)]
    [InlineData("1403", 14, 3)]
    [InlineData("905", 9, 5)]
    [InlineData("9:05", 9, 5)]
    [InlineData("kl. 9", 9, 0)]
    [InlineData("00:00", 0, 0)]
    public void A_time_of_day_is_read_however_it_is_typed(string text, int hour, int minute) =>
        Assert.Equal(new TimeSpan(hour, minute, 0), TypedTime.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("24:00")]
    [InlineData("1260")]
    [InlineData("14:3")]
    [InlineData("nu")]
    public void What_is_no_time_of_day_is_not_taken_for_one(string text) => Assert.Null(TypedTime.Read(text));

    [Fact]
    public void A_typed_day_is_stored_and_shown_whole_and_a_text_that_is_none_says_how_to_write_it()
    {
        DateTime? stored = null;
        var field = _fixture.Render<DateField>(p => p.Add(x => x.Label, "Dag").Add(x => x.DateChanged, day => stored = day));
        field.Find("input").Change("291126");
        Assert.Equal(new DateTime(2026, 11, 29), stored);
        Assert.Equal("29-11-2026", field.Find("input").GetAttribute("value"));

        field.Find("input").Change("31-11-2026");
        Assert.Null(stored);
        Assert.Equal("31-11-2026", field.Find("input").GetAttribute("value"));
        Assert.Contains("Skriv datoen som 29-11-2026.", field.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_leaves_the_calendar_closed_and_Alt_with_the_down_arrow_opens_it_at_the_typed_day()
    {
        DateTime? stored = null;
        var field = _fixture.Render<PressedDate>(p => p.Add(x => x.Label, "Dag").Add(x => x.DateChanged, day => stored = day));
        field.Find("input").Change("29-11-2026");
        foreach (var key in (string[])["Enter", "ArrowDown", "ArrowUp", "Backspace"])
        {
            await field.InvokeAsync(() => field.Instance.PressAsync(new KeyboardEventArgs { Key = key }));
            Assert.False(field.Instance.IsOpen);
        }

        await field.InvokeAsync(() => field.Instance.PressAsync(new KeyboardEventArgs { Key = "ArrowDown", AltKey = true }));
        Assert.True(field.Instance.IsOpen);

        // The library closes the calendar a moment later.
        var chosen = field.InvokeAsync(() => field.Instance.PressAsync(new KeyboardEventArgs { Key = "Enter" }));
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await chosen;
        Assert.Equal(new DateTime(2026, 11, 29), stored);
        Assert.False(field.Instance.IsOpen);
    }

    [Fact]
    public async Task A_time_field_has_the_same_keys_and_a_field_that_is_off_has_none()
    {
        TimeSpan? stored = null;
        var field = _fixture.Render<PressedTime>(p => p.Add(x => x.Label, "Tid").Add(x => x.TimeChanged, time => stored = time));
        field.Find("input").Change("905");
        Assert.Equal(new TimeSpan(9, 5, 0), stored);
        Assert.Equal("09:05", field.Find("input").GetAttribute("value"));
        await field.InvokeAsync(() => field.Instance.PressAsync(new KeyboardEventArgs { Key = "Enter" }));
        Assert.False(field.Instance.IsOpen);
        await field.InvokeAsync(() => field.Instance.PressAsync(new KeyboardEventArgs { Key = "ArrowDown", AltKey = true }));
        Assert.True(field.Instance.IsOpen);

        var off = _fixture.Render<PressedDate>(p => p.Add(x => x.Label, "Dag").Add(x => x.Disabled, true));
        await off.InvokeAsync(() => off.Instance.PressAsync(new KeyboardEventArgs { Key = "ArrowDown", AltKey = true }));
        Assert.False(off.Instance.IsOpen);
    }

    private sealed class PressedDate : DateField
    {
        public bool IsOpen => Open;

        public Task PressAsync(KeyboardEventArgs key) => OnHandleKeyDownAsync(key);
    }

    private sealed class PressedTime : TimeField
    {
        public bool IsOpen => Open;

        public Task PressAsync(KeyboardEventArgs key) => OnHandleKeyDownAsync(key);
    }
}
