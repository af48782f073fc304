using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Platform.Access;

/// <summary>
/// When each API key was last used: noted in memory at every call, and in the database at most once a minute for each key.
/// </summary>
public sealed class ApiKeyUse(IDbContextFactory<PortalDbContext> contexts, WriteGate gate, TimeProvider time)
{
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    /// <summary>The key was used now.</summary>
    public void Use(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _used[key.Id] = time.GetUtcNow();
    }

    /// <summary>The last use of each key by its id, here and at other nodes (theirs up to a minute late).</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var uses = await db.Set<StoredKeyUse>().AsNoTracking()
            .ToDictionaryAsync(u => u.Id, u => u.UsedAt, StringComparer.Ordinal, cancellationToken);
        foreach (var (id, at) in _used)
        {
            if (!uses.TryGetValue(id, out var known) || known < at) uses[id] = at;
        }

        return uses;
    }

    /// <summary>Writes the uses down that are not yet in the database.</summary>
    /// <param name="all">Also those of a key that was written less than a minute ago; before the program stops.</param>
    public async Task WriteAsync(bool all, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = _used
            .Where(u => !_written.TryGetValue(u.Key, out var at) || (u.Value > at && (all || now - at >= NoteInterval))).ToList();
        if (due.Count == 0) return;
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            foreach (var (id, at) in due) await WriteAsync(db, id, at, cancellationToken);
        }

        foreach (var (id, at) in due) _written[id] = at;
    }

    private static async Task WriteAsync(PortalDbContext db, string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var uses = db.Set<StoredKeyUse>();
        if (await uses.AnyAsync(u => u.Id == id, cancellationToken))
        {
            // Another node may have written a later use.
            await uses.Where(u => u.Id == id && u.UsedAt < at)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.UsedAt, at), cancellationToken);
            return;
        }

        // Where another node adds the same row now, this fails; the next round finds it.
        db.Add(new StoredKeyUse { Id = id, UsedAt = at });
        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>The last use of an API key.</summary>
public sealed class StoredKeyUse
{
    /// <summary><see cref="ApiKey.Id"/>.</summary>
    public required string Id { get; set; }

    public DateTimeOffset UsedAt { get; set; }
}

internal sealed class KeyUseModel : IEntityTypeConfiguration<StoredKeyUse>
{
    public void Configure(EntityTypeBuilder<StoredKeyUse> builder)
    {
        builder.ToTable("ApiKeyUses");
        builder.HasKey(u => u.Id);
    }
}
