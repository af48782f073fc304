using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using Portal.Features.Evidence;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;
using QRCoder;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>The QR code at the head of an evidence document.</summary>
public sealed partial class EvidenceQrCodeTests
{
    private const string Url = "https://portal.kommune.dk/sager/26-0412";

    [Fact]
    public void It_draws_the_modules_of_the_code_and_no_others()
    {
        using var code = QRCodeGenerator.GenerateQrCode(Url, QRCodeGenerator.ECCLevel.M);
        var size = code.ModuleMatrix.Count;
        var drawing = EvidenceQrCode.Of(Url)!.Drawing;
        var module = drawing.Width / size;
        var dark = Runs().Matches(Assert.IsType<PathShape>(drawing.Shapes[1]).Data)
            .Select(m => m.Groups.Values.Skip(1).Select(g => double.Parse(g.Value, CultureInfo.InvariantCulture) / module).ToArray())
            .SelectMany(r =>
            {
                Assert.Equal((r[0], r[1] + 1), (r[4], r[3]));
                return Enumerable.Range((int)r[0], (int)(r[2] - r[0])).Select(x => (x, (int)r[1]));
            }).ToList();
        Assert.Equal(
            Enumerable.Range(0, size).SelectMany(y => Enumerable.Range(0, size).Select(x => (x, y)))
                .Where(p => code.ModuleMatrix[p.y][p.x]),
            dark.OrderBy(p => p.Item2).ThenBy(p => p.x));
    }

    [Fact]
    public void Four_light_modules_surround_it_on_white()
    {
        var drawing = EvidenceQrCode.Of(Url)!.Drawing;
        Assert.Equal(new RectShape(0, 0, drawing.Width, drawing.Height, "#ffffff"), drawing.Shapes[0]);
        using var code = QRCodeGenerator.GenerateQrCode(Url, QRCodeGenerator.ECCLevel.M);
        var quiet = 4 * drawing.Width / code.ModuleMatrix.Count;
        var places = Runs().Matches(Assert.IsType<PathShape>(drawing.Shapes[1]).Data)
            .SelectMany(m => m.Groups.Values.Skip(1)).Select(g => double.Parse(g.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((quiet, drawing.Width - quiet), (places.Min(), places.Max()));
    }

    [Fact]
    public void It_is_at_the_head_with_words_for_those_who_do_not_see_it()
    {
        using var page = new BunitContext();
        var document = new DocumentBuilder().Title("", "Sag", "", EvidenceQrCode.Of(Url)).Build("t", "");
        var picture = page.Render<DocumentView>(p => p.Add(v => v.Document, document)).Find("header [role=img]");
        Assert.Equal("Kode, der fører til sagens side i portalen", picture.GetAttribute("aria-label"));
    }

    [Fact]
    public void A_URL_that_no_code_can_hold_has_none() => Assert.Null(EvidenceQrCode.Of(Url + new string('x', 3000)));

    [GeneratedRegex(@"M(\d+) (\d+)H(\d+)V(\d+)H(\d+)Z")]
    private static partial Regex Runs();
}
