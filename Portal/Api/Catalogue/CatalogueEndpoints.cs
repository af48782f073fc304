using Portal.Access;
using Portal.Ingestion.Catalogue;

namespace Portal.Api.Catalogue;

/// <summary>Reading the message types.</summary>
internal static class CatalogueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/beskedkatalog", ListAsync).RequireAuthorization(PortalPolicies.Catalogue).WithTags("Beskedkatalog")
            .Produces<ListJson<CatalogueType>>().WithSummary("Beskedtyperne, med hvor mange beskeder der er kommet");

    private static async Task<IResult> ListAsync(HttpContext context, ICatalogue catalogue) =>
        Results.Json(new ListJson<CatalogueType>(await catalogue.ListAsync(context.GetViewer(), context.RequestAborted), null), PortalJson.Options);
}
