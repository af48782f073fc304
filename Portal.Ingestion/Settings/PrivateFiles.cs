namespace Portal.Ingestion.Settings;

/// <summary>
/// Files with personal data or secrets: files created here are accessible to their owner only, regardless of the umask; for existing files
/// <see cref="IsOpenToAll"/> finds those that everybody on the machine can read. On Windows files inherit the rights of their folder
/// instead.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Creates a missing folder for its owner only; an existing one is left unchanged.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>
    /// Creates an empty file for its owner only, and restricts an existing empty one to its owner; a file with content is left unchanged.
    /// </summary>
    public static void MakeFile(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        if (!File.Exists(path))
        {
            // OpenOrCreate: another program that starts now may create it first.
            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = OwnersFile,
            });
        }
        else if (new FileInfo(path).Length == 0)
        {
            File.SetUnixFileMode(path, OwnersFile);
        }
    }

    /// <summary>Opens a file exclusively, and creates a missing one for its owner only.</summary>
    /// <exception cref="IOException">Another program has it open.</exception>
    public static FileStream OpenAlone(string path)
    {
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OwnersFile;
        return new FileStream(path, how);
    }

    /// <summary>True when every user of the machine can read the file: its own mode and all folders above let them.</summary>
    public static bool IsOpenToAll(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || !File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead)) return false;
        for (var folder = Directory.GetParent(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        }

        return true;
    }
}
