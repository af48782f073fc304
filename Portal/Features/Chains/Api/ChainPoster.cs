using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Documents.Pdf;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Chains.Api;

/// <summary>A chain alone as PDF, for the wall: <c>eksport.pdf?ark=A0&amp;papir=A4</c>.</summary>
internal static class ChainPoster
{
    public static async Task<IResult> MakeAsync(HttpContext context, IChainStore chains, ChainPicture picture, IDocumentPdf pdf)
    {
        if (!TryReadSheet(context, "ark", out var sheet))
            return PortalProblems.WrongField("ark", "ark skal være A4, A3 eller A0.");
        if (!TryReadSheet(context, "papir", out var paper) || paper is PosterSheet.A0)
            return PortalProblems.WrongField("papir", "papir skal være A4 eller A3: det papir, som printeren har.");
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        if (await chains.FindAsync(viewer, id, context.RequestAborted) is not { } summary
            || await chains.ReadAsync(viewer, id, context.RequestAborted) is not { } document)
        {
            return PortalProblems.Missing();
        }

        var drawn = picture.Draw(document, summary.ChangedAt);
        try
        {
            var poster = new Poster(drawn.Drawing, drawn.Title, drawn.Description, sheet ?? PosterSheet.A4, paper);
            return Results.File(await pdf.MakePosterAsync(poster, context.RequestAborted), "application/pdf",
                ChainFileName.Of(summary.Title, "pdf"));
        }
        catch (DocumentTooLargeException)
        {
            return PdfAnswer.TooLarge("Effektkæden fylder for meget til at blive lavet som PDF. Hent den som SVG.");
        }
        catch (DocumentQueueFullException)
        {
            return PdfAnswer.QueueFull();
        }
    }

    // True for none, and for the name of a sheet in any case.
    private static bool TryReadSheet(HttpContext context, string name, out PosterSheet? sheet)
    {
        sheet = null;
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0) return true;
        foreach (var known in Enum.GetValues<PosterSheet>())
        {
            if (string.Equals(known.ToString(), text, StringComparison.OrdinalIgnoreCase)) sheet = known;
        }

        return sheet is not null;
    }
}
