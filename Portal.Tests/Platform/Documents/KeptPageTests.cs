using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>Browser pages that are reused from one document to the next.</summary>
public sealed class KeptPageTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_is_used_again_holds_nothing_of_the_document_before()
    {
        await using var fixture = new PrintFixture(s => s with { AtOnce = 1 });
        await fixture.Printer.PrintAsync(
            PrintFixture.Document("<p id=\"own\">Hemmeligt <style>p { color: red }</style></p><base href=\"https://x.test/\"><meta "
                + "http-equiv=\"refresh\" content=\"0;url=about:blank\">", "Første titel",
                "Første fod") with { Css = "p::after { content: ' efterladt' }" }, Ending);
        var pdf = await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Åbent</p>", "Anden titel", "Anden fod"), Ending);
        var text = await fixture.TextAsync(pdf);
        Assert.Contains("Åbent", text, StringComparison.Ordinal);
        Assert.Contains("Anden fod", text, StringComparison.Ordinal);
        foreach (var left in (string[])["Hemmeligt", "efterladt", "Første"]) Assert.DoesNotContain(left, text, StringComparison.Ordinal);
        Assert.Matches(@"Title:\s+Anden titel", await fixture.AskAsync(pdf, "pdfinfo"));
    }

    [Fact]
    public async Task Fonts_and_pictures_that_are_first_used_by_a_later_document_are_there()
    {
        const string Dot = "data:image/svg+xml;base64,"
            + "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxMCIgaGVpZ2h0PSIxMCI+PHRleHQgeT0iOSI+cTwvdGV4dD48L3N2Zz4=";
        await using var fixture = new PrintFixture(s => s with { AtOnce = 1 });
        await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Ren</p>"), Ending);
        var pdf = await fixture.Printer.PrintAsync(PrintFixture.Document(
            $"<p><b>Łódź</b></p><p class=\"mono\">0a1b</p><img alt=\"prik\" src=\"{Dot}\" width=\"10\" height=\"10\">"), Ending);
        Assert.Contains("Łódź", await fixture.TextAsync(pdf), StringComparison.Ordinal);
        var fonts = await fixture.AskAsync(pdf, "pdffonts");
        Assert.Contains("IBMPlexMono", fonts, StringComparison.Ordinal);
        Assert.Contains("q", await fixture.TextAsync(pdf), StringComparison.Ordinal);
    }
}
