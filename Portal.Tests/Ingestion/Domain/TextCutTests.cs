using System.Globalization;
using System.Text;
using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class TextCutTests
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("ab😀d", 3, "ab…")]
    [InlineData("ab😀d", 4, "ab😀…")]
    [InlineData("xe\u0301y", 2, "x…")] // e with a combining accent
    [InlineData("a👩‍👩‍👧b", 5, "a…")]
    [InlineData("😀", 1, "…")]
    [InlineData("", 0, "")]
    public void A_text_is_cut_between_characters(string text, int most, string cut) => Assert.Equal(cut, TextCut.At(text, most, "…"));

    [Fact]
    public void No_cut_of_any_text_leaves_half_a_character_or_more_than_was_asked_for() =>
        Gen.Select(Gen.OneOf(Gen.Int[0x20, 0xD7FF], Gen.Int[0xE000, 0xFFFD], Gen.Int[0x10000, 0x10FFFF], Gen.Const(0x301),
            Gen.Const(0x200D)).Array[0, 400], Gen.Int[0, 500])
            .Sample((runes, most) =>
            {
                var text = string.Concat(runes.Select(char.ConvertFromUtf32));
                var cut = TextCut.At(text, most);
                Assert.True(cut.Length <= most);
                Assert.StartsWith(cut, text, StringComparison.Ordinal);
                _ = _strict.GetBytes(cut);
                if (text.Length > most) Assert.True(cut.Length >= most - 65);
            });

    [Fact]
    public void Marks_without_end_are_cut_all_the_same()
    {
        var cut = TextCut.At("a" + new string('\u0301', 5000), 300);
        Assert.Equal(300, cut.Length);
        Assert.Equal(1, new StringInfo(cut).LengthInTextElements);
    }
}
