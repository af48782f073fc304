using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>The meanings in force as pages show them, at most a second old. Thread-safe.</summary>
public sealed class MeaningCache(PortalSettings settings)
{
    private EffectiveMeanings _current = EffectiveMeanings.Shipped(settings.PostEventCodes);

    /// <summary>The meanings as last read; the shipped ones before that.</summary>
    public EffectiveMeanings Current => Volatile.Read(ref _current);

    /// <summary>Reads them again.</summary>
    public async Task ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        Volatile.Write(ref _current, await MeaningReader.AllAsync(db, settings, cancellationToken));
}

/// <summary>Reads the meanings again every second, since another process may have edited them.</summary>
internal sealed class MeaningCacheService(
    IDbContextFactory<IngestionDbContext> contexts, MeaningCache cache, TimeProvider time, ILogger<MeaningCacheService> log)
    : SupervisedService(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public override string Name => "meanings";

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <summary>Reads once.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await cache.ReadAsync(db, cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);
}
