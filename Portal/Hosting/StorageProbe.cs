using Portal.Api.Health;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Pipeline;

namespace Portal.Hosting;

/// <summary>Ready means that the log can be read and that the last commit succeeded.</summary>
internal sealed class StorageProbe(IMessageReader messages, IngestionStatistics statistics) : IReadinessProbe
{
    /// <inheritdoc />
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        await messages.LastSequenceAsync(cancellationToken);
        return statistics.Trouble;
    }
}
