using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Features.Evidence.Api;

namespace Portal.Features.Evidence;

/// <summary>Puts evidence documents into the host.</summary>
public static class EvidenceServices
{
    /// <summary>Needs printing, the access log and the message side.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.TryAddSingleton<ILedgerProofs, StoredLedgerProofs>();
        return services.AddSingleton<EvidenceMaker>();
    }

    /// <summary>Its addresses. Call after authentication and authorization.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder routes) => EvidenceEndpoints.Map(routes);
}
