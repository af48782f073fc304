using Portal.Features.Catalogue.Api;

namespace Portal.Features.Catalogue;

/// <summary>Registers the catalogue's file and maps the HTTP calls; what they read is registered by the message side.</summary>
public static class CatalogueServices
{
    /// <summary>The message types as a file.</summary>
    public static IServiceCollection AddCatalogue(this IServiceCollection services) => services.AddSingleton<CatalogueExport>();

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes) => CatalogueEndpoints.Map(routes);
}

/// <summary>Names the texts of the catalogue of message types (<c>CatalogueTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class CatalogueTexts;
