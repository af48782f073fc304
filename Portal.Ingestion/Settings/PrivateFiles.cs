namespace Portal.Ingestion.Settings;

/// <summary>
/// Files with personal data or secrets: what the programs make themselves is their own user's alone, regardless of the umask; of what is
/// there already it can be told that everybody on the machine can read it. Windows has no modes, and folders there pass on their own
/// rights.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder that is not there, for its owner alone; one that is there stays as it is.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>
    /// Makes an empty file for its owner alone, and takes one that is still empty from all others; a file that holds something stays as it
    /// is.
    /// </summary>
    public static void MakeFile(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        if (!File.Exists(path))
        {
            // Of programs that start together one makes it.
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

    /// <summary>Opens a file that no other program may have open meanwhile, and makes one that is not there for its owner alone.</summary>
    /// <exception cref="IOException">Another program has it.</exception>
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
