using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Writes documents as PDF/UA-1, with the portal's own fonts. Pages are written as they are filled; what is kept until the end grows by
/// some bytes per element of the structure.
/// </summary>
public sealed class PdfWriter : IPdfWriter
{
    /// <summary>No document is longer: a report has some ten pages, the evidence of a thousand letters some hundreds.</summary>
    public const int MostPages = 2_000;

    /// <inheritdoc />
    public void Write(Document document, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        using var pdf = new PdfAssembly(output);
        var missing = new MissingTexts();
        var flow = new PageFlow(pdf.File, pdf.Structure, pdf.Fonts, missing, MostPages, cancellationToken);
        var layout = new BlockLayout(pdf.Structure, cancellationToken);
        flow.Add(layout.Pieces(document.Blocks));
        flow.Add(layout.Pieces(MissingTextsNotice.Of(missing)));
        flow.Finish();
        var foot = document.Language is null or Document.Danish
            ? new PageFoot(pdf.Fonts, document.Footer ?? "", flow.Pages.Count)
            : new PageFoot(pdf.Fonts, document.Footer ?? "", flow.Pages.Count, "Page", "of");
        pdf.Finish(document.Title, flow.Pages, flow.Bookmarks, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return foot.Of(flow.Pages[i].Size, i + 1);
        }, document.Language ?? Document.Danish);
    }
}
