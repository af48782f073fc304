using Portal.Features.Operations.Api;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Supervision;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Hosting;

/// <summary>Ready means that every transport configured for this process receives messages; at the start it has 15 s to open.</summary>
internal sealed class TransportProbe(TransportHealth health, IngestionStatistics statistics) : IReadinessProbe
{
    /// <inheritdoc />
    public Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        // Transports paused by the database are left out: StorageProbe reports the cause.
        var failing = health.FailingHere().Where(d => d.State != TransportState.Paused || statistics.StorageError is null)
            .Select(d => Describe(Transports.Danish(d.Transport), d.Since, d.Why, d.Remedy)).ToList();
        return Task.FromResult(failing.Count == 0 ? null : string.Join(' ', failing));
    }

    /// <summary>Explains since when, why and what to do, in Danish.</summary>
    internal static string Describe(string what, DateTimeOffset since, string? why, string? remedy) =>
        $"{what} tager ikke imod beskeder siden {DanishFormat.DateAndTime(since)}: {why ?? "forbindelsen er ikke oprettet endnu."}"
        + $"{(remedy is null ? "" : $" Gør sådan: {remedy}")}";
}

/// <summary>Reports transports of other processes that fail. This node stays ready, since all portal nodes would report the same.</summary>
internal sealed class OtherTransportsNote(TransportHealth health) : IReadinessNote
{
    /// <inheritdoc />
    public bool IsOnOperationsPage => false;

    /// <inheritdoc />
    public string? Now
    {
        get
        {
            var texts = health.FailingElsewhere().Select(t => TransportProbe.Describe(
                $"{Transports.Danish(t.Transport.Transport)} på {NodeIdentity.ShortName(t.Node.Id)}", t.Transport.Since,
                t.Node.Silent ? Outages.SilentWhy : t.Transport.Why, t.Transport.Remedy)).ToList();
            if (health.NoWorkerSince() is { } since)
            {
                texts.Add(TransportProbe.Describe("Køen og mappen", since,
                    "der kører ingen worker, selv om Ingestion:RunInPortal er false.", "start en worker (Portal.Ingestion run)."));
            }
            return texts.Count == 0 ? null : string.Join(' ', texts);
        }
    }
}
