using CsCheck;
using Portal.Ingestion.Letters;
using Portal.Shell;
using Xunit;

namespace Portal.Tests.Shell;

public sealed class CprLikeTests
{
    [Theory]
    [InlineData("0101011234")]
    [InlineData("010101-1234")]
    [InlineData("010101 1234")]
    [InlineData("010101–1234")]
    [InlineData("010101\u00A01234")]
    [InlineData("010101\u20111234")]
    [InlineData("010101 - 1234")]
    [InlineData("01 01 01 1234")]
    [InlineData("01.01.01-1234")]
    [InlineData("01/01/01/1234")]
    [InlineData("010101_1234")]
    [InlineData("0 1 0 1 0 1 1 2 3 4")]
    [InlineData("010101\u200B1234")]
    [InlineData("610101-1234")]
    [InlineData("CPR0101011234kvittering")]
    [InlineData("Bilag-010101-1234.pdf")]
    [InlineData("Hun hedder Anna,010101-1234,og bor her")]
    [InlineData("０１０１０１-１２３４")]
    [InlineData("010101\n1234")]
    public void What_looks_like_a_number_is_found_and_masked(string text)
    {
        Assert.True(CprLike.IsIn(text));
        var masked = CprLike.MaskIn(text);
        Assert.Contains(CprLike.Mask, masked, StringComparison.Ordinal);
        Assert.False(CprLike.IsIn(masked));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Vi sparer 10.000 timer om året")]
    [InlineData("2026-03-04 kl. 10.00")]
    [InlineData("320101-1234")]
    [InlineData("011301-1234")]
    [InlineData("12345678901234567890")]
    [InlineData("+45 12 34 56 78")]
    [InlineData("900 × 45 min ÷ 60 = 675 t")]
    [InlineData("\ud800 en halv")]
    public void Other_texts_are_left_as_they_are(string text)
    {
        Assert.False(CprLike.IsIn(text));
        Assert.Same(text, CprLike.MaskIn(text));
    }

    [Fact]
    public void Whatever_the_narrow_rule_finds_the_wide_one_finds_too() => Gen.String[Gen.Char["0123456789- axÅ.\n"], 0, 40].Sample(text => !CprNumber.IsIn(text) || CprLike.IsIn(text));

    [Fact]
    public void The_browser_has_the_same_pattern_and_the_same_mask()
    {
        var script = LongTextTests.Script("cprLike.js");
        var part = Between(script, "const s = String.raw`", "`;");
        var whole = Between(script, "RegExp(", "\"gu\")");
        whole = Between(whole, "String.raw`", "`").Replace("${s}", part, StringComparison.Ordinal);
        Assert.Equal(CprLike.Pattern, whole);
        Assert.Contains($"mask = \"{CprLike.Mask}\"", script, StringComparison.Ordinal);
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }
}
