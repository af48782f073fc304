using Portal.Features.AccessControl;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Evidence.Api;

/// <summary>Evidence documents and packages as files.</summary>
internal static class EvidenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var evidence = routes.MapGroup("/api/sager/{caseNumber}").RequireAuthorization(PortalPolicies.Cases).WithTags("Sager");
        evidence.MapGet("/bevis.pdf", PdfAsync).Produces<byte[]>(200, "application/pdf").ProducesProblem(404).ProducesProblem(503)
            .WithSummary("Bevisdokumentet for en sag")
            .WithDescription("CPR-numre er maskeret. Dokumentet noteres i adgangsloggen. 503, når serveren ikke kan lave PDF; "
                + "svaret siger, hvad der skal installeres.");
        evidence.MapPost("/bevis.pdf", PdfWithNumbersAsync).Accepts<EvidencePurposeJson>("application/json")
            .Produces<byte[]>(200, "application/pdf").ProducesProblem(400).ProducesProblem(404).ProducesProblem(503)
            .WithSummary("Bevisdokumentet med fulde CPR-numre")
            .WithDescription("{ \"purpose\" }: hvad numrene skal bruges til. Det noteres i adgangsloggen.");
        evidence.MapGet("/bevis.zip", ZipAsync).Produces<byte[]>(200, "application/zip").ProducesProblem(404).ProducesProblem(503)
            .WithSummary("Bevispakken for en sag")
            .WithDescription("Dokument, beskedernes nøjagtige bytes, beviser, checkpoint, nøgle og vejledning. "
                + "Pakken og hver besked i den noteres i adgangsloggen.");
    }

    private static Task<IResult> PdfAsync(HttpContext context, EvidenceMaker maker, IDocumentPrinter printer) =>
        PrintAsync(context, maker, printer, null);

    private static async Task<IResult> PdfWithNumbersAsync(HttpContext context, EvidenceMaker maker, IDocumentPrinter printer)
    {
        var (body, problem) = await JsonBody.ReadAsync<EvidencePurposeJson>(context);
        if (body is null) return problem ?? PortalProblems.WrongField("purpose", "Send { \"purpose\" }.");
        var limits = Purposes.Showing;
        return limits.Read(body.Purpose, out var purpose) is null
            ? await PrintAsync(context, maker, printer, purpose)
            : PortalProblems.WrongField("purpose", $"Skriv med mindst {limits.Shortest} og højst {limits.Longest} tegn, "
                + "hvad CPR-numrene skal bruges til. Formålet gemmes i adgangsloggen.");
    }

    private static async Task<IResult> PrintAsync(HttpContext context, EvidenceMaker maker, IDocumentPrinter printer, string? purpose)
    {
        if (!printer.IsAvailable) return PrintAnswer.Of(PrintProblem.NoBrowser);
        if (await maker.CollectAsync(RequestOf(context, purpose), context.RequestAborted) is not { } dossier)
            return PortalProblems.Missing();
        await maker.NoteAsync(context.GetViewer(), dossier, context.RequestAborted);
        return await PrintAnswer.OfAsync(printer, () => maker.ToPrintAsync(dossier), FileName(dossier, "pdf"), context.RequestAborted);
    }

    private static async Task<IResult> ZipAsync(HttpContext context, EvidenceMaker maker)
    {
        if (await maker.CollectAsync(RequestOf(context, null), context.RequestAborted) is not { } dossier) return PortalProblems.Missing();
        try
        {
            return Results.File(
                await maker.PackAsync(context.GetViewer(), dossier, context.RequestAborted), "application/zip", FileName(dossier, "zip"));
        }
        catch (PrintProblemException problem)
        {
            return PrintAnswer.Of(problem.Problem);
        }
    }

    private static EvidenceRequest RequestOf(HttpContext context, string? purpose) => new(
        context.GetViewer(), PathValue.Of(context, "caseNumber"), new Uri($"{context.Request.Scheme}://{context.Request.Host}/"), purpose);

    // A case number may hold characters that a file name may not; dossier.CaseNumber has CPR numbers masked.
    private static string FileName(EvidenceDossier dossier, string extension) =>
        $"bevis-{new string([.. dossier.CaseNumber.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-')])}-"
        + $"{dossier.Number}.{extension}";
}

/// <summary>The body with the purpose of a document with unmasked CPR numbers.</summary>
public sealed record EvidencePurposeJson(string? Purpose);
