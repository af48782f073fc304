using System.Text;
using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class StorableTextTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("æ😀ø")]
    [InlineData("")]
    [InlineData(null)]
    public void A_text_that_both_databases_hold_stays_the_same_instance(string? text) => Assert.Same(text, StorableText.Clean(text));

    // Not [InlineData]: an attribute cannot hold half a surrogate pair.
    [Fact]
    public void Characters_that_a_text_column_cannot_store_become_the_replacement_character() => Assert.All(
        (string[][])[["a\0b", "a\uFFFDb"], ["a\uD83D", "a\uFFFD"], ["\uDE00b", "\uFFFDb"], ["\uD83D\uD83D\uDE00", "\uFFFD😀"]],
        pair => Assert.Equal(pair[1], StorableText.Clean(pair[0])));

    [Fact]
    public void Any_text_comes_out_as_strict_utf8_without_zero() =>
        Gen.OneOf(Gen.Char, Gen.Char['\uD7F0', '\uE00F'], Gen.Const('\0')).Array[0, 40].Sample(chars =>
        {
            var clean = StorableText.Clean(new string(chars));
            Assert.DoesNotContain('\0', clean);
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(clean);
            Assert.True(StorableText.IsClean(clean));
        });
}
