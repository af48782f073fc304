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
            return TooLarge("Dokumentet er for langt til at blive lavet som PDF. Vælg en kortere periode, eller læs det på dets side i "
                + "portalen.");
        }
        catch (DocumentQueueFullException)
        {
            return QueueFull();
        }
    }

    /// <summary>422: asking again does not help.</summary>
    /// <param name="what">What to do instead, in Danish.</param>
    public static IResult TooLarge(string what) =>
        Results.Problem(PortalProblems.Of(StatusCodes.Status422UnprocessableEntity, "Dokumentet er for stort", what));

    /// <summary>503: asking again in a minute helps.</summary>
    public static IResult QueueFull() => Results.Problem(PortalProblems.Of(StatusCodes.Status503ServiceUnavailable,
        "Kan ikke lave PDF lige nu", "Der er for mange dokumenter i kø. Intet er gået tabt; prøv igen om et minut."));
}
