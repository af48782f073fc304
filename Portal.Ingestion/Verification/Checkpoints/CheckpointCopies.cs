using System.Globalization;
using System.Text;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Notes;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>
/// Copies of checkpoints in a folder, which may be on another machine. They show that the log was replaced even if the whole database is
/// restored from an old backup.
/// </summary>
internal static class CheckpointCopies
{
    private const string Ending = ".checkpoint";
    private const int LongestFile = 1 << 16;

    /// <summary>The file's name: the tree size in 12 digits, so that names sort by age.</summary>
    public static string NameOf(long size) => size.ToString("D12", CultureInfo.InvariantCulture) + Ending;

    /// <summary>Writes a copy, complete or not at all. An existing one is never overwritten.</summary>
    /// <exception cref="IOException">The folder cannot be written, or has a different checkpoint of this size: of another log, or of
    /// another history.</exception>
    public static void Write(string folder, long size, string note, byte[]? token)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, NameOf(size));
        if (File.Exists(path))
        {
            if (File.ReadAllText(path) != note)
            {
                throw new IOException($"»{path}« holder et andet checkpoint for {size} beskeder: mappen hører til en anden log, "
                    + "eller loggens historie er en anden");
            }
        }
        else
        {
            WriteWhole(path, Encoding.UTF8.GetBytes(note));
        }

        if (token is not null && !File.Exists(path + ".tst")) WriteWhole(path + ".tst", token);
    }

    /// <summary>
    /// The copies that are checkpoints of the log of messages or, in folders below, of the other logs, and the number of files that are
    /// not.
    /// </summary>
    public static (IReadOnlyList<GivenCheckpoint> Copies, int Unreadable) Read(string? folder, VerifierKey key)
    {
        var all = ReadOf(folder, key);
        if (folder is null) return all;
        foreach (var log in JournalLog.All)
        {
            var (copies, unreadable) = ReadOf(Path.Combine(folder, log.Name), log.KeyOf(key));
            all = ([.. all.Copies, .. copies], all.Unreadable + unreadable);
        }

        return all;
    }

    private static (IReadOnlyList<GivenCheckpoint> Copies, int Unreadable) ReadOf(string? folder, VerifierKey key)
    {
        var copies = new List<GivenCheckpoint>();
        var unreadable = 0;
        if (folder is null || !Directory.Exists(folder)) return (copies, 0);
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal))
        {
            if (ReadOne(path, key) is { } head) copies.Add(new GivenCheckpoint($"checkpointet {Path.GetFileName(path)}", head));
            else unreadable++;
        }

        return (copies, unreadable);
    }

    private static Checkpoint? ReadOne(string path, VerifierKey key)
    {
        try
        {
            return new FileInfo(path).Length > LongestFile
                ? null
                : SignedCheckpoint.Read(SignedNote.ParseFile(File.ReadAllBytes(path), key, out _), key, out _)?.Head;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Counted as unreadable by the caller.
            return null;
        }
    }

    private static void WriteWhole(string path, byte[] bytes)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // Writing is retried every minute: on a full disk each attempt would leave a file behind.
            File.Delete(temporary);
            throw;
        }
    }
}
