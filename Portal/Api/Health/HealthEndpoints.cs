namespace Portal.Api.Health;

/// <summary>Tells whoever watches over the portal whether it lives, and whether it can serve.</summary>
internal static partial class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("Drift");
        health.MapGet("/live", () => Results.Json(new HealthJson("ok", []), PortalJson.Options)).Produces<HealthJson>().WithSummary("Processen svarer");
        health.MapGet("/ready", ReadyAsync).Produces<HealthJson>().Produces<HealthJson>(503).WithSummary("Portalen kan tage imod og vise; ellers 503 med, hvad der er galt");
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, IEnumerable<IReadinessProbe> probes, IEnumerable<IReadinessNote> notes, TimeProvider time, ILogger<HealthJson> logger)
    {
        var problems = new List<string>();
        foreach (var probe in probes)
        {
            if (await AskAsync(probe, time, logger, context.RequestAborted) is { } problem) problems.Add(problem);
        }

        context.Response.Headers.CacheControl = "no-store";
        return problems.Count == 0
            ? Results.Json(new HealthJson("ok", [.. notes.Select(n => n.Now).OfType<string>()]), PortalJson.Options)
            : Results.Json(new HealthJson("fejl", problems), PortalJson.Options, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> AskAsync(IReadinessProbe probe, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.ProblemAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, probe.GetType().Name, problem);
            return "En kontrol kunne ikke gennemføres; årsagen står i loggen.";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The readiness probe {Probe} failed")]
    private static partial void LogFailed(ILogger logger, string probe, Exception problem);
}

/// <summary>Whether the portal works.</summary>
/// <param name="Status"><c>ok</c> or <c>fejl</c>.</param>
/// <param name="Problems">What is wrong, in Danish; beside <c>ok</c> what is away that the portal can do without.</param>
public sealed record HealthJson(string Status, IReadOnlyList<string> Problems);
