using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

public sealed class BoxFieldTests
{
    private static readonly BoxField Number = new(ElementProperty.VolumeLow, FieldShape.Number), Share =
        new(ElementProperty.VolumeShare, FieldShape.Percent);

    [Theory]
    [InlineData("1.000", "1000")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("12,5", "12.5")]
    [InlineData("1.000,25", "1000.25")]
    [InlineData("1.5", "1.5")]
    [InlineData(" 550 ", "550")]
    [InlineData("", "")]
    [InlineData("mange", "mange")]
    public void Numbers_are_read_as_Danes_write_them(string written, string stored) =>
        Assert.Equal(stored, BoxFields.Read(Number, written));

    [Theory]
    [InlineData("kr. 1.234,50", "1234.5")]
    [InlineData("(500) kr.", "-500")]
    [InlineData("1,5 mio. kr.", "1,5 mio. kr.")]
    [InlineData("250 t.kr.", "250 t.kr.")]
    [InlineData("2 t 30 min", "2 t 30 min")]
    [InlineData("12 kr. 50 øre", "12 kr. 50 øre")]
    [InlineData("50 øre", "50 øre")]
    [InlineData("1.234,50 CR", "1.234,50 CR")]
    [InlineData("0.125", "0.125")]
    public void An_indicators_number_is_read_whole_or_left_for_the_rules_to_refuse(string written, string stored) =>
        Assert.Equal(stored, BoxFields.Read(new BoxField(ElementProperty.IndicatorBaseline, FieldShape.Number), written));

    [Fact]
    public void A_share_is_written_in_percent_and_stored_as_a_part_of_one()
    {
        Assert.Equal("0.1", BoxFields.Read(Share, "10 %"));
        Assert.Equal("10", BoxFields.Show(Share, "0.1"));
    }

    [Theory]
    [InlineData(ElementProperty.VolumeLikely, "mange", "er ikke et tal")]
    [InlineData(ElementProperty.VolumeLikely, "-5", "må ikke være negativt")]
    [InlineData(ElementProperty.VolumeLikely, "5 timer", "Feltet er et antal, ikke »timer«.")]
    [InlineData(ElementProperty.VolumeLikely, "99999999999999999999", "for stort")]
    [InlineData(ElementProperty.MinutesEach, "2 timer", "Feltet er i minutter, ikke »timer«.")]
    [InlineData(ElementProperty.VolumeShare, "150", "fra 0 til 100 %")]
    [InlineData(ElementProperty.VolumeShare, "5 min", "Feltet er i procent, ikke »min«.")]
    [InlineData(ElementProperty.VolumeShare, "10 %", null)]
    [InlineData(ElementProperty.MinutesEach, "45 min", null)]
    [InlineData(ElementProperty.IndicatorBaseline, "-3 kr.", null)]
    [InlineData(ElementProperty.VolumeLikely, "1.000", null)]
    [InlineData(ElementProperty.VolumeLikely, "", null)]
    public void A_number_field_gives_a_reason_exactly_when_the_rules_refuse_the_number(
        string property, string written, string? text)
    {
        var field = BoxFields.Find(property)!;
        var why = BoxFields.WhyNot(field, written, ChainFixture.Texts<CanvasTexts>());
        if (text is null) Assert.Null(why);
        else Assert.Contains(text, why, StringComparison.Ordinal);
        Assert.Equal(why is null, ChainRules.CheckValue(property, BoxFields.Read(field, written)) is not null);
    }

    [Fact]
    public void What_is_shown_is_read_back_as_what_is_stored()
    {
        foreach (var stored in (string[])["0", "12.5", "1000", "0.333"])
            Assert.Equal(stored, BoxFields.Read(Number, BoxFields.Show(Number, stored)));
    }

    [Fact]
    public void Every_field_of_every_kind_is_a_property_that_may_be_stored() =>
        Assert.All(ChainKinds.InOrder.SelectMany(k => BoxFields.Of(k).Concat(BoxFields.ViewsOf(k))),
            f => Assert.Contains(f.Property, ElementProperty.All));
}
