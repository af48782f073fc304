using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>Who of all processes does what only one needs to do.</summary>
public sealed class StoredLease
{
    /// <summary>The work.</summary>
    public required string Name { get; set; }

    /// <summary>The process that has it.</summary>
    public required string Holder { get; set; }

    /// <summary>UTC; from then on any process may take it.</summary>
    public DateTimeOffset Until { get; set; }
}

/// <summary>
/// Leases of work that only one process of all that share the database needs to do. A process that dies loses its own when its time is
/// over.
/// </summary>
public sealed class ServiceLeases(IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, TimeProvider time)
{
    private readonly string _holder = Guid.NewGuid().ToString("N");

    /// <summary>Takes the lease or renews it; false when another process has it.</summary>
    /// <param name="name">The work.</param>
    /// <param name="length">From now, how long no other process may take it.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<bool> TryTakeAsync(string name, TimeSpan length, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RenewAsync(db, name, length, cancellationToken)) return true;
        if (await db.Set<StoredLease>().AnyAsync(l => l.Name == name, cancellationToken)) return false;
        db.Add(new StoredLease { Name = name, Holder = _holder, Until = time.GetUtcNow() + length });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process made the row at the same moment; should it be something else, the question fails as well.
            db.ChangeTracker.Clear();
            return await RenewAsync(db, name, length, cancellationToken);
        }
    }

    /// <summary>Gives the lease back, so that another process need not wait for its end.</summary>
    public async Task ReleaseAsync(string name, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Set<StoredLease>().Where(l => l.Name == name && l.Holder == _holder).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> RenewAsync(IngestionDbContext db, string name, TimeSpan length, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + length;
        return await db.Set<StoredLease>().Where(l => l.Name == name && (l.Holder == _holder || l.Until <= now))
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Holder, _holder).SetProperty(x => x.Until, until), cancellationToken) == 1;
    }
}
