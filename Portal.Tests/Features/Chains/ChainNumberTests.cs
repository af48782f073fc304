using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Exchange;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>A number is kept exactly as written or refused with a message; only coordinates are rounded.</summary>
public sealed class ChainNumberTests
{
    private static ChainReadResult Read(string volume) =>
        ChainReader.Read(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"title":"t","elements":[{"id":"a","kind":"problem","text":"x","volume":{{volume}}}]}"""));

    [Theory]
    [InlineData("0.1255", "0.1255")]
    [InlineData("1234567.12345678", "1234567.12345678")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1.25e-4", "0.000125")]
    [InlineData("1e3", "1000")]
    [InlineData("12.50", "12.5")]
    [InlineData("999999999999.999", "999999999999.999")]
    [InlineData("-0", "0")]
    public void A_number_that_is_sent_is_kept_to_its_last_decimal(string sent, string kept) =>
        Assert.Equal(kept, Read($$"""{"minutesEach":{{sent}}}""").Document!.Find("a")!.Get(ElementProperty.MinutesEach));

    [Theory]
    [InlineData("0.12345678901234567")]
    [InlineData("1e-30")]
    [InlineData("123456789012.12345")]
    public void A_value_that_cannot_be_stored_is_refused_with_a_reason(string sent)
    {
        var read = Read($$"""{"minutesEach":{{sent}}}""");
        Assert.Null(read.Document);
        Assert.Contains("15 cifre", Assert.Single(read.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0,1255", "0.1255")]
    [InlineData("1.234.567,12345", "1234567.12345")]
    [InlineData("0.0004", "0.0004")]
    public void A_number_in_the_form_is_kept_and_shown_as_it_was_written(string written, string kept)
    {
        var field = BoxFields.Find(ElementProperty.VolumeLikely)!;
        Assert.Equal(kept, BoxFields.Read(field, written));
        Assert.Equal(kept, ChainRules.CheckValue(field.Property, kept));
        Assert.Equal(kept.Replace('.', ','), BoxFields.Show(field, kept));
    }

    [Theory]
    [InlineData("7", "0.07", "7")]
    [InlineData("12,3456 %", "0.123456", "12,3456")]
    [InlineData("0,01", "0.0001", "0,01")]
    public void A_share_is_a_hundredth_exactly_and_shown_as_percent_again(string written, string kept, string shown)
    {
        var field = BoxFields.Find(ElementProperty.VolumeShare)!;
        Assert.Equal((kept, shown), (BoxFields.Read(field, written), BoxFields.Show(field, kept)));
    }

    [Fact]
    public void One_too_long_for_the_form_is_refused_with_the_reason()
    {
        var field = BoxFields.Find(ElementProperty.VolumeLikely)!;
        var texts = ChainFixture.Texts<CanvasTexts>();
        Assert.Contains("15", BoxFields.WhyNot(field, "0,12345678901234567", texts), StringComparison.Ordinal);
        Assert.Null(BoxFields.WhyNot(field, "0,1234567", texts));
    }

    [Fact]
    public void A_number_is_in_the_picture_as_it_was_written()
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("da");
        var volume = Read("""{"perYear":12.3456,"share":0.071,"minutesEach":0.0123}""").Document!.Find("a")!.Volume!;
        Assert.Equal("12,3456 om året · 7,1 % af sagerne · 0,0123 min. hver",
            Portal.Features.Chains.Layout.BoxContent.Volume(volume, ChainFixture.Texts<Portal.Features.Chains.Layout.LayoutTexts>()));
    }

    [Theory]
    [InlineData("A\\u2028B\\u0085C")]
    [InlineData("A\\nB\\u001eC")]
    [InlineData("A\\u000bB \\r\\n C")]
    public void A_title_that_is_sent_is_one_line(string title)
    {
        var read = ChainReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"title":"{{title}}","elements":[]}"""));
        Assert.Equal("A B C", read.Document!.Title);
    }

    [Fact]
    public void A_place_is_rounded() => Assert.Equal("12.346", ChainRules.CheckValue(ElementProperty.X, "12.3456789012345678"));
}
