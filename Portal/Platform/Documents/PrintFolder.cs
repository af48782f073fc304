namespace Portal.Platform.Documents;

/// <summary>
/// The short-lived folder of one browser: its profile and all that it writes. A lock file next to it is held as long as this process lives,
/// so that the next start can tell what a killed one left behind.
/// </summary>
internal sealed class PrintFolder : IDisposable
{
    private const string Prefix = "beskedportalen-print-";
    private const string LockSuffix = ".lock";
    private readonly FileStream _held;

    private PrintFolder(string path, FileStream held) => (Path, _held) = (path, held);

    /// <summary>The folder; only this user can read it.</summary>
    public string Path { get; }

    /// <summary>A new folder under <paramref name="root"/>.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PrintFolder Create(string root)
    {
        var path = System.IO.Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}");

        // The lock comes first: a folder without one that is held belongs to nobody.
        var held = new FileStream(path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new PrintFolder(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Deletes what processes that are gone left under <paramref name="root"/>; what cannot be deleted now waits for the next time.
    /// </summary>
    /// <returns>How many folders went.</returns>
    public static int CleanUp(string root)
    {
        var cleaned = 0;
        foreach (var held in Directory.EnumerateFiles(root, $"{Prefix}*{LockSuffix}"))
        {
            try
            {
                using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) Delete(held[..^LockSuffix.Length]);
                File.Delete(held);
                cleaned++;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Held by a living process, or another user's: not ours to take.
            }
        }

        return cleaned;
    }

    /// <summary>Deletes the folder. The browser must have ended.</summary>
    public void Dispose()
    {
        try
        {
            Delete(Path);
            _held.Dispose();
            File.Delete(_held.Name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A dying child of the browser may still write here; the next start takes it.
            _held.Dispose();
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
