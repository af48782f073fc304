using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Letters.Meanings;
using Portal.Platform.Access;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Http;

namespace Portal.Features.Catalogue.Api;

/// <summary>HTTP read of the message types, and of what statuses mean, who sends them and who carries ordinary letters.</summary>
internal static class CatalogueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/beskedkatalog").WithTags("Beskedkatalog");
        api.MapGet("", ListAsync).Produces<CatalogueJson>().WithSummary(
            "Beskedtyperne, med hvor mange beskeder der er kommet; hvad statusser betyder, afsenderne, og hvem der omdeler breve");
        api.MapGet("/eksport.csv", (HttpContext context, CatalogueExport export) => export.AnswerAsync(context, ListFormat.Csv))
            .Produces<string>(200, "text/csv").WithSummary("Beskedtyperne som CSV, som siden viser dem");
        api.MapGet("/eksport.xlsx", (HttpContext context, CatalogueExport export) => export.AnswerAsync(context, ListFormat.Xlsx))
            .Produces(200, contentType: ListExport.XlsxType).WithSummary("Beskedtyperne som regneark, som siden viser dem");
    }

    private static async Task<IResult> ListAsync(HttpContext context, ICatalogue catalogue, IMeaningCatalogue meanings)
    {
        var (viewer, stop) = (context.GetViewer(), context.RequestAborted);
        var tables = await meanings.ReadAsync(viewer, stop);
        return Results.Json(
            new CatalogueJson(await catalogue.ListAsync(viewer, stop), null, tables.Statuses, tables.Senders, tables.Carriers),
            PortalJson.Options);
    }
}

/// <summary>The catalogue as JSON.</summary>
/// <param name="Items">The message types.</param>
/// <param name="Next">Always null: the list is whole.</param>
/// <param name="Statuses">What actions and event codes mean.</param>
/// <param name="Senders">The senders of statuses.</param>
/// <param name="Carriers">Who carries ordinary letters, by period.</param>
internal sealed record CatalogueJson(
    IReadOnlyList<CatalogueType> Items, string? Next, IReadOnlyList<MeaningRow> Statuses, IReadOnlyList<SenderRow> Senders,
    IReadOnlyList<CarrierRow> Carriers);
