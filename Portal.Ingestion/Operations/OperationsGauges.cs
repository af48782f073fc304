using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>What is measured now and then and shown to whoever scrapes: doors, quarantine, readers, database. Labels are names of ours alone.</summary>
internal sealed class OperationsGauges
{
    private readonly IDbContextFactory<IngestionDbContext> _contexts;
    private readonly DatabaseReader _database;
    private volatile Measured? _last;

    /// <summary>Adds the gauges to the message side's meter.</summary>
    public OperationsGauges(IDbContextFactory<IngestionDbContext> contexts, DatabaseReader database, DoorBoard board, IngestionStatistics statistics)
    {
        (_contexts, _database) = (contexts, database);
        var meter = statistics.Meter;
        meter.CreateObservableGauge("portal.door.state", () => board.Doors.Select(d => new Measurement<int>(1, new("transport", d.Transport), new("state", d.State.ToWire()))), description: "1 for the state that a door of this process is in");
        meter.CreateObservableGauge("portal.door.backlog", () => board.Doors.Select(d => (d.Transport, board.BacklogOf(d.Transport)?.Waiting)).Where(d => d.Waiting is not null)
            .Select(d => new Measurement<long>(d.Waiting!.Value, new KeyValuePair<string, object?>("transport", d.Transport))), description: "Messages that wait at a door's source");
        meter.CreateObservableGauge("portal.storage.trouble", () => statistics.Trouble is null ? 0 : 1, description: "1 while nothing can be stored");
        meter.CreateObservableGauge("portal.quarantine.waiting", () => One(m => m.Quarantined), description: "Deliveries that wait in quarantine");
        meter.CreateObservableGauge("portal.database.size", () => One(m => m.Database.Bytes), "By", "Size of the database");
        meter.CreateObservableGauge("portal.database.free", () => One(m => m.Database.FreeBytes), "By", "Free space on the database's disk, where it can be seen");
        meter.CreateObservableGauge("portal.reader.lag", () => _last is { } measured
            ? measured.Readers.Select(r => new Measurement<long>(Math.Max(0, measured.Database.Messages - r.Sequence), new KeyValuePair<string, object?>("reader", r.Reader)))
            : [], description: "Messages that a reader of the log has not read yet");
    }

    private sealed record Measured(long Quarantined, DatabaseView Database, IReadOnlyList<ReaderPosition> Readers);

    /// <summary>Measures anew.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        _last = new Measured(
            await QuarantineReader.Waiting(db).LongCountAsync(cancellationToken),
            await _database.ReadAsync(cancellationToken),
            await db.ReaderPositions.AsNoTracking().ToListAsync(cancellationToken));
    }

    private IEnumerable<Measurement<long>> One(Func<Measured, long?> value) => _last is { } measured && value(measured) is { } number ? [new Measurement<long>(number)] : [];
}
