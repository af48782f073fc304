using Microsoft.EntityFrameworkCore;

namespace Portal.Ingestion.Storage;

/// <summary>Reads exact bytes back. A dictionary that another process made since is learnt when it is met.</summary>
public sealed class ContentReader(ContentCodec codec)
{
    /// <summary>The exact bytes of a message; null when they are erased.</summary>
    public async Task<byte[]?> ReadAsync(IngestionDbContext db, long sequence, CancellationToken cancellationToken)
    {
        var content = await db.MessageContent.AsNoTracking().SingleOrDefaultAsync(c => c.Sequence == sequence, cancellationToken);
        return content is null ? null : await DecompressAsync(db, content.Encoding, content.Content, cancellationToken);
    }

    /// <summary>The exact bytes of several messages, by sequence number; those that are erased are missing.</summary>
    public async Task<IReadOnlyDictionary<long, byte[]>> ReadAsync(IngestionDbContext db, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        if (sequences.Count == 0) return new Dictionary<long, byte[]>();
        var wanted = sequences.ToArray();
        var bytes = new Dictionary<long, byte[]>(wanted.Length);
        foreach (var content in await db.MessageContent.AsNoTracking().Where(c => EF.Parameter(wanted).Contains(c.Sequence)).ToListAsync(cancellationToken))
        {
            bytes[content.Sequence] = await DecompressAsync(db, content.Encoding, content.Content, cancellationToken);
        }

        return bytes;
    }

    /// <summary>The exact bytes of compressed content.</summary>
    public async Task<byte[]> DecompressAsync(IngestionDbContext db, int encoding, byte[] content, CancellationToken cancellationToken)
    {
        if (!codec.Knows(encoding))
        {
            foreach (var dictionary in await db.Dictionaries.AsNoTracking().ToListAsync(cancellationToken)) codec.Learn(dictionary.Id, dictionary.Content, write: false);
        }

        return codec.Decompress(encoding, content);
    }
}
