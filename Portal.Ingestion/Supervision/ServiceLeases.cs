using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>The process that does a piece of work that only one process at a time should do.</summary>
public sealed class StoredLease
{
    /// <summary>The work.</summary>
    public required string Name { get; set; }

    /// <summary>The process that holds it: an id made at its start.</summary>
    public required string Holder { get; set; }

    /// <summary>UTC; from then on any process may take the lease.</summary>
    public DateTimeOffset Until { get; set; }
}

/// <summary>
/// Leases for work that only one of the processes that share the database should do. The lease of a dead process expires.
/// </summary>
public sealed class ServiceLeases(IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, TimeProvider time)
{
    private readonly string _holder = Guid.NewGuid().ToString("N");

    /// <summary>Takes or renews the lease; false when another process holds it.</summary>
    /// <param name="name">The work.</param>
    /// <param name="length">How long no other process may take it, from now.</param>
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
            // Another process inserted the row at the same moment. If the cause was something else, the update below fails too.
            db.ChangeTracker.Clear();
            return await RenewAsync(db, name, length, cancellationToken);
        }
    }

    /// <summary>Releases the lease, so that another process need not wait until it expires.</summary>
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
