using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>Properties of a printed PDF, read with Poppler's tools.</summary>
public sealed class PrintedDocumentTests(PrintedDocumentTests.OnePrinter one) : IClassFixture<PrintedDocumentTests.OnePrinter>
{
    private const string LongBody = "<h1>Overskrift æøå</h1><h2>Første del</h2><p>Tekst på dansk: ÆØÅ. "
        + "Łódź Şahin.</p><p class=\"mono\">0123abcd</p><h2 class=\"new-page\">Anden del</h2><p><b>Slut.</b></p>";

    [Fact]
    public async Task A_document_is_tagged_has_title_language_outline_and_numbered_pages()
    {
        var fixture = one.Fixture;
        var pdf = await fixture.Printer.PrintAsync(PrintFixture.Document(LongBody), TestContext.Current.CancellationToken);

        var info = await fixture.AskAsync(pdf, "pdfinfo");
        Assert.Matches(@"Tagged:\s+yes", info);
        Assert.Matches(@"Title:\s+Prøve på ÆØÅ æøå", info);
        Assert.Matches(@"Pages:\s+2", info);
        Assert.Matches(@"Page size:\s+59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)", info);
        Assert.Matches(@"JavaScript:\s+no", info);
        var raw = Encoding.Latin1.GetString(pdf);
        Assert.Contains("/Lang (da)", raw);
        Assert.Contains("/Outlines", raw);

        var text = await fixture.TextAsync(pdf);
        Assert.Contains("Side 1 af 2", text);
        Assert.Contains("Side 2 af 2", text);
        Assert.Equal(2, Regex.Count(text, Regex.Escape("Fodtekst 1/2 · <b>\"æ\\; mere")));
    }

    [Fact]
    public async Task Its_structure_follows_its_headings_and_leaves_the_foot_out()
    {
        var fixture = one.Fixture;
        var pdf = await fixture.Printer.PrintAsync(PrintFixture.Document(LongBody), TestContext.Current.CancellationToken);
        var structure = await fixture.AskAsync(pdf, "pdfinfo", "-struct-text");
        Assert.Contains("H1", structure);
        Assert.Contains("\"Første del\"", structure);
        Assert.DoesNotContain("Side 1 af 2", structure);
    }

    [Fact]
    public async Task Every_font_is_embedded_and_the_letters_can_be_copied_out()
    {
        var fixture = one.Fixture;
        var pdf = await fixture.Printer.PrintAsync(PrintFixture.Document(LongBody), TestContext.Current.CancellationToken);
        var fonts = (await fixture.AskAsync(pdf, "pdffonts")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, f => Assert.Matches(@"IBMPlex(Sans|Mono)\S*\s+.*\s+yes yes yes\s", f));
        var text = await fixture.TextAsync(pdf);
        Assert.Contains("Tekst på dansk: ÆØÅ. Łódź Şahin.", text);
    }

    [Fact]
    public async Task Hostile_markup_runs_nothing_fetches_nothing_and_reads_no_file()
    {
        var fixture = one.Fixture;
        var secret = Path.Combine(fixture.Folder, "hemmelig.txt");
        await File.WriteAllTextAsync(secret, "HEMMELIGT", TestContext.Current.CancellationToken);
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var pdf = await fixture.Printer.PrintAsync(
            PrintFixture.Document($$"""
                <p id="p">urørt</p><script>document.getElementById('p').textContent = 'KØRT'</script>
                <img src="x" onerror="document.body.textContent='KØRT'">
                <iframe src="file://{{secret}}"></iframe><object data="file://{{secret}}"></object>
                <img src="http://127.0.0.1:{{port}}/a.png"><link rel="stylesheet" href="http://127.0.0.1:{{port}}/a.css">
                <style>@import url(http://127.0.0.1:{{port}}/b.css); body { background: url(http://127.0.0.1:{{port}}/c.png) }</style>
                <meta http-equiv="refresh" content="0;url=file://{{secret}}"><form action="http://127.0.0.1:{{port}}/">
                <input autofocus></form>
                """) with { Css = "</style><script>document.body.textContent = 'KØRT'</script>" },
            TestContext.Current.CancellationToken);
        var text = await fixture.TextAsync(pdf);
        Assert.Contains("urørt", text);
        Assert.DoesNotContain("KØRT", text);
        Assert.DoesNotContain("HEMMELIGT", text);
        Assert.False(listener.Pending());
    }

    /// <summary>One printer for all tests of the class.</summary>
    public sealed class OnePrinter : IAsyncDisposable
    {
        internal PrintFixture Fixture { get; } = new();

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();
    }
}
