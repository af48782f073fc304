using Portal.Ingestion.Access;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Http.Problems;

/// <summary>Turns errors of the HTTP interface into problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, DatabaseAway away, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!InterfacePaths.Includes(context.Request.Path))
        {
            await AsPageAsync(context);
            return;
        }

        // Every 503 gets Retry-After, whichever handler answers it.
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = DatabaseAway.RetryAfterSeconds;
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
            if (context.Response.StatusCode < 500 && context.Request.Path.StartsWithSegments("/api")) away.EndIfOver();
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await DescribeAsync(context, context.Response.StatusCode);
        }
        catch (Exception problem)
            when (context.RequestAborted.IsCancellationRequested && problem is OperationCanceledException or IOException)
        {
            // The caller has disconnected: no error, and nobody to answer.
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, problem);
        }
    }

    // A form that cannot be read is its sender's fault, and anybody can send one: no fault of ours in the log.
    private async Task AsPageAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception problem) when (!context.Response.HasStarted && RefusalOf(context.Request, problem) is not null)
        {
            context.Response.Clear();
            await PlainPage.WriteAsync(context, RefusalOf(context.Request, problem)!.Value, "Indholdet kunne ikke læses",
                "Formularen er for stor, eller dens indhold er i stykker. Intet er gemt. Hent siden igen, og prøv igen.",
                "The form is too large or damaged. Nothing was saved. Load the page again, and try again.");
        }
    }

    private static int? RefusalOf(HttpRequest request, Exception problem) => problem switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException when request.HasFormContentType => StatusCodes.Status400BadRequest,
        _ => null,
    };

    private async Task AnswerAsync(HttpContext context, Exception problem)
    {
        context.Response.Clear();
        switch (problem)
        {
            case BadHttpRequestException bad:
                await DescribeAsync(context, bad.StatusCode);
                break;
            case AccessLogUnavailableException:
                if (StorageErrors.IsOutage(problem)) away.Report(problem);
                await PortalProblems.Write(context, StatusCodes.Status503ServiceUnavailable, "Adgangsloggen kan ikke skrives",
                    $"{problem.Message} Intet er ændret. Prøv igen om lidt; bliver det ved, så giv driften besked.");
                break;
            case var _ when StorageErrors.IsOutage(problem):
                away.Report(problem);
                await DescribeAsync(context, StatusCodes.Status503ServiceUnavailable);
                break;
            default:
                LogFailed(logger, problem);
                await DescribeAsync(context, StatusCodes.Status500InternalServerError);
                break;
        }
    }

    private static Task DescribeAsync(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => PortalProblems.NotSignedIn(context),
        StatusCodes.Status403Forbidden => PortalProblems.NotAllowed(context),
        StatusCodes.Status404NotFound => PortalProblems.NotFound(context),
        StatusCodes.Status405MethodNotAllowed =>
            PortalProblems.Write(context, status, "Metoden passer ikke", "Adressen findes, men tager ikke denne metode. Intet er ændret."),
        StatusCodes.Status413PayloadTooLarge =>
            PortalProblems.Write(context, status, "For stort", "Indholdet er for stort. Intet er gemt; send det i mindre dele."),
        StatusCodes.Status415UnsupportedMediaType =>
            PortalProblems.Write(context, status, "Forkert indholdstype", "Intet er gemt. Send indholdet som application/json."),
        StatusCodes.Status503ServiceUnavailable => PortalProblems.Write(
            context, status, "Databasen svarer ikke", "Intet fra dette kald er gemt; det tidligere gemte er uændret. Prøv igen om lidt."),
        >= 500 => PortalProblems.Write(context, status, "Noget gik galt hos os",
            "Det, der allerede var gemt, er uændret. Prøv igen; hvis det bliver ved, så giv driften besked med tidspunktet."),
        _ => PortalProblems.Write(context, status, "Kaldet kunne ikke forstås", "Intet er gemt. Kontrollér adresse, felter og format."),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of the interface failed")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
