namespace Portal.Platform.Documents;

/// <summary>
/// The temporary folder of one browser: its profile and everything it writes. This process holds a lock file next to it open, so that the
/// next start recognises the folders of a killed process.
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
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static PrintFolder Create(string root)
    {
        var path = System.IO.Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}");

        // The lock comes first: CleanUp finds folders by their lock files.
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
    /// Deletes the folders of ended processes under <paramref name="root"/>; a folder that cannot be deleted is left for the next start.
    /// </summary>
    /// <returns>How many folders were deleted.</returns>
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
                // Held by a running process, or owned by another user.
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
            // A child process of the browser may still write here; the next start deletes the folder.
            _held.Dispose();
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
