using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Platform.Access;

/// <summary>
/// Writes down when API keys were last used. Warns at the start of keys that stand in the configuration as plain text, and of expired ones.
/// </summary>
internal sealed partial class ApiKeyUseService(
    ApiKeyUse use, AccessSettings settings, TimeProvider time, ILogger<ApiKeyUseService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public override string Name => "api-keys";

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in settings.Keys.Where(k => k.IsPlain)) LogPlain(Log, key.Name);
        var now = Time.GetUtcNow();
        foreach (var key in settings.Keys.Where(k => now >= k.ValidTo)) LogExpired(Log, key.Name, key.ValidTo!.Value);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await use.WriteAsync(all: true, cancellationToken);
        }
        catch (Exception problem) when (problem is OperationCanceledException || StorageErrors.IsOutage(problem))
        {
            LogLost(Log, problem.GetType().Name);
        }
    }

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => use.WriteAsync(all: false, cancellationToken);

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "API-nøglen {Name} står i klar tekst i indstillingerne (Key): skriv dens Hash i stedet (Portal.Ingestion key new)")]
    private static partial void LogPlain(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "API-nøglen {Name} udløb {At:o} og bliver afvist")]
    private static partial void LogExpired(ILogger logger, string name, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last minute's uses of API keys could not be written down ({Kind})")]
    private static partial void LogLost(ILogger logger, string kind);
}
