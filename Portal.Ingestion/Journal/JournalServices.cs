using Microsoft.Extensions.DependencyInjection;

namespace Portal.Ingestion.Journal;

/// <summary>Registers the logs next to the messages'.</summary>
public static class JournalServices
{
    /// <summary>Needs the ledger's key, the context factory, WriteGate and TimeProvider.</summary>
    public static IServiceCollection AddJournal(this IServiceCollection services) => services
        .AddSingleton<JournalStart>()
        .AddSingleton<IJournalAppender, JournalAppender>()
        .AddSingleton<JournalReader>()
        .AddSingleton<JournalCheckpoints>();
}
