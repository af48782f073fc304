using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Documents;

/// <summary>
/// What was printed lately, in memory alone: a document whose HTML is the same to the letter need not be printed again. Takes only
/// documents that say whom they may be kept for (<see cref="PrintDocument.KeptFor"/>), and gives one only to those.
/// </summary>
/// <param name="mostBytes">All of them together; those used longest ago go first.</param>
/// <param name="life">From the printing on.</param>
internal sealed class PrintedDocuments(long mostBytes, TimeSpan life, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Printed>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<Printed> _lately = new();
    private long _bytes;

    private sealed record Printed(string Key, byte[] Pdf, DateTimeOffset At);

    /// <summary>The PDF of this very document; null when it was not printed lately. It is shared: nobody may write in it.</summary>
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

    /// <summary>Keeps what was printed, if the document may be kept and fits.</summary>
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

    /// <summary>Removes all durations.</summary>
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

    // No character of any of them is a zero: it parts them.
    private static string? KeyOf(PrintDocument document) => document.KeptFor is not { } whom
        ? null
        : Convert.ToHexString(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', whom, document.Title, document.OwnStyle, document.Body))));
}
