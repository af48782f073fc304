using System.Globalization;
using CsCheck;
using Portal.Platform.Text.Numbers;
using Xunit;

namespace Portal.Tests.Platform.Text;

public sealed class WrittenNumberTests
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    [Theory]
    [InlineData("1.234,5", "1234.5")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1,234,567.25", "1234567.25")]
    [InlineData("12", "12")]
    [InlineData("0.125", "0.125")]
    [InlineData("-0.125", "-0.125")]
    [InlineData("0,125", "0.125")]
    [InlineData("1.5", "1.5")]
    [InlineData("12.75", "12.75")]
    [InlineData("1.2345", "1.2345")]
    [InlineData("1234.567", "1234.567")]
    [InlineData(",5", "0.5")]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1\u00A0234,5", "1234.5")]
    [InlineData("1\u202F234,5", "1234.5")]
    [InlineData("1\u2009234\u2009567,5", "1234567.5")]
    [InlineData("1'234,50", "1234.50")]
    [InlineData("1\u2019234.50", "1234.50")]
    [InlineData("kr. 1.234,50", "1234.50")]
    [InlineData("kr 1.234,50", "1234.50")]
    [InlineData("1.234,50 kr.", "1234.50")]
    [InlineData("-1.234,50 kr.", "-1234.50")]
    [InlineData("1.234,- kr", "1234")]
    [InlineData("1.234,50 DKK", "1234.50")]
    [InlineData("DKK 500", "500")]
    [InlineData("DKK500", "500")]
    [InlineData("(500)", "-500")]
    [InlineData("(1.234,50)", "-1234.50")]
    [InlineData("kr. (500)", "-500")]
    [InlineData("(kr. 500)", "-500")]
    [InlineData("-kr. 500", "-500")]
    [InlineData("kr. -500", "-500")]
    [InlineData("\u22127", "-7")]
    [InlineData("\u20137", "-7")]
    [InlineData("\u2212 7,5", "-7.5")]
    [InlineData("500-", "-500")]
    [InlineData("+5", "5")]
    [InlineData("12%", "12")]
    [InlineData("12,5 %", "12.5")]
    [InlineData("2,5 timer", "2.5")]
    [InlineData("1,5E+03", "1500")]
    [InlineData("1.5E+3", "1500")]
    [InlineData("1,234E+05", "123400")]
    [InlineData("2e-2", "0.02")]
    [InlineData("\uFF11\uFF12\uFF0C\uFF15", "12.5")]
    [InlineData("\u0661\u0662", "12")]
    [InlineData("12\u200B", "12")]
    [InlineData("\uFEFF12,5\u00A0\u200E", "12.5")]
    [InlineData("'12", "12")]
    [InlineData("1.000.000.000.000", "1000000000000")]
    [InlineData("1\u2007234,50", "1234.50")]
    [InlineData("kr.1.234,50", "1234.50")]
    [InlineData("kr.\u00A01.234,50", "1234.50")]
    [InlineData("kr.: 500", "500")]
    [InlineData("dkr. 500", "500")]
    [InlineData("1.234,--", "1234")]
    [InlineData("1.234,\u2014", "1234")]
    [InlineData("500 ,-", "500")]
    [InlineData("500.-", "500")]
    [InlineData("1200 danske kroner", "1200")]
    [InlineData("( 500 )", "-500")]
    [InlineData("(500) kr.", "-500")]
    [InlineData("(500,00 kr.)", "-500.00")]
    [InlineData("(12 %)", "-12")]
    [InlineData("\u22121.234,50 kr.", "-1234.50")]
    [InlineData("\uFF0D5", "-5")]
    [InlineData("\uFF11\uFF0E\uFF12\uFF13\uFF14\uFF0C\uFF15", "1234.5")]
    [InlineData("12\uFF05", "12")]
    [InlineData("\"1.234,50\"", "1234.50")]
    [InlineData("=\"500\"", "500")]
    [InlineData("1,23457E+11", "123457000000")]
    [InlineData("1.200 m2", "1200")]
    [InlineData("3,5 ton CO2e", "3.5")]
    [InlineData("45 min./sag", "45")]
    public void A_number_is_read_as_people_and_spreadsheets_write_it(string text, string value)
    {
        var read = WrittenNumber.ReadField(text);
        Assert.Null(read.Problem);
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), read.Value);
    }

    [Theory]
    [InlineData("1.234", "1234", "1.234")]
    [InlineData("12.000", "12000", "12.000")]
    [InlineData("1,234", "1.234", "1234")]
    [InlineData("999,999", "999.999", "999999")]
    public void What_can_be_read_in_two_ways_is_not_guessed_at_and_danish_in_a_field(string text, string danish, string english)
    {
        Assert.Equal((null, Notation.Either), (WrittenNumber.Read(text).Value, WrittenNumber.Read(text).Notation));
        Assert.Equal(decimal.Parse(danish, CultureInfo.InvariantCulture), WrittenNumber.ReadField(text).Value);
        Assert.Equal(decimal.Parse(danish, CultureInfo.InvariantCulture), WrittenNumber.Read(text, Notation.Danish).Value);
        Assert.Equal(decimal.Parse(english, CultureInfo.InvariantCulture), WrittenNumber.Read(text, Notation.English).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tolv")]
    [InlineData("1.2.3")]
    [InlineData("1.23.456")]
    [InlineData("1,23,456")]
    [InlineData("1 2")]
    [InlineData("12 34")]
    [InlineData("1.234,5,6")]
    [InlineData("--5")]
    [InlineData("-(5)")]
    [InlineData("-5-")]
    [InlineData("(5")]
    [InlineData("5)")]
    [InlineData("1/2")]
    [InlineData("=1+1")]
    [InlineData("12:30")]
    [InlineData("kr.")]
    [InlineData("kr. 5 kr.")]
    [InlineData("2 t 30 min")]
    [InlineData("2t30")]
    [InlineData("12 kr. 50 øre")]
    [InlineData("12 kr 50")]
    [InlineData("1,5 E+03")]
    [InlineData("1O0")]
    [InlineData("500 kr.-")]
    [InlineData("500-600")]
    [InlineData("1½")]
    [InlineData("ca. 500")]
    [InlineData("0.125,5")]
    [InlineData("1. 234")]
    [InlineData("-   kr.")]
    [InlineData("Fejl:502")]
    public void What_is_no_number_says_so(string text) =>
        Assert.Contains("er ikke et tal", WrittenNumber.ReadField(text).Problem!.Danish, StringComparison.Ordinal);

    [Theory]
    [InlineData("#DIV/0!", "fejl i regnearket")]
    [InlineData("#I/T", "fejl i regnearket")]
    [InlineData("#VÆRDI!", "fejl i regnearket")]
    [InlineData("########", "kolonnen er for smal")]
    [InlineData("#DIVISION/0!", "fejl i regnearket")]
    [InlineData("#REFERENCE!", "fejl i regnearket")]
    [InlineData("#OVERLØB!", "fejl i regnearket")]
    [InlineData("1,5 mio.", "Skriv tallet helt ud")]
    [InlineData("1,5 mio. kr.", "Skriv tallet helt ud")]
    [InlineData("kr. 1,5 mio.", "Skriv tallet helt ud")]
    [InlineData("2 mia", "Skriv tallet helt ud")]
    [InlineData("3 millioner kroner", "Skriv tallet helt ud")]
    [InlineData("250 t.kr.", "Skriv tallet helt ud")]
    [InlineData("250 tkr", "Skriv tallet helt ud")]
    [InlineData("1.250 t. kr.", "Skriv tallet helt ud")]
    [InlineData("250 tusind", "Skriv tallet helt ud")]
    [InlineData("3 mDKK", "Skriv tallet helt ud")]
    [InlineData("2,5M", "Skriv tallet helt ud")]
    [InlineData("1.000.000.000.000,01", "højst 1.000.000.000.000")]
    [InlineData("79228162514264337593543950336", "højst 1.000.000.000.000")]
    [InlineData("1E300", "højst 1.000.000.000.000")]
    [InlineData("-9E99", "højst 1.000.000.000.000")]
    public void What_a_spreadsheet_cannot_show_and_what_is_too_large_is_reported(string text, string words) =>
        Assert.Contains(words, WrittenNumber.ReadField(text).Problem!.Danish, StringComparison.Ordinal);

    [Fact]
    public void Danish_numbers_are_read_back_in_every_format() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Int[0, 6], Gen.Int[0, 5]).Sample((whole, scale, dress) =>
        {
            var value = whole / (decimal)Math.Pow(10, scale);
            var text = value.ToString(dress % 2 == 0 ? $"N{scale}" : $"F{scale}", Danish);
            text = dress switch { 2 => $"kr. {text}", 3 => $"{text} kr.", 4 => text.Replace('.', '\u00A0'), 5 =>
                value < 0 ? $"({text.TrimStart('-', '\u2212')})" : $"+{text}", _ => text };
            return WrittenNumber.ReadField(text).Value == value;
        });

    [Fact]
    public void Whatever_is_written_gives_a_number_within_the_rule_two_ways_or_a_message() =>
        Gen.OneOf(Gen.String[0, 6], Gen.OneOf(Gen.Const("1"), Gen.Const("234"), Gen.Const("."), Gen.Const(","), Gen.Const("-"),
            Gen.Const("("), Gen.Const(")"), Gen.Const("E+"), Gen.Const("kr. "), Gen.Const("%"), Gen.Const(" "), Gen.Const("'")).Array[0, 8]
            .Select(p => string.Concat(p))).Sample(text =>
            {
                var read = WrittenNumber.Read(text);
                return read.Problem is not null ? read.Value is null
                    : read.Value is { } value ? Amount.Fits(value)
                    : read.Notation == Notation.Either;
            });
}
