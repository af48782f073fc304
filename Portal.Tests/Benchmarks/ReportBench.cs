using System.Diagnostics;
using System.Globalization;
using Portal.Features.Reports.Documents;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Pdf;
using Portal.Platform.Text;
using Portal.Tests.Features.Reports;
using UglyToad.PdfPig;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The first and later PDFs of a benefit report, ten at once in pages a second, and memory of a document of 300 pages. Runs only when asked
/// for: <c>dotnet build Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only
/// --filter-class "*ReportBench" --show-live-output on</c>.
/// </summary>
public sealed class ReportBench(ITestOutputHelper output)
{
    private const int Rounds = 50;

    [Fact(Explicit = true)]
    public async Task A_report_is_made_in_so_many_milliseconds()
    {
        var ending = TestContext.Current.CancellationToken;
        await using var fixture = new ReportFixture();
        var document = ReportDocumentBuilder.Build(fixture.Build(ReportSample.Chain()), DanishFormat.Danish);
        using var pdf = new DocumentPdf(new PdfWriter(), new PdfLimits(), TimeProvider.System);
        var clock = Stopwatch.StartNew();
        var first = await pdf.MakeAsync(document, null, ending);
        var cold = clock.Elapsed;
        var pages = PagesOf(first);
        var times = new List<double>();
        for (var n = 0; n < Rounds; n++)
        {
            clock.Restart();
            await pdf.MakeAsync(document, null, ending);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Print($"first: {cold.TotalMilliseconds:0} ms; later: median {times[Rounds / 2]:0.0} ms; {pages} pages, {
            first.Length / 1024.0:0} KB");
        clock.Restart();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => pdf.MakeAsync(document, null, ending)));
        Print($"ten at once: {10 * pages / clock.Elapsed.TotalSeconds:0} pages a second");
    }

    [Fact(Explicit = true)]
    public async Task A_document_of_300_pages_takes_so_much_memory()
    {
        await using var fixture = new ReportFixture();
        var report = ReportDocumentBuilder.Build(fixture.Build(ReportSample.Chain()), DanishFormat.Danish);
        var document = report with { Blocks = [.. Enumerable.Range(0, 75).SelectMany(_ => report.Blocks.Skip(1))] };
        var writer = new PdfWriter();
        writer.Write(report, Stream.Null, TestContext.Current.CancellationToken);
        using var kept = new MemoryStream();
        writer.Write(document, kept, TestContext.Current.CancellationToken);
        GC.Collect();
        var (before, allocated, most) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes(), 0L);
        var clock = Stopwatch.StartNew();
        using var watched = new WatchedStream(() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)));
        writer.Write(document, watched, TestContext.Current.CancellationToken);
        Print($"{PagesOf(kept.ToArray())} pages, {kept.Length / 1024} KB in {clock.Elapsed.TotalMilliseconds:0} ms; at most {
            (most - before) / 1048576.0:0} MB above before, {(GC.GetTotalAllocatedBytes() - allocated) / 1048576.0:0} MB allocated in all");
    }

    private static int PagesOf(byte[] pdf)
    {
        using var read = PdfDocument.Open(pdf);
        return read.NumberOfPages;
    }

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    // Takes the bytes and keeps none.
    private sealed class WatchedStream(Action written) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => written();

        public override void Write(ReadOnlySpan<byte> buffer) => written();
    }
}
