using Portal.Features.AccessControl;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Evidence.Api;

/// <summary>Evidence documents and packages as files. <c>?brev=</c> gives one letter of the case.</summary>
internal static class EvidenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var evidence = routes.MapGroup("/api/sager/{caseNumber}").WithTags("Sager");
        evidence.MapGet("/bevis.pdf", PdfAsync)
            .Produces<byte[]>(200, "application/pdf").ProducesProblem(404).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Bevisdokumentet for en sag, eller for ét af dens breve")
            .WithDescription("CPR-numre er maskeret. Dokumentet noteres i adgangsloggen. " + OneLetter);
        evidence.MapPost("/bevis.pdf", PdfWithNumbersAsync).Accepts<EvidencePurposeJson>("application/json")
            .Produces<byte[]>(200, "application/pdf").ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Bevisdokumentet med fulde CPR-numre")
            .WithDescription("{ \"purpose\" }: hvad numrene skal bruges til. Det noteres i adgangsloggen. " + OneLetter);
        evidence.MapGet("/bevis.zip", ZipAsync)
            .Produces<byte[]>(200, "application/zip").ProducesProblem(404).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Bevispakken uden beskedernes bytes, for en sag eller for ét af dens breve").WithDescription(Package);
        evidence.MapPost("/bevis.zip", ZipWithPurposeAsync)
            .Accepts<EvidencePurposeJson>("application/json")
            .Produces<byte[]>(200, "application/zip").ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Bevispakken med beskedernes nøjagtige bytes")
            .WithDescription("{ \"purpose\" }: hvad pakken skal bruges til; det står i adgangsloggen. CPR-numre i dokumentet er maskeret. "
                + "En besked, der rummer afsendersystemets adgangsoplysninger, er med sine bytes kun for administratorer og nøgler med "
                + "messages:raw; for andre er den maskeret, og LAES-MIG.txt siger det. " + Package);
    }

    private const string OneLetter = "?brev={id}: kun brevet med det id i fagsystemet. 422, når dokumentet er for stort; "
        + "svaret siger, hvad man så gør.";

    private const string Package = "Dokument, beviser, checkpoint, nøgle og vejledning (LAES-MIG.txt), der siger, om pakken er med "
        + "beskedernes bytes. Pakken og hver besked med bytes i den noteres i adgangsloggen. " + OneLetter;

    private static Task<IResult> PdfAsync(HttpContext context, EvidenceMaker maker) => MakePdfAsync(context, maker, null);

    private static Task<IResult> PdfWithNumbersAsync(HttpContext context, EvidenceMaker maker) =>
        WithPurposeAsync(context, "hvad CPR-numrene skal bruges til", purpose => MakePdfAsync(context, maker, purpose));

    private static Task<IResult> ZipAsync(HttpContext context, EvidenceMaker maker) => MakeZipAsync(context, maker, null);

    private static Task<IResult> ZipWithPurposeAsync(HttpContext context, EvidenceMaker maker) =>
        WithPurposeAsync(context, "hvad bevispakken skal bruges til", purpose => MakeZipAsync(context, maker, purpose));

    private static async Task<IResult> WithPurposeAsync(HttpContext context, string what, Func<string, Task<IResult>> answer)
    {
        var (body, problem) = await JsonBody.ReadAsync<EvidencePurposeJson>(context);
        if (body is null) return problem ?? PortalProblems.WrongField("purpose", "Send { \"purpose\" }.");
        var limits = Purposes.Showing;
        return limits.Read(body.Purpose, out var purpose) is null
            ? await answer(purpose)
            : PortalProblems.WrongField("purpose", $"Skriv med mindst {limits.Shortest} og højst {limits.Longest} tegn, {what}. "
                + "Formålet gemmes i adgangsloggen.");
    }

    private static async Task<IResult> MakePdfAsync(HttpContext context, EvidenceMaker maker, string? purpose)
    {
        if (await maker.CollectAsync(RequestOf(context, purpose), context.RequestAborted) is not { } dossier)
            return PortalProblems.Missing();
        return await FileAsync(dossier, "pdf", async () =>
        {
            var pdf = await maker.PdfAsync(dossier, context.RequestAborted);

            // With numbers it is noted already, before they were read.
            if (purpose is null) await maker.NoteAsync(context.GetViewer(), dossier, context.RequestAborted);
            return pdf;
        });
    }

    private static async Task<IResult> MakeZipAsync(HttpContext context, EvidenceMaker maker, string? purpose)
    {
        if (await maker.CollectAsync(RequestOf(context, null), context.RequestAborted) is not { } dossier)
            return PortalProblems.Missing();
        return await FileAsync(dossier, "zip", () => maker.PackAsync(context.GetViewer(), dossier, purpose, context.RequestAborted));
    }

    private static async Task<IResult> FileAsync(EvidenceDossier dossier, string extension, Func<Task<byte[]>> make)
    {
        try
        {
            return Results.File(await make(), $"application/{extension}", FileName(dossier, extension));
        }
        catch (DocumentTooLargeException)
        {
            return PdfAnswer.TooLarge(dossier.Case.Letters.Count > 1
                ? $"Sagens {dossier.Case.Letters.Count} breve fylder flere sider, end der kan laves i ét dokument. Hent ét brev ad gangen: "
                    + "sæt ?brev= og brevets id i fagsystemet efter adressen."
                : "Brevet har flere statusser, end der kan laves i ét dokument. Åbn dokumentet som side i portalen, og skriv det ud fra "
                    + "browseren.");
        }
        catch (DocumentQueueFullException)
        {
            return PdfAnswer.QueueFull();
        }
    }

    private static EvidenceRequest RequestOf(HttpContext context, string? purpose) => new(
        context.GetViewer(), PathValue.Of(context, "caseNumber"),
        context.RequestServices.GetRequiredService<PublicAddress>().For(context.Request), purpose)
    {
        LetterId = context.Request.Query["brev"],
    };

    // A case number may hold characters that a file name may not; dossier.CaseNumber has CPR numbers masked.
    private static string FileName(EvidenceDossier dossier, string extension) =>
        $"bevis-{new string([.. dossier.CaseNumber.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-')])}-"
        + $"{dossier.Number}.{extension}";
}

/// <summary>The body with the purpose of a document or package.</summary>
public sealed record EvidencePurposeJson(string? Purpose);
