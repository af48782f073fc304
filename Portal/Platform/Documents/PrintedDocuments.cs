using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Documents;

/// <summary>
/// Cache of printed documents, in memory only: a document with identical HTML is not printed again. Holds only documents with a
/// <see cref="PrintDocument.KeptFor"/>, which is part of the key.
/// </summary>
/// <param name="mostBytes">Size of all PDFs together; the least recently used are removed first.</param>
/// <param name="life">How long a PDF is kept, counted from its printing.</param>
internal sealed class PrintedDocuments(long mostBytes, TimeSpan life, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Printed>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Printed> _lately = new();
    private long _bytes;

    private sealed record Printed(string Key, byte[] Pdf, DateTimeOffset At);

    /// <summary>The cached PDF of this document, or null. The array is shared: do not write to it.</summary>
    public byte[]? Find(PrintDocument document)
    {
        if (KeyOf(document) is not { } key) return null;
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var node)) return null;
            if (time.GetUtcNow() - node.Value.At >= life)
            {
                Forget(node);
                return null;
            }

            _lately.Remove(node);
            _lately.AddFirst(node);
            return node.Value.Pdf;
        }
    }

    /// <summary>Caches the PDF, if the document may be kept and fits.</summary>
    public void Keep(PrintDocument document, byte[] pdf)
    {
        if (KeyOf(document) is not { } key || pdf.Length > mostBytes) return;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var before)) Forget(before);
            _known.Add(key, _lately.AddFirst(new Printed(key, pdf, time.GetUtcNow())));
            _bytes += pdf.Length;
            while (_bytes > mostBytes) Forget(_lately.Last!);
        }
    }

    /// <summary>Removes all documents.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _known.Clear();
            _lately.Clear();
            _bytes = 0;
        }
    }

    private void Forget(LinkedListNode<Printed> node)
    {
        _lately.Remove(node);
        _known.Remove(node.Value.Key);
        _bytes -= node.Value.Pdf.Length;
    }

    // None of the parts holds a NUL, so it separates them.
    private static string? KeyOf(PrintDocument document) => document.KeptFor is not { } whom
        ? null
        : Convert.ToHexString(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', whom, document.Title, document.OwnStyle, document.Body))));
}
