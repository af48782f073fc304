using System.Diagnostics;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Features.Evidence;
using Portal.Features.Reports.Documents;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Pdf;
using Portal.Platform.Text;
using Portal.Tests.Features.Chains;
using Portal.Tests.Features.Evidence;
using Portal.Tests.Features.Reports;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>
/// One document of each kind, page by page as a picture, compared with its last approved one (<c>Approved/*.pdf</c>). After a change that
/// is meant, look at the new pages and approve them: <c>APPROVE_PAGES=1 ./test --filter-class "*ApprovedPagesTests"</c>.
/// </summary>
public sealed class ApprovedPagesTests
{
    private const string Approve = "APPROVE_PAGES";
    private static readonly string Folder = Path.Combine(SourceTree.Root, "Portal.Tests", "Platform", "Documents", "Pdf", "Approved");

    [Theory]
    [InlineData("rapport")]
    [InlineData("bevis")]
    [InlineData("plakat")]
    public async Task Each_page_looks_as_it_was_approved(string kind)
    {
        var pdf = await MakeAsync(kind);
        var approved = Path.Combine(Folder, kind + ".pdf");
        if (Environment.GetEnvironmentVariable(Approve) == "1") await File.WriteAllBytesAsync(approved, pdf, Ending);

        using var folder = new TempFolder("approved");
        var made = Path.Combine(folder.Path, kind + ".pdf");
        await File.WriteAllBytesAsync(made, pdf, Ending);
        var (expected, actual) = (await PicturesAsync(approved, folder.Path, "approved"), await PicturesAsync(made, folder.Path, "made"));
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Count, actual.Count);
        for (var page = 0; page < expected.Count; page++)
        {
            var other = expected[page].Zip(actual[page]).Count(p => p.First != p.Second);
            Assert.True(expected[page].Length == actual[page].Length && other == 0,
                $"Page {page + 1} of {kind} differs from the approved one in {other} of {expected[page].Length} points.");
        }
    }

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    private static async Task<byte[]> MakeAsync(string kind)
    {
        if (kind == "plakat")
        {
            var document = new ChainExamples().All.First(e => e.Id == "digital-post-huslejenaevn").Document;
            var drawn = new ChainPicture(ChainFixture.Texts<LayoutTexts>()).Draw(document);
            using var output = new MemoryStream();
            PosterPdf.Write(new Poster(drawn.Drawing, drawn.Title, drawn.Description, PosterSheet.A3), output, Ending);
            return output.ToArray();
        }

        if (kind == "rapport")
        {
            await using var reports = new ReportFixture();
            return PdfSamples.Write(ReportDocumentBuilder.Build(reports.Build(ReportSample.Chain()), DanishFormat.Danish));
        }

        await using var evidence = new EvidenceFixture(new FakeLedger());
        evidence.Cases.Add(EvidenceDocumentTests.Delivered);
        return PdfSamples.Write(EvidenceMaker.Build(await evidence.GatherAsync() with { Number = "BEV-20261124-7K3QF2" }));
    }

    // Grey, 60 points an inch: the pages' files without their heads.
    private static async Task<List<byte[]>> PicturesAsync(string pdf, string folder, string name)
    {
        var start = new ProcessStartInfo("pdftoppm") { RedirectStandardError = true };
        foreach (var argument in (string[])["-r", "60", "-gray", pdf, Path.Combine(folder, name)]) start.ArgumentList.Add(argument);
        using var program = Process.Start(start)!;
        var trouble = await program.StandardError.ReadToEndAsync(Ending);
        await program.WaitForExitAsync(Ending);
        Assert.True(program.ExitCode == 0, trouble);
        return [.. Directory.EnumerateFiles(folder, name + "-*").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }
}
