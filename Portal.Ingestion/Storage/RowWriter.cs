namespace Portal.Ingestion.Storage;

/// <summary>
/// Writes rows of one table within the context's transaction; <see cref="IngestionDbContext"/> creates it. Dispose when done.
/// </summary>
internal abstract class RowWriter : IAsyncDisposable
{
    /// <summary>Adds a row; it is written at the latest by <see cref="FlushAsync"/>. Times are passed as UTC ticks.</summary>
    public abstract ValueTask AddAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> row);

    /// <summary>Writes the rows that remain.</summary>
    public abstract Task FlushAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
