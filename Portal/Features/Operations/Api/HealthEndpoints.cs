using Portal.Ingestion.Domain;
using Portal.Platform.Http;

namespace Portal.Features.Operations.Api;

/// <summary>Tells whoever watches over the portal whether it lives, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("Drift");
        health.MapGet("/live", () => Results.Json(new HealthJson("ok", []), PortalJson.Options)).Produces<HealthJson>()
            .WithSummary("Processen svarer");
        health.MapGet("/ready", ReadyAsync).Produces<HealthJson>().Produces<HealthJson>(503)
            .WithSummary("Portalen kan tage imod og vise; ellers 503 med, hvad der er galt");
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, IEnumerable<IReadinessProbe> probes,
        IEnumerable<IReadinessNote> notes, ProbeFailures failures, TimeProvider time)
    {
        var problems = new List<string>();
        foreach (var probe in probes)
        {
            if (await AskAsync(probe, failures, time, context.RequestAborted) is { } problem && !problems.Contains(problem))
                problems.Add(problem);
        }

        context.Response.Headers.CacheControl = "no-store";
        if (problems.Count == 0)
            return Results.Json(new HealthJson("ok", [.. notes.Select(n => n.Now).OfType<string>()]), PortalJson.Options);
        return Results.Json(new HealthJson("fejl", problems), PortalJson.Options, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> AskAsync(
        IReadinessProbe probe, ProbeFailures failures, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await probe.ProblemAsync(cancellationToken).WaitAsync(Timeout, time, cancellationToken);
            failures.Of(probe).End();
            return problem;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // Asked for every few seconds by several balancers: logged once.
            if (problem is TimeoutException) failures.Of(probe).Report($"intet svar inden for {Timeout.TotalSeconds} s.");
            else failures.Of(probe).Report($"fejlede ({problem.GetType().Name}).", LogLevel.Error, problem);
            return problem is TimeoutException
                ? $"En kontrol svarede ikke inden for {Timeout.TotalSeconds} s."
                : "En kontrol kunne ikke gennemføres; årsagen står i loggen.";
        }
    }
}

/// <summary>What the readiness probes failed with lately, so that a failure that lasts is logged once.</summary>
internal sealed class ProbeFailures(TimeProvider time, ILogger<ProbeFailures> log)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, OngoingProblem> _failures = new(StringComparer.Ordinal);

    /// <summary>That of one probe.</summary>
    public OngoingProblem Of(IReadinessProbe probe) =>
        _failures.GetOrAdd(probe.GetType().Name, name => new OngoingProblem(log, $"Kontrollen {name}", time));
}

/// <summary>Whether the portal works.</summary>
/// <param name="Status"><c>ok</c> or <c>fejl</c>.</param>
/// <param name="Problems">What is wrong, in Danish; with <c>ok</c> also what is away that the portal can do without.</param>
public sealed record HealthJson(string Status, IReadOnlyList<string> Problems);

/// <summary>Something that must work before the portal can serve; every registered one is asked at <c>/health/ready</c>.</summary>
public interface IReadinessProbe
{
    /// <summary>What is wrong, in one Danish sentence without paths or secrets; null when all is well.</summary>
    Task<string?> ProblemAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Something that the portal can do without, and says that it does: reported at <c>/health/ready</c> and on Drift, while the answer stays
/// 200. All nodes would lose it at the same moment, so a node that answered 503 would take the whole portal away for the sake of a part.
/// </summary>
public interface IReadinessNote
{
    /// <summary>What is away and what that means, in Danish without paths or secrets; null while it is there.</summary>
    string? Now { get; }

    /// <summary>True when Drift shows it; false when Drift tells the same in another way.</summary>
    bool IsOnOperationsPage => true;
}
