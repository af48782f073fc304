using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("Modtaget Fjern-print")]
    [InlineData("MODTAGET  FJERNPRINT")]
    [InlineData("modtaget\u00A0fjern\u2011print ")]
    [InlineData("ModtagetFjernprint")]
    [InlineData("Modtaget Fjern\u00ADprint")]
    [InlineData("Modtaget\tFjern \u2013 print")]
    public void A_name_is_the_same_however_it_is_written(string written)
    {
        Assert.True(NameKey.AreSame(written, "Modtaget Fjernprint"));
        Assert.Equal(KnownHandlinger.ModtagetFjernprint, KnownHandlinger.Find(written));
    }

    [Theory]
    [InlineData("Modtaget Fjernprint 2")]
    [InlineData("Modtaget_Fjernprint")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("\u200B")]
    public void Another_name_is_another(string? written) => Assert.Null(KnownHandlinger.Find(written));

    [Fact]
    public void Two_missing_names_are_not_equal() => Assert.False(NameKey.AreSame("", "\u200B"));

    [Fact]
    public void Decomposed_letters_equal_composed_ones() => Assert.True(NameKey.AreSame("A\u030Arhus", "Århus"));
}
