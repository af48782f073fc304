using Portal.Features.Operations.Api;

namespace Portal.Features.Operations;

/// <summary>Registers Drift and the health checks. Register an <see cref="IReadinessProbe"/> for each part that must work.</summary>
public static class OperationsServices
{
    /// <summary>Needs the message side's operations.</summary>
    public static IServiceCollection AddOperationsPages(this IServiceCollection services) => services.AddSingleton<ProbeFailures>()
        .AddSingleton<Tracing.MessageTracer>();

    /// <summary>Maps the health checks.</summary>
    public static void MapOperations(this IEndpointRouteBuilder routes) => HealthEndpoints.Map(routes);
}

/// <summary>Names the texts of Drift (<c>OperationsTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class OperationsTexts;
