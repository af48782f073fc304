using System.Buffers.Binary;
using Portal.Platform.Documents.Pdf;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>The fonts' tables, compared with what HarfBuzz (<c>hb-shape --features=kern</c>) says of the same files.</summary>
public sealed class TrueTypeFontTests
{
    [Theory]
    [InlineData('n', 'n', 0)]
    [InlineData('1', '1', 0)]
    [InlineData('A', 'V', -41)]
    [InlineData('T', 'o', -65)]
    [InlineData('Ł', 'ó', -10)]
    [InlineData('Т', 'а', -70)]
    [InlineData('Α', 'υ', -6)]
    [InlineData('r', '.', -80)]
    public void Letters_are_set_as_close_as_the_font_says(char first, char second, int thousandths)
    {
        var font = Fonts.Of(Face.Regular);
        Assert.Equal(thousandths, font.Kerning(font.Glyph(first), font.Glyph(second)));
    }

    [Fact]
    public void Every_letter_of_the_promised_alphabets_is_in_both_proportional_faces()
    {
        const string letters =
            "æøåÆØÅéüäößñçğışİąćęłńóśźżŻ ằẵẫậắừớợịỷỹđĐƠỘ "
            + "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΰϊΩ "
            + "абвгдеёжзийклмнопрстуфхцчшщъыьэюяЁІїєґ";
        foreach (var face in (Face[])[Face.Regular, Face.SemiBold])
        {
            Assert.All(letters, letter => Assert.NotEqual(0, Fonts.Of(face).Glyph(letter)));
        }
    }

    [Fact]
    public void A_subset_is_much_smaller_than_its_font_and_a_font_itself()
    {
        var font = Fonts.Of(Face.Regular);
        var subset = TrueTypeSubset.Of(font, new HashSet<ushort> { font.Glyph('a'), font.Glyph('å') });
        Assert.InRange(subset.Length, 1_000, font.File.Length / 3);

        // The sum of a whole font, in words of 32 bits, is the same for every right one.
        var sum = 0u;
        for (var i = 0; i < subset.Length; i += 4) sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(subset.AsSpan(i)));
        Assert.Equal(0xB1B0AFBA, sum);
    }
}
