using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Transports.Folder;

/// <summary>Reads a file of the watched folder. What writes to it at the same time is noticed.</summary>
internal static class FolderFile
{
    private const int LongestName = 255;

    /// <summary>The state of the file now, or the one that a link leads to; null when it is gone, or the link leads nowhere.</summary>
    public static FileState? StateOf(string path)
    {
        try
        {
            FileInfo? file = new(path);
            if (file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint)) file = Target(file);
            return file?.Exists == true ? new FileState(file.Length, file.LastWriteTimeUtc) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>True when it ends as XML does.</summary>
    /// <exception cref="IOException">It is locked by its writer.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool IsEnded(string path, FileState state)
    {
        if (state.Length == 0) return false;
        using var file = Open(path, FileAccess.Read);
        var head = new byte[(int)Math.Min(file.Length, XmlEnding.Window)];
        file.ReadExactly(head);
        if (file.Length <= XmlEnding.Window) return XmlEnding.IsEnded(head, head, head.Length);
        var length = file.Length;
        var tail = new byte[XmlEnding.Window];
        file.Seek(length - tail.Length, SeekOrigin.Begin);
        file.ReadExactly(tail);
        return XmlEnding.IsEnded(head, tail, length);
    }

    /// <summary>
    /// The file as a delivery: whole up to <paramref name="whole"/> bytes; of a larger one the first bytes, with the length and the SHA-256
    /// of all, which is read through without being held. Null when it changed meanwhile.
    /// </summary>
    /// <exception cref="IOException">It is locked by its writer.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="OutOfMemoryException">There is no room for it now.</exception>
    public static async Task<Delivery?> ReadAsync(
        string path, FileState state, int whole, TimeProvider time, CancellationToken cancellationToken)
    {
        // A pipe has no length either, and to open it for reading alone would wait for its writer.
        await using var file = Open(path, state.Length == 0 ? FileAccess.ReadWrite : FileAccess.Read);
        if (state.Length == 0)
            return StateOf(path) == state ? new Delivery(ReadOnlyMemory<byte>.Empty, FolderTransport.Transport, time.GetUtcNow()) : null;
        var first = new byte[DeliveryCut.KeptBytes(state.Length, whole)];
        if (await file.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken) != first.Length) return null;
        DeliveryCut? cut = null;
        if (state.Length > first.Length)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(first);
            var (length, part) = ((long)first.Length, new byte[1 << 20]);
            for (int read; (read = await file.ReadAsync(part, cancellationToken)) > 0; length += read)
                hash.AppendData(part.AsSpan(0, read));
            cut = new DeliveryCut(length, hash.GetHashAndReset());
        }

        // Read in full, and nothing was written while it was: else what was read may be half of one version and half of another.
        return StateOf(path) == state && (cut?.Length ?? first.Length) == state.Length
            ? new Delivery(first, FolderTransport.Transport, time.GetUtcNow()) { Cut = cut }
            : null;
    }

    /// <summary>
    /// Moves a file to a folder under its own name, or with a number when the name is taken. Never overwrites. Gives where it went.
    /// </summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved.</exception>
    public static string Move(string path, string folder)
    {
        var (name, extension) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        for (var n = 1; ; n++)
        {
            var number = n == 1 ? "" : $"-{n.ToString(CultureInfo.InvariantCulture)}";
            var target = Path.Combine(folder, Fitting(name, number + extension));
            if (Path.Exists(target)) continue;
            try
            {
                File.Move(path, target, overwrite: false);
                return target;
            }
            catch (IOException) when (Path.Exists(target) && Path.Exists(path))
            {
                // Another process has just taken the name.
            }
        }
    }

    // A name that is as long as a file system takes has no room for a number.
    private static string Fitting(string name, string end)
    {
        while (Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(end) > LongestName) name = TextCut.At(name, name.Length - 1);
        return name + end;
    }

    // A link keeps its own time regardless of what is written behind it.
    private static FileInfo? Target(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        }
        catch (IOException)
        {
            // It leads to itself.
            return null;
        }
    }

    // Refused while its writer has it open for itself alone.
    private static FileStream Open(string path, FileAccess access) =>
        new(path, FileMode.Open, access, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
}
