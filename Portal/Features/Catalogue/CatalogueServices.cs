using Portal.Features.Catalogue.Api;

namespace Portal.Features.Catalogue;

/// <summary>Maps the HTTP calls of this feature; its services are registered by the message side.</summary>
public static class CatalogueServices
{
    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes) => CatalogueEndpoints.Map(routes);
}

/// <summary>Names the texts of the catalogue of message types (<c>CatalogueTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class CatalogueTexts;
