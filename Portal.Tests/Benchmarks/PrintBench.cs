using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Evidence;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// A warm print of an evidence document compared with a bare browser's print of an empty page, and pages a second with ten at once. Runs
/// only when asked for: <c>dotnet build Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll
/// --explicit only --filter-class "*PrintBench" --show-live-output on</c>.
/// </summary>
public sealed class PrintBench(ITestOutputHelper output)
{
    private const int Rounds = 30;

    [Fact(Explicit = true)]
    public async Task A_document_takes_so_many_times_an_empty_page()
    {
        var ending = TestContext.Current.CancellationToken;
        await using var fixture = new EvidenceFixture(ledger: new FakeLedger());
        fixture.Cases.Add([.. Enumerable.Range(1, 3).Select(n => FakeCases.Letter($"L-{n}") with
        {
            Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent, Events = [.. Enumerable.Range(1, 4)
                .Select(e => FakeCases.Event($"b-{n}-{e}") with { Sequence = (n * 10) + e, Sha256 = new string('a', 64) })],
        })]);
        var document = await ToPrintAsync(EvidenceMaker.Build(await fixture.GatherAsync()));
        await using var printer = new BrowserPrinter(
            new PrintSettings { BrowserPath = BrowserFinder.Find() }, TimeProvider.System, NullLogger<BrowserPrinter>.Instance);
        using var playwright = await Playwright.CreateAsync();
        await using var bare =
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFinder.Find(), Args = ["--no-sandbox"] });
        var page = await bare.NewPageAsync();
        await page.PdfAsync();
        var clock = Stopwatch.StartNew();
        var pages = PagesOf(await printer.PrintAsync(document, ending));
        Print($"first print, with the browser's start: {clock.Elapsed.TotalMilliseconds:0} ms, {pages} pages");

        var (warm, empty) = (new List<double>(), new List<double>());
        for (var n = 0; n < Rounds; n++)
        {
            clock.Restart();
            await printer.PrintAsync(document, ending);
            warm.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            await page.PdfAsync();
            empty.Add(clock.Elapsed.TotalMilliseconds);
        }

        warm.Sort();
        empty.Sort();
        Print($"warm print: median {warm[Rounds / 2]:0.0} ms; empty page in a bare browser: {empty[Rounds / 2]:0.0} ms; ratio {
            warm[Rounds / 2] / empty[Rounds / 2]:0.0}");
        clock.Restart();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => printer.PrintAsync(document, ending)));
        Print($"ten at once: {10 * pages / clock.Elapsed.TotalSeconds:0.0} pages a second ({clock.Elapsed.TotalMilliseconds:0} ms)");
    }

    private static async Task<PrintDocument> ToPrintAsync(Document document)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var renderer = new DocumentRenderer(services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance);
        var html = await renderer.RenderAsync<DocumentView>(new Dictionary<string, object?> { [nameof(DocumentView.Document)] = document });
        return new PrintDocument(document.Title, html, document.Footer);
    }

    private static int PagesOf(byte[] pdf) =>
        System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b(?!s)");

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
