using Portal.Ingestion.Domain;
using Portal.Platform.Http;

namespace Portal.Features.Operations.Api;

/// <summary>Liveness and readiness, for load balancers and monitoring.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Drift");
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
            // Load balancers call this every few seconds: a lasting failure is logged once.
            if (problem is TimeoutException) failures.Of(probe).Report($"intet svar inden for {Timeout.TotalSeconds} s.");
            else failures.Of(probe).Report($"fejlede ({problem.GetType().Name}).", LogLevel.Error, problem);
            return problem is TimeoutException
                ? $"En kontrol svarede ikke inden for {Timeout.TotalSeconds} s."
                : "En kontrol kunne ikke gennemføres; årsagen står i loggen.";
        }
    }
}

/// <summary>The current failures of the readiness probes, so that a lasting failure is logged once.</summary>
internal sealed class ProbeFailures(TimeProvider time, ILogger<ProbeFailures> log)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, OngoingProblem> _failures = new(StringComparer.Ordinal);

    /// <summary>The failure of one probe.</summary>
    public OngoingProblem Of(IReadinessProbe probe) =>
        _failures.GetOrAdd(probe.GetType().Name, name => new OngoingProblem(log, $"Kontrollen {name}", time));
}

/// <summary>The answer of a health check.</summary>
/// <param name="Status"><c>ok</c> or <c>fejl</c>.</param>
/// <param name="Problems">What is wrong, in Danish. With <c>ok</c>: missing parts that the portal can do without
/// (<see cref="IReadinessNote"/>).</param>
public sealed record HealthJson(string Status, IReadOnlyList<string> Problems);

/// <summary>A check of something that the portal needs; <c>/health/ready</c> calls every registered one.</summary>
public interface IReadinessProbe
{
    /// <summary>What is wrong, in one Danish sentence without paths or secrets; null when the check passes.</summary>
    Task<string?> ProblemAsync(CancellationToken cancellationToken);
}

/// <summary>
/// A missing part that the portal can do without: reported at <c>/health/ready</c>, which still answers 200, and on Drift. All nodes lose
/// it at the same time, so a 503 would take the whole portal out of the load balancer.
/// </summary>
public interface IReadinessNote
{
    /// <summary>What is missing and the consequence, in Danish without paths or secrets; null while nothing is.</summary>
    string? Now { get; }

    /// <summary>True when Drift shows the note; false when Drift shows the same in another way.</summary>
    bool IsOnOperationsPage => true;
}
