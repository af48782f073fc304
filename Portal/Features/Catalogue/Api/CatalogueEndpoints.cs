using Portal.Ingestion.Catalogue;
using Portal.Platform.Access;
using Portal.Platform.Http;

namespace Portal.Features.Catalogue.Api;

/// <summary>HTTP read of the message types.</summary>
internal static class CatalogueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/beskedkatalog", ListAsync).RequireAuthorization(PortalPolicies.Catalogue).WithTags("Beskedkatalog")
            .Produces<ListJson<CatalogueType>>().WithSummary("Beskedtyperne, med hvor mange beskeder der er kommet");

    private static async Task<IResult> ListAsync(HttpContext context, ICatalogue catalogue) =>
        Results.Json(
            new ListJson<CatalogueType>(await catalogue.ListAsync(context.GetViewer(), context.RequestAborted), null), PortalJson.Options);
}
