using Portal.Platform.Http.Problems;

namespace Portal.Platform.Documents;

/// <summary>A printed document, or the reason why there is none, as an HTTP result.</summary>
public static class PrintAnswer
{
    /// <summary>The PDF as a download named <paramref name="fileName"/>, or 503 with what to do.</summary>
    /// <param name="document">Makes the document; not called when the server cannot print at all.</param>
    public static async Task<IResult> OfAsync(
        IDocumentPrinter printer, Func<Task<PrintDocument>> document, string fileName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(printer);
        ArgumentNullException.ThrowIfNull(document);
        if (!printer.IsAvailable) return Of(PrintProblem.NoBrowser);
        try
        {
            return Results.File(await printer.PrintAsync(await document(), cancellationToken), "application/pdf", fileName);
        }
        catch (PrintProblemException problem)
        {
            return Of(problem.Problem);
        }
    }

    /// <summary>503 with what happened and what to do.</summary>
    public static IResult Of(PrintProblem problem) =>
        Results.Problem(PortalProblems.Of(StatusCodes.Status503ServiceUnavailable, "Kan ikke lave PDF", problem switch
        {
            PrintProblem.NoBrowser => "Serveren har ingen browser, der kan lave PDF. Driften kan installere Chromium (på Debian og Ubuntu: "
                + "apt install chromium), Chrome eller Edge, eller angive den i Pdf:BrowserPath, og genstarte portalen. "
                + "Indtil da kan dokumentets side skrives ud fra din egen browser.",
            PrintProblem.Busy => "Der er for mange dokumenter i kø. Intet er gået tabt; prøv igen om et minut.",
            PrintProblem.TimedOut =>
                "Dokumentet tog for lang tid at lave. Prøv igen; hvis det bliver ved, så skriv siden ud fra din egen browser.",
            _ => "Browseren, der laver PDF, kunne ikke gøre det færdigt. Prøv igen; hvis det bliver ved, "
                + "så giv driften besked med tidspunktet.",
        }));
}
