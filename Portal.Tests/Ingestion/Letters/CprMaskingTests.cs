using System.Text;
using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class CprMaskingTests
{
    private static readonly string[] Joints =
    [
        "", "-", " ", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uFE63", "\uFF0D", "\u00A0", "\u202F",
        "\u2009", "\u2007", "\u3000", ".", "/", "_", "\\", "·", "⁄", " - ", " – ", "\u200B-", "-\u200D", "\u00AD", "\uFEFF", "\u2060", "\t",
        "\u2028", "\r\n", "&nbsp;", "&#8209;", "&#x2D;", "&ndash;", "&minus;", "&shy;", "&amp;nbsp;", "%20", "%2D", "%E2%80%91",
        "%C2%A0", "%252D", "+", "\\u2011", ":",
    ];

    private static readonly string[] Pairs = ["-", " ", ".", "/", "\u2011", "\u2013", "\u00A0", "_", "\u2009", "&#45;", "%2D"];

    private static readonly string[] Around = ["", " ", "_", "CPR", "cpr-nr. ", "Bilag-", "x", "é", ".", ",", ";", "(", ")", "\"", "\n",
        "\u2028", "<b>", "</b>", "=", "?q=", "%20", "&amp;", "kvittering.pdf", "👍", "/", "å0 ", "\uD83D"];

    private static readonly Func<int, string>[] Digits =
    [
        d => ((char)('0' + d)).ToString(), d => ((char)('\uFF10' + d)).ToString(), d => ((char)('\u0660' + d)).ToString(),
        d => ((char)('\u06F0' + d)).ToString(), d => ((char)('\u0966' + d)).ToString(), d => char.ConvertFromUtf32(0x1D7CE + d),
        d => $"&#{48 + d};", d => $"&#x3{d};", d => $"%3{d}", d => $"{d}\u200B", d => $"\u200D{d}", d => $"\\u003{d}",
    ];

    private static readonly Gen<string> Number =
        from day in Gen.Int[1, 28] from high in Gen.Bool from month in Gen.Int[1, 12] from year in Gen.Int[0, 99]
        from serial in Gen.Int[0, 9999]
        select $"{day + (high ? 60 : 0):00}{month:00}{year:00}{serial:0000}";

    private static readonly Gen<(string Text, string Number)> Written =
        from number in Number
        from digit in OneOf(Digits)
        from joint in OneOf(Joints)
        from pair in OneOf(Pairs)
        from form in Gen.Int[0, 2]
        from before in OneOf(Around)
        from after in OneOf(Around)
        select (before + Write(number, digit, form == 0 ? "" : form == 1 ? joint : pair, form == 2 ? pair : "") + after, number);

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    private static string Write(string number, Func<int, string> digit, string sixth, string pair)
    {
        var text = new StringBuilder();
        for (var n = 0; n < number.Length; n++)
        {
            text.Append(n == 6 ? sixth : n is 2 or 4 ? pair : "").Append(digit(number[n] - '0'));
        }

        return text.ToString();
    }

    [Fact]
    public void No_number_in_any_writing_is_left() => Written.Sample(
        written =>
        {
            var masked = CprNumber.MaskIn(written.Text);
            Assert.Contains($"{written.Number[..6]}-xxxx", masked, StringComparison.Ordinal);
            Assert.False(CprNumber.IsIn(masked), masked);
            Assert.Equal(masked, CprNumber.MaskIn(masked));
        },
        iter: 20_000);

    public static TheoryData<string, string> Masked => [.. CprTexts.Masked];

    public static TheoryData<string> Left => [.. CprTexts.Left];

    [Theory]
    [MemberData(nameof(Masked))]
    public void The_known_writings_are_masked_in_place(string text, string masked)
    {
        Assert.Equal(masked, CprNumber.MaskIn(text));
        Assert.Equal(masked, CprNumber.MaskIn(masked));
    }

    [Theory]
    [MemberData(nameof(Left))]
    public void What_is_no_person_number_stays(string text) => Assert.Same(text, CprNumber.MaskIn(text));

    [Theory]
    [InlineData("010101-1234")]
    [InlineData(" 010101 1234 ")]
    [InlineData("010101\u20111234")]
    [InlineData("\u200B0101011234\uFEFF")]
    [InlineData("０１０１０１１２３４")]
    [InlineData("01 01 01 1234")]
    [InlineData("010101/1234")]
    public void A_number_alone_is_read_in_every_writing(string text)
    {
        Assert.True(CprNumber.TryParse(text, out var number));
        Assert.Equal(("0101011234", "010101-xxxx"), (number.Reveal(), number.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("101011234")]
    [InlineData("01010112345")]
    [InlineData("0101011234 x")]
    [InlineData("0101 011234")]
    public void What_is_no_number_alone_is_not_read(string text) => Assert.False(CprNumber.TryParse(text, out _));
}
