using System.Text;
using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class TwiceEncodedTests
{
    private const string Danish = "Blåbærgrød på Ærø: ÆØÅ æøå, é ü ö ä ß – »citat« § 12, 3½ m² kr. 5 €, “ja” … Søren’s 🎉";

    private static string Again(string text, Encoding wrong) => wrong.GetString(Encoding.UTF8.GetBytes(text));

    private static Encoding Set(int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(codePage);
    }

    [Theory]
    [InlineData(28591)]
    [InlineData(1252)]
    public void Text_decoded_with_the_wrong_charset_is_repaired(int codePage)
    {
        Assert.Equal(Danish, TwiceEncoded.Mend(Again(Danish, Set(codePage))));
        Assert.Equal(Danish, TwiceEncoded.Mend(Again(Again(Danish, Set(codePage)), Set(codePage))));
    }

    [Theory]
    [InlineData(850)]
    [InlineData(10000)]
    public void Letters_taken_for_those_of_another_machine_are_what_was_meant(int codePage)
    {
        const string Letters = "Afgørelse om Åses blå hæk på Ærø, Øster Allé";
        Assert.Equal(Letters, TwiceEncoded.Mend(Again(Letters, Set(codePage))));
    }

    [Fact]
    public void Only_wrongly_decoded_text_is_repaired() => Assert.Equal("Afgørelse om æble", TwiceEncoded.Mend("Afgørelse om Ã¦ble"));

    [Theory]
    [InlineData(Danish)]
    [InlineData("»SÅ GIK DET PÅ« Å–Å …É» ØÅ« Ä”")]
    [InlineData("João São Ângela CÂMARA garçon Ðð √2 ≈ 1,41 ├── mappe ¬")]
    [InlineData("Î”α κ.ά. Œuvre ÿ")]
    [InlineData("Ôéû ÔÇa ÆË Å’er SMÅ’ Åƒ")]
    [InlineData("")]
    public void Text_that_was_encoded_once_stays(string text) => Assert.Equal(text, TwiceEncoded.Mend(text));

    [Fact]
    public void Any_text_of_the_letters_of_Europe_comes_back_and_none_is_changed_twice() =>
        // »ÔÇØ« and the like are code page 850's own sequences (here of a quotation mark), which no language has.
        Gen.Char['\u00C0', '\u00FF'].Array[1, 20].Select(letters => new string(letters))
            .Where(text => !text.Contains("ÔÇ", StringComparison.Ordinal) && !text.Contains("Ôä", StringComparison.Ordinal)).Sample(text =>
        {
            Assert.Equal(text, TwiceEncoded.Mend(Again(text, Encoding.Latin1)));
            Assert.Equal(text, TwiceEncoded.Mend(text));
        });
}
