using System.Globalization;
using System.Text;
using System.Text.Json;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Exchange;
using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Features.Chains.Api;

/// <summary>Endpoints that list, read, export, create, replace and delete benefit chains.</summary>
internal static class ChainEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var chains = routes.MapGroup("/api/effektkaeder").WithTags("Effektkæder");
        chains.MapGet("", ListAsync).Produces<ListJson<ChainSummaryJson>>().ProducesProblem(400)
            .WithSummary("Effektkæder, senest ændrede først").WithMetadata([.. QueryField.OfLists]);
        chains.MapGet("/{id}", FindAsync).Produces<ChainJson>().Produces(304).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("En effektkæde")
            .WithDescription("to på et element er det, det fører til. links har de forbindelser, der har en antagelse eller en sikkerhed. "
                + "Det, der ikke er sagt, er udeladt. ETag er kædens revision; If-None-Match giver 304, når den er den samme.");
        chains.MapGet("/{id}/eksport.json", ExportJsonAsync).Produces<ChainJson>().ProducesProblem(404).WithSummary("Effektkæden som fil");
        chains.MapGet("/{id}/eksport.svg", ExportSvgAsync).Produces<string>(200, "image/svg+xml").ProducesProblem(404)
            .WithSummary("Effektkæden som tegning; teksten er tekst");
        chains.MapGet("/{id}/eksport.pdf", ChainPoster.MakeAsync).Produces<byte[]>(200, "application/pdf").ProducesProblem(400)
            .ProducesProblem(404).ProducesProblem(503).WithSummary("Effektkæden som plakat")
            .WithDescription("?ark=A4, A3 eller A0: plakatens størrelse; A4, når den mangler. ?papir=A4 eller A3: plakaten på flere ark af "
                + "den størrelse, med mærker at klippe efter.");

        chains.MapPost("", (HttpContext context, ChainIntake intake) => intake.MakeAsync(context)).Accepts<ChainJson>("application/json")
            .Produces<ChainJson>(201).ProducesProblem(400).ProducesProblem(413).WithSummary("Lav en effektkæde")
            .WithDescription("title og elements er nok. Elementernes id beholdes; kædens id beholdes, når det er ledigt. "
                + "Elementer uden x og y bliver placeret efter metoden. Er noget galt, er intet gemt, og errors nævner alle felter.");
        chains.MapPut("/{id}", (HttpContext context, ChainIntake intake) => intake.ReplaceAsync(context))
            .Accepts<ChainJson>("application/json")
            .Produces<ChainJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412)
            .WithSummary("Erstat en effektkædes indhold")
            .WithDescription(
                "Kun forskellene bliver gemt, så de, der har kæden åben, ser dem straks. Elementer uden x og y bliver stående, "
                + "hvor de står. If-Match med den ETag, som GET gav, giver 412, når kæden er ændret siden; uden den gælder den sidste.");
        chains.MapDelete("/{id}", DeleteAsync).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(412)
            .WithSummary("Læg en effektkæde i papirkurven; den kan hentes tilbage i 30 dage");
    }

    private static async Task<IResult> ListAsync(HttpContext context, IChainStore chains)
    {
        var query = new QueryValues(context.Request.Query);
        var (limit, cursor) = (query.Limit(), query.Text("cursor"));
        if (query.Problem is { } problem) return problem;
        return await Lists.ReadAsync(
            () => chains.ListAsync(context.GetViewer(), cursor, limit, context.RequestAborted), ChainSummaryJson.Of);
    }

    private static async Task<IResult> FindAsync(HttpContext context, IChainStore chains)
    {
        if (await ReadAsync(context, chains) is not var (summary, document)) return PortalProblems.Missing();
        try
        {
            var known = ChainRevision.IsKnown(context.Request, summary.LastNumber);
            ChainRevision.Name(context.Response, summary.LastNumber);
            return known
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Json(ChainJson.Of(summary, document), PortalJson.Options);
        }
        catch (FormatException problem)
        {
            return ChainRevision.Wrong(problem);
        }
    }

    private static async Task<IResult> ExportJsonAsync(HttpContext context, IChainStore chains) =>
        await ReadAsync(context, chains) is var (summary, document)
            ? Results.File(JsonSerializer.SerializeToUtf8Bytes(ChainJson.Of(summary, document), PortalJson.Options), "application/json",
                FileName(summary, "json"))
            : PortalProblems.Missing();

    private static async Task<IResult> ExportSvgAsync(HttpContext context, IChainStore chains, ChainPictures pictures)
    {
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        if (await chains.FindAsync(viewer, id, context.RequestAborted) is not { } summary) return PortalProblems.Missing();
        // The gallery requests a version (n) and shows the title itself; a downloaded picture carries the title and date of the chain.
        DateTimeOffset? changedAt = context.Request.Query.ContainsKey("n") ? null : summary.ChangedAt;
        var svg = await pictures.DrawAsync(
            id, summary.LastNumber, ChainEditor.Of(viewer, summary.Authority).MaySteer, changedAt,
            () => chains.ReadAsync(viewer, id, context.RequestAborted));
        if (svg is null) return PortalProblems.Missing();
        // The picture of a version never changes. Vary: another user of the same browser must not get it from the cache.
        if (context.Request.Query["n"] == summary.LastNumber.ToString(CultureInfo.InvariantCulture))
        {
            context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
            context.Response.Headers.Vary = "Cookie, X-Api-Key, Accept-Language";
        }

        return Results.File(Encoding.UTF8.GetBytes(svg), "image/svg+xml", FileName(summary, "svg"));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, IChainStore chains)
    {
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        Func<long, bool>? expected;
        try
        {
            expected = ChainRevision.Expected(context.Request);
        }
        catch (FormatException problem)
        {
            return ChainRevision.Wrong(problem);
        }

        if (expected is null)
            return await chains.DeleteAsync(viewer, id, context.RequestAborted) ? Results.NoContent() : PortalProblems.Missing();
        while (await chains.FindAsync(viewer, id, context.RequestAborted) is { } summary)
        {
            if (!expected(summary.LastNumber)) return ChainRevision.Moved(context, summary.LastNumber);
            if (await chains.DeleteAsync(viewer, id, summary.LastNumber, context.RequestAborted)) return Results.NoContent();
        }

        return PortalProblems.Missing();
    }

    private static async Task<(ChainSummary Summary, ChainDocument Document)?> ReadAsync(HttpContext context, IChainStore chains)
    {
        var (viewer, id) = (context.GetViewer(), PathValue.Of(context, "id"));
        return await chains.FindAsync(viewer, id, context.RequestAborted) is { } summary
            && await chains.ReadAsync(viewer, id, context.RequestAborted) is { } document ? (summary, document) : null;
    }

    private static string FileName(ChainSummary summary, string extension) => ChainFileName.Of(summary.Title, extension);
}

/// <summary>A chain in the JSON of a list.</summary>
public sealed record ChainSummaryJson(string Id, string Title, string Department, string State, int Boxes, long Revision,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string ChangedBy)
{
    internal static ChainSummaryJson Of(ChainSummary stored)
    {
        var chain = stored.Masked();
        return new(chain.Id, chain.Title, chain.Department, chain.Stage.ToWire(), chain.Boxes, chain.LastNumber, chain.CreatedAt,
            chain.ChangedAt, chain.ChangedBy);
    }
}
