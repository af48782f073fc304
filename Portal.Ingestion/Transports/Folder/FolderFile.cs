using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Transports.Folder;

/// <summary>Reads and moves files of the watched folder, and detects a program that is still writing.</summary>
internal static class FolderFile
{
    private const int LongestName = 255;

    /// <summary>The current state of the file, or of a link's target; null when the file or the target does not exist.</summary>
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

    /// <summary>True when the file ends like XML (<see cref="XmlEnding"/>).</summary>
    /// <exception cref="IOException">The program that writes it has it locked.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read it.</exception>
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
    /// Reads the file as a delivery: whole up to <paramref name="whole"/> bytes; of a larger file only its first bytes, with the length and
    /// the SHA-256 of all. Null when it changed meanwhile.
    /// </summary>
    /// <exception cref="IOException">The program that writes it has it locked.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read it.</exception>
    /// <exception cref="OutOfMemoryException">Not enough memory now.</exception>
    public static async Task<Delivery?> ReadAsync(
        string path, FileState state, int whole, TimeProvider time, CancellationToken cancellationToken)
    {
        // A named pipe also has length 0, and opening it for reading only would block until a writer opens it.
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

        // Only if the file was read in full and did not change meanwhile; otherwise the bytes may be a mix of two versions.
        return StateOf(path) == state && (cut?.Length ?? first.Length) == state.Length
            ? new Delivery(first, FolderTransport.Transport, time.GetUtcNow()) { Cut = cut }
            : null;
    }

    /// <summary>
    /// Moves a file to a folder under its name, with a number added if the name is taken. Never overwrites. Returns the new path.
    /// </summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to move it.</exception>
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
                // Another process has just taken the name: try the next number.
            }
        }
    }

    // Shortens the name so that the number fits within a file name's 255 bytes.
    private static string Fitting(string name, string end)
    {
        while (Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(end) > LongestName) name = TextCut.At(name, name.Length - 1);
        return name + end;
    }

    // The state of a link itself does not change when its target is written.
    private static FileInfo? Target(FileInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        }
        catch (IOException)
        {
            // The link points to itself.
            return null;
        }
    }

    // FileShare.Read: fails while another program has the file open for writing and locked.
    private static FileStream Open(string path, FileAccess access) =>
        new(path, FileMode.Open, access, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
}
