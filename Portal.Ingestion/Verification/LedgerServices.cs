using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Verification.Checkpoints;

namespace Portal.Ingestion.Verification;

/// <summary>Registers the ledger.</summary>
public static class LedgerServices
{
    /// <summary>Registers what every program that opens the database needs to prepare, append to and verify the ledger.</summary>
    public static IServiceCollection AddLedgerServices(this IServiceCollection services) => services
        .AddSingleton<LedgerKey>()
        .AddSingleton<LedgerAppender>()
        .AddSingleton<ILedgerAppender>(provider => provider.GetRequiredService<LedgerAppender>())
        .AddSingleton<LedgerStart>()
        .AddSingleton<IErasureRecord, ErasureLog>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<LedgerVerificationService>()
        .AddSingleton<ILedgerVerificationService>(provider => provider.GetRequiredService<LedgerVerificationService>())
        .AddSingleton<CheckpointMaker>()
        .AddSingleton<ILedgerState, LedgerState>()
        .AddSingleton<ILedgerReader, LedgerReader>();

    /// <summary>
    /// Registers scheduled checkpoints (with copies and time stamps) and the daily verification; for long-running programs.
    /// </summary>
    public static IServiceCollection AddLedgerUpkeep(this IServiceCollection services) => services
        .AddSingleton(_ => new TimestampClient(TimestampClient.Open()))
        .AddHostedService<CheckpointService>()
        .AddHostedService<DailyVerification>();
}
