using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portal.Evidence;

/// <summary>Puts evidence documents into the host.</summary>
public static class EvidenceServices
{
    /// <summary>Needs printing, the access log and the message side. Register <see cref="ILedgerProofs"/> before, where a ledger is kept.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.TryAddSingleton<ILedgerProofs, NoLedgerProofs>();
        return services.AddSingleton<EvidenceMaker>();
    }
}
