using System.Globalization;
using Portal.Features.Benefits.Entry;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Registering;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;
using Xunit;

namespace Portal.Tests.Platform.Text;

/// <summary>
/// Days, months, times, numbers, money, percentages, negatives and booleans as written by Excel in Danish, English (American and British)
/// and German, and by LibreOffice: each is read as what it is or refused, never as another value.
/// </summary>
public sealed class SpreadsheetWritingTests
{
    private static readonly DateOnly[] Days = [new(2026, 1, 2), new(2025, 12, 31), new(2026, 3, 3), new(2024, 2, 29), new(2025, 10, 9), new(
        2026, 5, 13)];

    // The long forms name the month, so they cannot be read in two ways.
    public static TheoryData<string, string> DayForms => new()
    {
        { "da-DK", "dd-MM-yyyy" }, { "da-DK", "dd-MM-yy" }, { "da-DK", "d. MMMM yyyy" }, { "da-DK", "dd.MM.yyyy" }, { "da-DK", "d/M yyyy" },
        { "da-DK", "d-M-yyyy" }, { "da-DK", "dddd 'den' d. MMMM yyyy" }, { "da-DK", "ddd d. MMM yyyy" }, { "da-DK", "dd-MMM-yy" },
        { "da-DK", "d. MMM yyyy" }, { "da-DK", "yyyy-MM-dd" }, { "da-DK", "dd-MM-yyyy HH:mm" }, { "da-DK", "dd-MM-yyyy HH:mm:ss" },
        { "da-DK", "dd-MM-yy HH:mm" }, { "da-DK", "d. MMMM yyyy HH:mm" }, { "da-DK", "dd.MM.yyyy HH.mm" },
        { "da-DK", "dd-MM-yyyy HH:mm:ss,fff" }, { "en-GB", "dd/MM/yyyy" }, { "en-GB", "dd/MM/yyyy HH:mm" }, { "en-GB", "dd MMMM yyyy" },
        { "en-GB", "dddd, d MMMM yyyy" }, { "en-GB", "dd-MMM-yy" }, { "en-GB", "dd MMM yyyy HH:mm:ss" }, { "en-GB", "dd/MM/yy" },
        { "en-US", "dddd, MMMM d, yyyy" }, { "en-US", "MMMM d, yyyy" }, { "en-US", "d-MMM-yy" }, { "en-US", "d-MMM-yyyy" },
        { "en-US", "MMM d, yyyy h:mm tt" }, { "en-US", "yyyy-MM-dd HH:mm:ss" }, { "en-US", "yyyy-MM-dd'T'HH:mm:ss.fff" },
        { "de-DE", "dd.MM.yyyy" }, { "de-DE", "dd.MM.yy" }, { "de-DE", "d. MMMM yyyy" }, { "de-DE", "dd.MM.yyyy HH:mm" },
        { "de-DE", "dddd, d. MMMM yyyy" }, { "de-DE", "d. MMM. yyyy" },
        { "de-DE", "dd. MMM yy" },
    };

    // All-number American dates: with AM or PM, or with a second number above 12, they cannot be Danish.
    public static TheoryData<string> AmericanForms =>
        new("M/d/yyyy h:mm tt", "M/d/yy h:mm tt", "MM/dd/yyyy hh:mm:ss tt", "M-d-yyyy h:mm tt");

    private static string Written(DateOnly day, string culture, string form) =>
        day.ToDateTime(new TimeOnly(14, 5, 9)).ToString(form, CultureInfo.GetCultureInfo(culture));

    [Theory]
    [MemberData(nameof(DayForms))]
    public void A_day_is_that_day_or_refused(string culture, string form)
    {
        foreach (var day in Days)
        {
            var text = Written(day, culture, form);
            var read = WrittenDate.Read(text);
            Assert.True(read.Day == day || (read.Day is null && read.Problem != WrittenDateProblem.None && culture == "de-DE"),
                $"»{text}« is read as {read}");
            if (read.Day is null) continue;
            var isTimed = form.Contains(":mm", StringComparison.Ordinal) || form.Contains(".mm", StringComparison.Ordinal);
            Assert.Equal(isTimed ? 14 : null, read.Clock?.Hours);
            Assert.Equal(day, DanishTime.DateOf(LetterMoment.Read(text)!.Value.At));
        }
    }

    [Theory]
    [MemberData(nameof(AmericanForms))]
    public void An_American_day_with_its_time_is_never_taken_for_another(string form)
    {
        foreach (var day in Days)
        {
            var text = Written(day, "en-US", form);
            var read = WrittenDate.Read(text);
            Assert.True(read.Day is null || read.Day == day, $"»{text}« is read as {read}");
            Assert.True(read.Day == day || LetterMoment.Problem(text) is not null, text);
        }
    }

    [Theory]
    [InlineData("12/31/2026 10:00")]
    [InlineData("12/31/2026 10:00:00 AM")]
    [InlineData("1/2/2026 3:00 PM")]
    [InlineData("1/2/26 3:00 p.m.")]
    [InlineData("01/02/2026, 3:00 pm")]
    [InlineData("1/2/2026 03.00 PM")]
    [InlineData("1/2/2026 3 PM")]
    [InlineData("1/2/2026 3PM")]
    [InlineData("02/13/26")]
    [InlineData("13:45")]
    [InlineData("13:45:00")]
    [InlineData("1:45 PM")]
    [InlineData("46053")]
    [InlineData("46053.5833")]
    [InlineData("SAND")]
    [InlineData("TRUE")]
    [InlineData("WAHR")]
    [InlineData("#######")]
    [InlineData("#NAVN?")]
    [InlineData("1/2")]
    [InlineData("1900-01-00")]
    [InlineData("00-01-1900")]
    public void An_invalid_or_ambiguous_day_is_refused_with_a_reason(string text)
    {
        Assert.Null(WrittenDate.Read(text).Day);
        Assert.NotNull(LetterMoment.Problem(text));
        var line = MeasurementPaste.Read($"31-01-2026\t1\n{text}\t12", null, "stk", new DateOnly(2026, 12, 31))[1];
        Assert.True(line.Problem is not null && line.Value is null, text);
    }

    [Theory]
    [InlineData("jan-26", 1)]
    [InlineData("januar 2026", 1)]
    [InlineData("Jan-26", 1)]
    [InlineData("January 2026", 1)]
    [InlineData("01/2026", 1)]
    [InlineData("2026-05", 5)]
    [InlineData("maj 26", 5)]
    [InlineData("May-26", 5)]
    [InlineData("okt-26", 10)]
    [InlineData("Oct 2026", 10)]
    [InlineData("dec. 2026", 12)]
    public void A_month_is_that_month(string text, int month)
    {
        var read = WrittenDate.Read(text);
        Assert.Equal((new DateOnly(2026, month, 1), true), (read.Day, read.IsMonth));
    }

    [Theory]
    [InlineData("1.234,50", "1234.5")]
    [InlineData("kr. 1.234,50", "1234.5")]
    [InlineData("kr.\u00A01.234,50", "1234.5")]
    [InlineData("1.234,50 kr.", "1234.5")]
    [InlineData("-kr. 1.234,50", "-1234.5")]
    [InlineData("kr. -1.234,50", "-1234.5")]
    [InlineData("kr -1.234,50", "-1234.5")]
    [InlineData("(kr. 1.234,50)", "-1234.5")]
    [InlineData("(500)", "-500")]
    [InlineData("(500,00)", "-500")]
    [InlineData("500-", "-500")]
    [InlineData("\u2212500", "-500")]
    [InlineData("1,234.50", "1234.5")]
    [InlineData("$1,234.50", "1234.5")]
    [InlineData("-$1,234.50", "-1234.5")]
    [InlineData("($1,234.50)", "-1234.5")]
    [InlineData("$ (1,234.50)", "-1234.5")]
    [InlineData("£1,234.50", "1234.5")]
    [InlineData("-£1,234.50", "-1234.5")]
    [InlineData("1.234,50 €", "1234.5")]
    [InlineData("-1.234,50 €", "-1234.5")]
    [InlineData("€ 1.234,50", "1234.5")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1 234 567,25", "1234567.25")]
    [InlineData("1\u202F234,5", "1234.5")]
    [InlineData("1'234.50", "1234.5")]
    [InlineData("1\u2019234", "1234")]
    [InlineData("1,23E+03", "1230")]
    [InlineData("1.23E+03", "1230")]
    [InlineData("5E-3", "0.005")]
    [InlineData("0,125", "0.125")]
    [InlineData("0.125", "0.125")]
    [InlineData(",5", "0.5")]
    [InlineData("1234,5", "1234.5")]
    [InlineData("1234.5", "1234.5")]
    [InlineData("DKK 1.234", "1234")]
    [InlineData("1.234,- kr.", "1234")]
    [InlineData("+12", "12")]
    [InlineData("0", "0")]
    [InlineData("-0,5", "-0.5")]
    public void A_number_is_that_number(string text, string value)
    {
        var read = WrittenNumber.ReadField(text);
        Assert.Equal(value, read.Value?.ToString("0.#####", CultureInfo.InvariantCulture));
        Assert.Null(read.Problem);
    }

    [Theory]
    [InlineData("SAND")]
    [InlineData("TRUE")]
    [InlineData("FALSCH")]
    [InlineData("10:30")]
    [InlineData("1/2")]
    [InlineData("½")]
    [InlineData("1 1/2")]
    [InlineData("31-12-2026")]
    [InlineData("12/31/2026")]
    [InlineData("12/31/2026 10:00")]
    [InlineData("#DIVISION/0!")]
    [InlineData("####")]
    [InlineData("1.234.5")]
    [InlineData("1,23,456")]
    [InlineData("12,34,567.00")]
    [InlineData("1.2345,6.7")]
    [InlineData("--5")]
    [InlineData("(-5)")]
    [InlineData("5 6")]
    [InlineData("12 34")]
    [InlineData("1,5 mio.")]
    [InlineData("=5+5")]
    [InlineData("5+5")]
    [InlineData("Inf")]
    [InlineData("NaN")]
    [InlineData("1E400")]
    [InlineData("0x1F")]
    [InlineData("١٢,٣٫٤")]
    public void What_is_no_number_is_refused_in_words(string text)
    {
        var read = WrittenNumber.ReadField(text);
        Assert.True(read.Value is null && read.Problem is not null, $"»{text}« is read as {read.Value}");
        Assert.False(string.IsNullOrWhiteSpace(read.Problem!.Danish));
        var field = BoxFields.Find(ElementProperty.VolumeLikely)!;
        Assert.Null(ChainRules.CheckValue(field.Property, BoxFields.Read(field, text)));
    }

    [Theory]
    [InlineData("12,5 %", "0.125")]
    [InlineData("12.5%", "0.125")]
    [InlineData("12,5\u00A0%", "0.125")]
    [InlineData("100%", "1")]
    [InlineData("0,5 pct.", "0.005")]
    public void A_share_is_that_share(string text, string value) =>
        Assert.Equal(value, BoxFields.Read(BoxFields.Find(ElementProperty.VolumeShare)!, text));
}
