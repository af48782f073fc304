using Portal.Platform.Ui;

namespace Portal.Features.Registering;

/// <summary>Serves the template of a file of letters.</summary>
public static class RegisterEndpoints
{
    /// <summary>The template's path.</summary>
    public const string TemplatePath = PortalUrls.Registering + "/skabelon.csv";

    /// <summary>Maps the template's path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(TemplatePath, () => Results.File(LetterFile.Template(), "text/csv; charset=utf-8", "breve-skabelon.csv"))
            .ExcludeFromDescription();
}
