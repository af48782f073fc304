using Portal.Platform.Http.Limits;

namespace Portal.Platform.Http.Problems;

/// <summary>Adds the middleware that answers errors.</summary>
public static class PortalProblemsSetup
{
    private const string PageText =
        "<!DOCTYPE html><html lang=\"da\"><meta charset=\"utf-8\"><title>Noget gik galt</title><h1>Noget gik galt hos os</h1>"
        + "<p>Det, der allerede var gemt, er uændret. Prøv igen om lidt; hvis det bliver ved, "
        + "så giv driften besked med tidspunktet.</p><p><a href=\"/\">Til forsiden</a></p></html>";

    /// <summary>
    /// Problem details for interfaces and a plain Danish page for people, also for unexpected exceptions. Call before any middleware that
    /// may fail.
    /// </summary>
    public static WebApplication UsePortalProblems(this WebApplication app)
    {
        // In Development the framework shows its exception page instead.
        if (!app.Environment.IsDevelopment())
        {
            app.UseWhen(context => !InterfacePaths.Includes(context.Request.Path),
                pages => pages.UseExceptionHandler(failed => failed.Run(context =>
                {
                    context.Response.ContentType = "text/html; charset=utf-8";
                    return context.Response.WriteAsync(PageText, context.RequestAborted);
                })));
        }

        app.UseMiddleware<DatabaseAwayPage>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRequestTimeLimits();
        app.UseMethodRefusals();
        return app;
    }
}
