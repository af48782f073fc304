using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Features.Evidence.Api;

namespace Portal.Features.Evidence;

/// <summary>Registers evidence documents.</summary>
public static class EvidenceServices
{
    /// <summary>Needs <c>IDocumentPdf</c>, the access log and the message side.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.TryAddSingleton<ILedgerProofs, StoredLedgerProofs>();
        return services.AddSingleton<EvidenceMaker>();
    }

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder routes) => EvidenceEndpoints.Map(routes);
}
