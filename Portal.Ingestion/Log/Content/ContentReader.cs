using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.Content;

/// <summary>
/// Reads exact bytes and checks their length and SHA-256. A dictionary that another process has added is loaded when needed. Unreadable
/// content is a result, not an exception: one damaged row must not stop a list or a service.
/// </summary>
public sealed class ContentReader(ContentCodec codec)
{
    // Contents read by one query.
    private const int AtOnce = 500;

    /// <summary>The exact bytes of a message; null when they are erased or missing.</summary>
    public async Task<ContentReading?> ReadAsync(IngestionDbContext db, long sequence, CancellationToken cancellationToken) =>
        (await ReadAsync(db, [sequence], cancellationToken)).TryGetValue(sequence, out var reading) ? reading : null;

    /// <summary>The exact bytes of several messages, by sequence number, without messages whose bytes are erased or missing.</summary>
    public async Task<IReadOnlyDictionary<long, ContentReading>> ReadAsync(
        IngestionDbContext db, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        var readings = new Dictionary<long, ContentReading>(sequences.Count);
        foreach (var wanted in sequences.Chunk(AtOnce))
        {
            var stored = await db.MessageContent.AsNoTracking().Where(c => EF.Parameter(wanted).Contains(c.Sequence))
                .Join(db.Messages.AsNoTracking(), c => c.Sequence, m => m.Sequence,
                    (c, m) => new { c.Sequence, c.Encoding, c.Content, m.Sha256, m.Bytes })
                .ToListAsync(cancellationToken);
            foreach (var content in stored)
            {
                var reading = await TryDecompressAsync(db, content.Encoding, content.Content, cancellationToken);
                readings[content.Sequence] = reading.Bytes is { } bytes && !IsReceived(bytes, content.Bytes, content.Sha256)
                    ? ContentReading.Unreadable(UnreadableReason.Changed)
                    : reading;
            }
        }

        return readings;
    }

    /// <summary>The bytes of compressed content.</summary>
    public async Task<ContentReading> TryDecompressAsync(
        IngestionDbContext db, int encoding, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            return ContentReading.Of(await DecompressAsync(db, encoding, content, cancellationToken));
        }
        catch (UnreadableContentException unreadable)
        {
            return ContentReading.Unreadable(unreadable.Reason);
        }
    }

    /// <summary>The bytes of compressed content.</summary>
    /// <exception cref="UnreadableContentException">The content is damaged, or its encoding is unknown.</exception>
    public async Task<byte[]> DecompressAsync(IngestionDbContext db, int encoding, byte[] content, CancellationToken cancellationToken)
    {
        if (!codec.Knows(encoding))
        {
            foreach (var dictionary in await db.Dictionaries.AsNoTracking().ToListAsync(cancellationToken))
                codec.Learn(dictionary.Id, dictionary.Content, write: false);
        }

        return codec.Decompress(encoding, content);
    }

    private static bool IsReceived(byte[] bytes, int length, byte[] sha256) =>
        bytes.Length == length && SHA256.HashData(bytes).AsSpan().SequenceEqual(sha256);
}
