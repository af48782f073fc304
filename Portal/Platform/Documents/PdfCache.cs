using System.Security.Cryptography;
using System.Text;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents;

/// <summary>
/// Cache of documents as PDF, in memory only: an identical document is not made again. Holds only documents that may be given to someone
/// again, who is part of the key.
/// </summary>
/// <param name="mostBytes">Size of all PDFs together; the least recently used are removed first.</param>
/// <param name="life">How long a PDF is kept, counted from its making.</param>
internal sealed class PdfCache(long mostBytes, TimeSpan life, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Cached>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Cached> _recent = new();
    private long _bytes;

    private sealed record Cached(string Key, byte[] Pdf, DateTimeOffset At);

    /// <summary>The key of a document; null when it is never kept.</summary>
    public static string? KeyOf(Document document, string? cachedFor)
    {
        if (cachedFor is null) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Neither part holds a NUL, so it separates them.
        hash.AppendData(Encoding.UTF8.GetBytes(cachedFor + "\0"));
        hash.AppendData(Encoding.UTF8.GetBytes(DocumentJson.Write(document)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>The cached PDF of this key, or null. The array is shared: do not write to it.</summary>
    public byte[]? Find(string? key)
    {
        if (key is null) return null;
        lock (_lock)
        {
            if (!_known.TryGetValue(key, out var node)) return null;
            if (time.GetUtcNow() - node.Value.At >= life)
            {
                Remove(node);
                return null;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Pdf;
        }
    }

    /// <summary>Caches the PDF, if it may be kept and fits.</summary>
    public void Keep(string? key, byte[] pdf)
    {
        if (key is null || pdf.Length > mostBytes) return;
        lock (_lock)
        {
            if (_known.TryGetValue(key, out var before)) Remove(before);
            _known.Add(key, _recent.AddFirst(new Cached(key, pdf, time.GetUtcNow())));
            _bytes += pdf.Length;
            while (_bytes > mostBytes) Remove(_recent.Last!);
        }
    }

    private void Remove(LinkedListNode<Cached> node)
    {
        _recent.Remove(node);
        _known.Remove(node.Value.Key);
        _bytes -= node.Value.Pdf.Length;
    }
}
