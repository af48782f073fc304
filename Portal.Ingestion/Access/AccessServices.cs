using Microsoft.Extensions.DependencyInjection;

namespace Portal.Ingestion.Access;

/// <summary>Registers the access log as stored.</summary>
public static class AccessServices
{
    /// <summary>Needs the journal, the ledger's key, letters, the message kinds and the context factory.</summary>
    public static IServiceCollection AddAccessJournal(this IServiceCollection services) =>
        services.AddSingleton<IAccessJournal, AccessJournal>().AddSingleton<IDataOwners, DataOwners>();
}
