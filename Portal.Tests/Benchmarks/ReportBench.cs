using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Examples;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Page;
using Portal.Tests.Features.Reports;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// A warm print of a benefit report compared with a bare browser's print of an empty page, the time of each step, and pages a second with
/// ten at once. Runs only when asked for: <c>dotnet build Portal.Tests -c Release</c>, then <c>dotnet exec
/// Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class "*ReportBench" --show-live-output on</c>.
/// </summary>
public sealed class ReportBench(ITestOutputHelper output)
{
    private const int Rounds = 30;

    [Fact(Explicit = true)]
    public async Task A_report_takes_so_many_times_an_empty_page()
    {
        var ending = TestContext.Current.CancellationToken;
        await using var fixture = new ReportFixture();
        var mine = (await HtmlAsync(fixture.Build(Chain()))) with { KeptFor = "" };
        var document = mine with { KeptFor = null };
        await using var printer = new BrowserPrinter(
            new PrintSettings { BrowserPath = BrowserFinder.Find() }, TimeProvider.System, NullLogger<BrowserPrinter>.Instance);
        using var playwright = await Playwright.CreateAsync();
        await using var bare =
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFinder.Find(), Args = ["--no-sandbox"] });
        var page = await bare.NewPageAsync();
        await page.PdfAsync();
        var clock = Stopwatch.StartNew();
        var pages = PagesOf(await printer.PrintAsync(document, ending));
        Print($"first print, with the browser's start: {clock.Elapsed.TotalMilliseconds:0} ms, {pages} pages, {
            document.ToHtml().Length / 1024} KB of HTML");

        // How a print was done before the printer spoke the browser's own protocol and emptied the page after the answer: for comparison.
        var context = await bare.NewContextAsync(new() { JavaScriptEnabled = false, Offline = true });
        var kept = await context.NewPageAsync();
        await kept.SetContentAsync(PrintDocument.Empty);
        await kept.EvaluateAsync("async () => { await Promise.all([...document.fonts].map(font => font.load())); }");
        await printer.PrintAsync(mine, ending);
        var (warm, empty, before, same) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var n = 0; n < Rounds; n++)
        {
            clock.Restart();
            await printer.PrintAsync(document, ending);
            warm.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            await kept.EvaluateAsync($"([style, body]) => {{ document.getElementById('{PrintDocument.OwnStyleId}').textContent = style; "
                + $"document.body.innerHTML = body; }}", new[] { document.OwnStyle, document.Body });
            await kept.PdfAsync(new() { Tagged = true, Outline = true, PreferCSSPageSize = true, PrintBackground = true });
            await kept.EvaluateAsync("() => { document.body.innerHTML = ''; }");
            before.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            await printer.PrintAsync(mine, ending);
            same.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            await page.PdfAsync();
            empty.Add(clock.Elapsed.TotalMilliseconds);
        }

        foreach (var times in (List<double>[])[warm, empty, before, same]) times.Sort();
        Print($"warm print: median {warm[Rounds / 2]:0.0} ms; empty page in a bare browser: {empty[Rounds / 2]:0.0} ms; ratio {
            warm[Rounds / 2] / empty[Rounds / 2]:0.0}; load {await File.ReadAllTextAsync("/proc/loadavg", ending)}");
        Print($"as printed before: {before[Rounds / 2]:0.0} ms, ratio {
            before[Rounds / 2] / empty[Rounds / 2]:0.0}; the same content again: {same[Rounds / 2]:0.000} ms, ratio {
            same[Rounds / 2] / empty[Rounds / 2]:0.000}");
        clock.Restart();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => printer.PrintAsync(document, ending)));
        Print($"ten at once: {10 * pages / clock.Elapsed.TotalSeconds:0.0} pages a second ({clock.Elapsed.TotalMilliseconds:0} ms)");
    }

    [Fact(Explicit = true)]
    public async Task Where_the_time_of_a_print_goes()
    {
        await using var fixture = new ReportFixture();
        var document = await HtmlAsync(fixture.Build(Chain()));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = BrowserFinder.Find(), Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false, Offline = true });
        var kept = await context.NewPageAsync();
        var whole = document.ToHtml();
        var tagged = new PagePdfOptions { Tagged = true, Outline = true, PreferCSSPageSize = true, PrintBackground = true };
        var plain = new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true };
        await Time("page opened and closed", async () => await (await context.NewPageAsync()).CloseAsync());
        await Time("content set in a kept page", () => kept.SetContentAsync(whole));
        await Time("content without fonts set in a kept page",
            () => kept.SetContentAsync(whole.Replace(DocumentStyles.Fonts, "", StringComparison.Ordinal)));
        await kept.SetContentAsync("<p>x");
        await Time("a short page printed, tagged", () => kept.PdfAsync(tagged));
        await kept.SetContentAsync(whole);
        await Time("the report printed, tagged with outline", () => kept.PdfAsync(tagged));
        await Time("the report printed, tagged", () => kept.PdfAsync(new(tagged) { Outline = false }));
        await Time("the report printed, plain", () => kept.PdfAsync(plain));
        await kept.SetContentAsync(whole.Replace(DocumentStyles.Fonts, "", StringComparison.Ordinal));
        await Time("the report printed with the machine's fonts, tagged with outline", () => kept.PdfAsync(tagged));
    }

    // The page of the report, as a browser prints it.
    private static async Task<PrintDocument> HtmlAsync(ReportModel report)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var document = ReportDocumentBuilder.Build(report);
        var renderer = new DocumentRenderer(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<ILoggerFactory>());
        var body = await renderer.RenderAsync<DocumentView>(
            new Dictionary<string, object?> { [nameof(DocumentView.Document)] = document });
        return new PrintDocument(document.Title, body, document.Footer);
    }

    private async Task Time(string what, Func<Task> act)
    {
        var times = new List<double>();
        for (var n = 0; n < Rounds; n++)
        {
            var clock = Stopwatch.StartNew();
            await act();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Print($"{what}: median {times[Rounds / 2]:0.0} ms, least {times[0]:0.0} ms");
    }

    private static ChainBenefits Chain()
    {
        decimal?[] months = [30, 8, 3, null, 2, 1, 0, 3, 4, 2, 1, null];
        var document = new ChainExamples().All.First(e => e.Id == "digital-post-huslejenaevn").Document;
        return Given.Chain(
            Given.Measured("g1", "Højere retssikkerhed for parterne",
                new IndicatorDefinition { Key = "bevis", Name = "andel breve med bevis", Unit = "%", Owner = "P. Madsen", Target = 100,
                    Baseline = Baseline.None with { Value = 0 } }, [91, 92, 94, 95, 96, 97, 97, 98, 98, 98.4m, 98.6m, null]),
            Given.Measured("g2", "Mindre spildtid",
                new IndicatorDefinition { Key = "tvister", Name = "tvister i sagssystemet", Unit = "tvister", Gathering = Aggregation.Sum,
                    Better = BetterWhen.Lower, Owner = "P. Madsen", Target = 0, Baseline = Baseline.None with { Value = 550 } }, months),
            Given.Benefit("Kommunen lever op til sin pligt som myndighed", BenefitState.Described, owner: null),
            Given.Benefit("Lederen oplever en omstændelig anskaffelse", BenefitState.Worse, 3.1m, 2.4m, negative: true)) with
            { Document = document };
    }

    private static int PagesOf(byte[] pdf) =>
        System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b(?!s)");

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
