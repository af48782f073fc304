using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class LineBreakKindsTests
{
    [Theory]
    [InlineData("Åse \u202E20.6.2026 sendt", "Åse 20.6.2026 sendt")]
    [InlineData("\u202DA\u202C\u2066b\u2067c\u2068d\u2069\u202Ae\u202B", "Abcde")]
    [InlineData("\u05D0\u05D1 \u0627\u0644 \u200FÅse", "\u05D0\u05D1 \u0627\u0644 \u200FÅse")]
    public void A_direction_mark_in_a_text_does_not_affect_later_text(string text, string shown)
    {
        Assert.Equal(shown, TextLines.OneLine(text));
        Assert.Equal(shown, TextLines.WithLineFeeds(text));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\r\nb")]
    [InlineData("a\vb")]
    [InlineData("a\fb")]
    [InlineData("a\u001Cb")]
    [InlineData("a\u001Db")]
    [InlineData("a\u001Eb")]
    [InlineData("a\u001Fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    public void Every_kind_of_break_is_one_break_and_never_glues_words(string text)
    {
        Assert.Equal("a\nb", TextLines.WithLineFeeds(text));
        Assert.Equal(["a", "b"], TextLines.Split(text));
        Assert.Equal("a b", TextLines.OneLine(text));
    }

    [Fact]
    public void All_that_is_no_break_stays_and_a_second_time_changes_nothing() =>
        Gen.String[Gen.Char["ab \t\r\n\v\f\u0085\u2028\u2029\u200B"], 0, 30].Sample(text =>
        {
            var once = TextLines.WithLineFeeds(text);
            Assert.Same(once, TextLines.WithLineFeeds(once));
            Assert.Equal(text.Where(c => c is 'a' or 'b' or ' ' or '\t' or '\u200B'), once.Where(c => c != '\n'));
            Assert.DoesNotContain(once, c => c is '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029');
        });
}
