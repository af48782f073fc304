using System.Globalization;
using CsCheck;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class WrittenDateTests
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    [Theory]
    [InlineData("jan-26", "2026-01-01")]
    [InlineData("jan 26", "2026-01-01")]
    [InlineData("jan. 26", "2026-01-01")]
    [InlineData("jan. 2026", "2026-01-01")]
    [InlineData("Jan 2026", "2026-01-01")]
    [InlineData("januar 2026", "2026-01-01")]
    [InlineData("APR-26", "2026-04-01")]
    [InlineData("maj-26", "2026-05-01")]
    [InlineData("May 2026", "2026-05-01")]
    [InlineData("oct-26", "2026-10-01")]
    [InlineData("October 2026", "2026-10-01")]
    [InlineData("sept. 2026", "2026-09-01")]
    [InlineData("feb '26", "2026-02-01")]
    [InlineData("2026 marts", "2026-03-01")]
    [InlineData("2026-mar", "2026-03-01")]
    [InlineData("01-2026", "2026-01-01")]
    [InlineData("1/2026", "2026-01-01")]
    [InlineData("2026/02", "2026-02-01")]
    [InlineData("2026-02", "2026-02-01")]
    [InlineData("2026M02", "2026-02-01")]
    [InlineData("202602", "2026-02-01")]
    [InlineData("Januar 26", "2026-01-01")]
    [InlineData("jan.-26", "2026-01-01")]
    [InlineData("januar, 2026", "2026-01-01")]
    [InlineData("okt-26", "2026-10-01")]
    [InlineData("dec \u201926", "2026-12-01")]
    [InlineData("jun\u201126", "2026-06-01")]
    [InlineData("febr. 2026", "2026-02-01")]
    [InlineData("M02 2026", "2026-02-01")]
    [InlineData("2026-M02", "2026-02-01")]
    [InlineData("2026, februar", "2026-02-01")]
    public void A_month_means_its_first_day(string text, string day)
    {
        var read = WrittenDate.Read(text);
        Assert.Equal((day, true), (read.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), read.IsMonth));
    }

    [Theory]
    [InlineData("01-02-26", "2026-02-01")]
    [InlineData("01.02.26", "2026-02-01")]
    [InlineData("1/2-26", "2026-02-01")]
    [InlineData("1/2 2026", "2026-02-01")]
    [InlineData("1-2-2026", "2026-02-01")]
    [InlineData("1. 2. 2026", "2026-02-01")]
    [InlineData("31.03.2026", "2026-03-31")]
    [InlineData("31-03-2026 00:00", "2026-03-31")]
    [InlineData("31-03-2026 00:00:00", "2026-03-31")]
    [InlineData("31-03-2026 kl. 14.30", "2026-03-31")]
    [InlineData("2026-02-01", "2026-02-01")]
    [InlineData("2026-02-01 00:00", "2026-02-01")]
    [InlineData("2026-02-01 00:00:00", "2026-02-01")]
    [InlineData("2026-02-01T00:00:00", "2026-02-01")]
    [InlineData("2026-02-01T00:00:00.000", "2026-02-01")]
    [InlineData("2026-01-31T23:30:00Z", "2026-02-01")]
    [InlineData("2026-02-01T00:30:00+01:00", "2026-02-01")]
    [InlineData("2026/2/1", "2026-02-01")]
    [InlineData("20260201", "2026-02-01")]
    [InlineData("1. februar 2026", "2026-02-01")]
    [InlineData("1 feb 2026", "2026-02-01")]
    [InlineData("01-Feb-26", "2026-02-01")]
    [InlineData("February 1, 2026", "2026-02-01")]
    [InlineData("søndag den 1. februar 2026", "2026-02-01")]
    [InlineData("søn. 1. feb. 2026", "2026-02-01")]
    [InlineData("1\u00A0februar\u00A02026", "2026-02-01")]
    [InlineData("01\u201102\u20112026", "2026-02-01")]
    [InlineData("29.02.2024\u200B", "2024-02-29")]
    [InlineData("d. 1. februar 2026", "2026-02-01")]
    [InlineData("d. 1/2-26", "2026-02-01")]
    [InlineData("sø 01-02-2026", "2026-02-01")]
    [InlineData("søndag d. 1. februar 2026", "2026-02-01")]
    [InlineData("1st of February 2026", "2026-02-01")]
    [InlineData("Feb-01-2026", "2026-02-01")]
    [InlineData("01JAN26", "2026-01-01")]
    [InlineData("01 - 02 - 2026", "2026-02-01")]
    [InlineData("31-03-2026 kl. 14", "2026-03-31")]
    [InlineData("31/03/2026 2:15 PM", "2026-03-31")]
    [InlineData("31-03-2026 12:00:00 AM", "2026-03-31")]
    [InlineData("2026-03-31 00:00:00+02", "2026-03-31")]
    [InlineData("2026-03-31 23:30:00 UTC", "2026-04-01")]
    [InlineData("01-02-2026 00:30:00+01:00", "2026-02-01")]
    [InlineData("20260331T101500", "2026-03-31")]
    [InlineData("2026-03-31T24:00:00", "2026-03-31")]
    [InlineData("'31-03-2026", "2026-03-31")]
    [InlineData("=\"31-03-2026\"", "2026-03-31")]
    [InlineData("\uFF13\uFF11-03-2026", "2026-03-31")]
    public void A_day_is_read_as_spreadsheets_and_people_write_it(string text, string day)
    {
        var read = WrittenDate.Read(text);
        Assert.Equal((day, false), (read.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), read.IsMonth));
    }

    [Theory]
    [InlineData("31.02.2026", WrittenDateProblem.NoSuchDay)]
    [InlineData("29-02-2026", WrittenDateProblem.NoSuchDay)]
    [InlineData("2026-13", WrittenDateProblem.NoSuchDay)]
    [InlineData("02/28/2026", WrittenDateProblem.NoSuchDay)]
    [InlineData("32. januar 2026", WrittenDateProblem.NoSuchDay)]
    [InlineData("0-1-2026", WrittenDateProblem.NoSuchDay)]
    [InlineData("K1 2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("Q1-2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("2026K1", WrittenDateProblem.LongerPeriod)]
    [InlineData("1. kvartal", WrittenDateProblem.LongerPeriod)]
    [InlineData("1. kvartal 2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("2. halvår 2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("uge 5", WrittenDateProblem.LongerPeriod)]
    [InlineData("uge 5 2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("1. kvt. 2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("1K26", WrittenDateProblem.LongerPeriod)]
    [InlineData("1H26", WrittenDateProblem.LongerPeriod)]
    [InlineData("2026 1. kvartal", WrittenDateProblem.LongerPeriod)]
    [InlineData("2026-W05", WrittenDateProblem.LongerPeriod)]
    [InlineData("Uge 5/2026", WrittenDateProblem.LongerPeriod)]
    [InlineData("01-26", WrittenDateProblem.NotUnderstood)]
    [InlineData("1/26", WrittenDateProblem.NotUnderstood)]
    [InlineData("26-jan", WrittenDateProblem.NotUnderstood)]
    [InlineData("31-03-2026 08:00-10:00", WrittenDateProblem.NotUnderstood)]
    [InlineData("31-03-2026 13:00 PM", WrittenDateProblem.NotUnderstood)]
    [InlineData("jan-mar 2026", WrittenDateProblem.NotUnderstood)]
    [InlineData("30. februar 2026", WrittenDateProblem.NoSuchDay)]
    [InlineData("46054", WrittenDateProblem.SerialNumber)]
    [InlineData("46054,5", WrittenDateProblem.SerialNumber)]
    [InlineData("i går", WrittenDateProblem.NotUnderstood)]
    [InlineData("tal 2026", WrittenDateProblem.NotUnderstood)]
    [InlineData("31-03-2026 25:00", WrittenDateProblem.NotUnderstood)]
    [InlineData("", WrittenDateProblem.NotUnderstood)]
    [InlineData(null, WrittenDateProblem.NotUnderstood)]
    public void What_is_no_day_and_no_month_says_why(string? text, WrittenDateProblem problem)
    {
        var read = WrittenDate.Read(text);
        Assert.Equal((problem, null), (read.Problem, read.Day));
        if (problem == WrittenDateProblem.SerialNumber) Assert.Equal(new DateOnly(2026, 2, 1), read.Suggestion);
    }

    [Fact]
    public void A_number_written_in_Danish_is_read_back() =>
        Gen.Select(Gen.Int[0, 40_000], Gen.Int[0, 8].Select(n => new[] { "dd-MM-yyyy", "dd.MM.yyyy", "d/M yyyy", "d. MMMM yyyy",
            "d MMM yyyy", "dd-MM-yyyy HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "dddd 'den' d. MMMM yyyy", "yyyyMMdd" }[n])).Sample((days, format) =>
            {
                var day = new DateOnly(1950, 1, 1).AddDays(days);
                return WrittenDate.Read(day.ToDateTime(TimeOnly.MinValue).ToString(format, Danish)).Day == day;
            });

    [Fact]
    public void Whatever_is_written_gives_a_day_or_why_not() => Gen.String[0, 20]
        .Sample(text => (WrittenDate.Read(text).Day is null) == (WrittenDate.Read(text).Problem != WrittenDateProblem.None));
}
