using Portal.Platform.Documents.Pdf;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

public sealed class PosterPdfTests
{
    [Theory]
    [InlineData(PosterSheet.A4, 297, 210)]
    [InlineData(PosterSheet.A3, 420, 297)]
    [InlineData(PosterSheet.A0, 1189, 841)]
    public void A_poster_is_one_accessible_figure_as_large_as_its_sheet(PosterSheet sheet, double width, double height)
    {
        using var output = new MemoryStream();
        PosterPdf.Write(PdfSamples.Chart, "Effektkæde", "Kæden", sheet, output, CancellationToken.None);

        PdfCheck.Accessible(output.ToArray(), "Effektkæde");
        using var reading = new PdfReading(output.ToArray());
        var page = Assert.Single(reading.Pages);
        Assert.Equal(width, page.Width / 72 * 25.4, 0.1);
        Assert.Equal(height, page.Height / 72 * 25.4, 0.1);
        Assert.Equal("Kæden", Assert.Single(reading.Document.Children).Alternative);

        // The drawing is 640 wide; its words are 14 high.
        var size = page.Letters[0].PointSize;
        Assert.Equal((width - 20) / 25.4 * 72 / 640 * 14, size, 0.5);
    }

    [Fact]
    public void A_poster_on_several_sheets_shows_all_of_it_once_with_the_number_of_each_sheet()
    {
        using var output = new MemoryStream();
        PosterPdf.WriteTiles(
            PdfSamples.Chart with { Height = 455 }, "Effektkæde", "Kæden", PosterSheet.A0, PosterSheet.A3, output, CancellationToken.None);

        PdfCheck.Accessible(output.ToArray(), "Effektkæde");
        using var reading = new PdfReading(output.ToArray());
        Assert.Equal(9, reading.Pages.Count);
        Assert.All(reading.Pages, p => Assert.EndsWith($"Ark {p.Number} af 9", p.Text));
        Assert.All(reading.Pages, p => Assert.Equal(420, p.Width / 72 * 25.4, 0.1));
        Assert.Equal("Kæden", reading.Document.Children.First().Alternative);

        // The drawing's zero moves left by the width of a sheet from one to the next, and up by its height after three.
        var zeros = reading.Pages.Select(p => p.Letters.First(l => l.Value == "T").StartBaseLine).ToList();
        Assert.Equal(400.0 / 25.4 * 72, zeros[0].X - zeros[1].X, 0.1);
        Assert.Equal(zeros[0].Y, zeros[2].Y, 0.1);
        Assert.Equal(275.0 / 25.4 * 72, zeros[3].Y - zeros[0].Y, 0.1);
    }
}
