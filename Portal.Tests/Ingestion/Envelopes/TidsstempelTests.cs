using System.Globalization;
using CsCheck;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Ingestion.Envelopes;

public sealed class TidsstempelTests
{
    [Theory]
    [InlineData("2023-02-13T11:22:05.154Z", "2023-02-13T11:22:05.1540000Z")]
    [InlineData("2023-02-13T12:22:31.990+01:00", "2023-02-13T11:22:31.9900000Z")]
    [InlineData("2023-02-13T06:22:31-05:00", "2023-02-13T11:22:31.0000000Z")]
    [InlineData("2016-03-13T08:00:00", "2016-03-13T07:00:00.0000000Z")]
    [InlineData("2016-07-13T08:00:00", "2016-07-13T06:00:00.0000000Z")]
    [InlineData("2023-10-29T02:30:00", "2023-10-29T00:30:00.0000000Z")]
    [InlineData("2023-10-29T02:30:00+01:00", "2023-10-29T01:30:00.0000000Z")]
    [InlineData("2023-10-29T03:00:00", "2023-10-29T02:00:00.0000000Z")]
    [InlineData("2023-03-26T02:30:00", "2023-03-26T01:30:00.0000000Z")]
    [InlineData("2023-03-26T01:59:59", "2023-03-26T00:59:59.0000000Z")]
    [InlineData("2023-03-26T03:00:00", "2023-03-26T01:00:00.0000000Z")]
    [InlineData("2023-02-13T24:00:00", "2023-02-13T23:00:00.0000000Z")]
    [InlineData("2023-02-13T24:00:00.000Z", "2023-02-14T00:00:00.0000000Z")]
    [InlineData("2023-12-31T24:00:00Z", "2024-01-01T00:00:00.0000000Z")]
    [InlineData("2023-02-13T11:22:05.123456789Z", "2023-02-13T11:22:05.1234567Z")]
    [InlineData("2023-02-13T11:22:05.1Z", "2023-02-13T11:22:05.1000000Z")]
    [InlineData("2023-02-13", "2023-02-12T23:00:00.0000000Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000Z")]
    public void A_time_is_read_as_the_moment_that_it_means(string text, string utc)
    {
        var time = DanishTime.ParseTidsstempel($" {text}\n");
        Assert.Equal(text, time.Text);
        Assert.Equal(DateTimeOffset.ParseExact(utc, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), time.At);
        Assert.Equal(TimeSpan.Zero, time.At!.Value.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("i går")]
    [InlineData("2023-02-30T11:22:05Z")]
    [InlineData("2023-13-01T11:22:05Z")]
    [InlineData("2023-02-13T25:00:00")]
    [InlineData("2023-02-13T24:00:01")]
    [InlineData("2023-02-13T23:60:00")]
    [InlineData("2023-02-13T11:22:05+15:00")]
    [InlineData("2023-02-13 11:22:05")]
    [InlineData("13-02-2023")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("9999-12-31T24:00:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("20230213")]
    [InlineData("٢٠٢٣-٠٢-١٣T١١:٢٢:٠٥Z")]
    public void What_is_no_time_is_kept_without_a_moment(string text)
    {
        var time = DanishTime.ParseTidsstempel(text);
        Assert.Equal(text, time.Text);
        Assert.Null(time.At);
    }

    [Fact]
    public void Any_text_is_kept_as_written() =>
        Gen.String.Sample(text => Assert.Equal(text.Trim(), DanishTime.ParseTidsstempel(text).Text), iter: 2000);

    [Fact]
    public void Any_moment_in_any_zone_is_read_back() =>
        Gen.Select(Gen.Long[new DateTime(1900, 1, 1).Ticks,
            new DateTime(2200, 1, 1).Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero)), Gen.Int[-14 * 60, 14 * 60]).Sample(
                (at, minutes) => Assert.Equal(at.ToUniversalTime(),
                    DanishTime.ParseTidsstempel(at.ToOffset(TimeSpan.FromMinutes(minutes)).ToString("O", CultureInfo.InvariantCulture)).At),
                iter: 2000);
}
