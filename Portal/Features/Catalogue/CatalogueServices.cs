using Portal.Features.Catalogue.Api;

namespace Portal.Features.Catalogue;

/// <summary>Maps the addresses of this feature; its services are the message side's.</summary>
public static class CatalogueServices
{
    /// <summary>Its addresses. Call after authentication and authorization.</summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes) => CatalogueEndpoints.Map(routes);
}

/// <summary>Names the texts of the catalogue of message types (<c>CatalogueTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class CatalogueTexts;
