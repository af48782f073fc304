using Portal.Platform.Documents.Model;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Documents;

/// <summary>A document as PDF, or the reason why there is none, as an HTTP result.</summary>
public static class PdfAnswer
{
    /// <summary>The PDF as a download named <paramref name="fileName"/>, or the problem.</summary>
    /// <param name="cachedFor">As for <see cref="IDocumentPdf.MakeAsync"/>.</param>
    public static async Task<IResult> OfAsync(
        IDocumentPdf pdf, Document document, string? cachedFor, string fileName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        try
        {
            return Results.File(await pdf.MakeAsync(document, cachedFor, cancellationToken), "application/pdf", fileName);
        }
        catch (DocumentTooLargeException)
        {
            return Results.Problem(PortalProblems.Of(StatusCodes.Status503ServiceUnavailable, "Kan ikke lave PDF",
                "Dokumentet er for langt til at blive lavet som PDF. Det står på sin side i portalen."));
        }
    }
}
