using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.SubjectAccess.Api;

/// <summary>The body of a request for everything about one person.</summary>
public sealed record SubjectAccessRequest(string? Cpr, string? Purpose)
{
    /// <summary>Omits the number.</summary>
    public override string ToString() => nameof(SubjectAccessRequest);
}

/// <summary>Everything about one person over HTTP. The number is in the body only.</summary>
internal static class SubjectEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/indsigt", AnswerAsync).WithTags("Adgangslog")
            .Accepts<SubjectAccessRequest>("application/json").Produces<byte[]>(200, "application/zip")
            .ProducesProblem(400).ProducesProblem(503)
            .WithSummary("Alt om én person som pakke (indsigt)")
            .WithDescription("{ \"cpr\", \"purpose\" }. Breve, statusser, notater, dokumenters fingeraftryk og hvem der har set dem, som "
                + "PDF, tekst, JSON og CSV i en ZIP. Noteres i adgangsloggen, før noget læses.");

    private static async Task<IResult> AnswerAsync(HttpContext context, SubjectReader reader, SubjectPackage package)
    {
        var (body, problem) = await JsonBody.ReadAsync<SubjectAccessRequest>(context);
        if (body is null) return problem ?? PortalProblems.WrongField("cpr", "Send { \"cpr\", \"purpose\" }.");
        if (!CprNumber.TryParse(body.Cpr, out var cpr)) return PortalProblems.WrongField("cpr", "Et CPR-nummer har ti cifre.");
        var limits = Purposes.Showing;
        if (limits.Read(body.Purpose, out var purpose) is not null)
        {
            return PortalProblems.WrongField("purpose", $"Skriv med mindst {limits.Shortest} og højst {limits.Longest} tegn, hvorfor "
                + "pakken laves. Formålet gemmes i adgangsloggen.");
        }

        if (await reader.ReadAsync(context.GetViewer(), cpr, purpose, context.RequestAborted) is not { } data) return Results.Forbid();
        try
        {
            return Results.File(
                await package.MakeAsync(data, context.RequestAborted), "application/zip", SubjectPackage.FileName(data));
        }
        catch (DocumentQueueFullException)
        {
            return PdfAnswer.QueueFull();
        }
    }
}
