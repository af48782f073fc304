using Portal.Ingestion.Access;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Features.AccessControl.Looks;

/// <summary>
/// Writes the looks that wait, many in one transaction, within a second; the rest at a stop. While the log cannot be written they stay in
/// memory, and Drift shows the fault.
/// </summary>
internal sealed partial class AccessLookService(
    AccessLooks looks, IAccessJournal journal, AccessRecords records, TimeProvider time, ILogger<AccessLookService> log)
    : SupervisedService(time, log)
{
    /// <summary>How long looks are collected before they are written.</summary>
    public static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(250);

    private const int BatchSize = 1000;
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <inheritdoc />
    public override string Name => "access-log";

    /// <summary>Writes all looks that wait at the time of the call.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (looks.Peek(BatchSize) is { Count: > 0 } batch)
            {
                await WriteAsync(batch, cancellationToken);
                looks.Written(batch.Count);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception problem)
        {
            LogLost(Log, problem, looks.Peek(int.MaxValue).Count);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        await looks.WaitAsync(cancellationToken);
        await Task.Delay(Collect, Time, cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A batch that fails for another reason than an outage is written one by one, so that one look does not hold up the others.
    private async Task WriteAsync(IReadOnlyList<AccessLook> batch, CancellationToken cancellationToken)
    {
        try
        {
            var lines = new List<AccessRecord>(batch.Count);
            foreach (var look in batch) lines.AddRange(await records.OfAsync(look.Viewer, [look.Note], look.At, cancellationToken));
            if (lines.Count > 0) await journal.AppendAsync(lines, cancellationToken);
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken) && !StorageAccess.IsRefused(problem))
        {
            if (batch.Count == 1)
            {
                LogUnwritten(Log, problem, batch[0].Note.Kind, batch[0].Viewer.Id);
                return;
            }

            foreach (var look in batch) await WriteAsync([look], cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} lines of the access log could not be written before the stop")]
    private static partial void LogLost(ILogger logger, Exception problem, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A line of the access log could not be written: {Kind} by {Viewer}")]
    private static partial void LogUnwritten(ILogger logger, Exception problem, AccessKind kind, string viewer);
}
