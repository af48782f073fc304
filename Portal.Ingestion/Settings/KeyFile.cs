using System.Runtime.Versioning;

namespace Portal.Ingestion.Settings;

/// <summary>
/// A file with a secret key: created at the first start, readable by its owner only. When several programs start together, one creates it
/// and all use it; this needs a file system with locks.
/// </summary>
/// <param name="path">Absolute.</param>
/// <param name="setting">The setting that says where it is, for error messages.</param>
public sealed class KeyFile(string path, string setting = "Ledger:KeyPath")
{
    private const int LongestFile = 4096;
    private const int LockAttempts = 1000;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>The key in the file; null when the file is missing or empty.</summary>
    /// <param name="read">Parses the file's bytes; null when they are no key.</param>
    /// <param name="kind">What the file must hold, in Danish, for the error message.</param>
    /// <exception cref="ConfigurationProblemException">Others can read the file, it holds no key, or it cannot be read.</exception>
    public T? Read<T>(Func<byte[], T?> read, string kind)
        where T : class
    {
        try
        {
            // An empty file is being created by another program, or was left by a killed start.
            return File.Exists(path) && new FileInfo(path).Length > 0 ? Open(file => Import(file, read, kind)) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(problem);
        }
    }

    /// <summary>
    /// The key in the file; a missing or empty file (left by a killed start) is first filled with the bytes of <paramref name="make"/>.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, it holds no key, or it cannot be created.</exception>
    public T ReadOrMake<T>(Func<byte[], T?> read, string kind, Func<byte[]> make)
        where T : class
    {
        try
        {
            PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
            return Open(file =>
            {
                if (file.Length == 0)
                {
                    file.Write(make());
                    file.Flush(flushToDisk: true);
                    file.Position = 0;
                }

                return Import(file, read, kind);
            });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(problem);
        }
    }

    private T Open<T>(Func<FileStream, T> use)
    {
        var exists = File.Exists(path);

        // An existing key is opened for reading only: its folder or disk may be read-only.
        var access = exists && new FileInfo(path).Length > 0 ? FileAccess.Read : FileAccess.ReadWrite;
        var options =
            new FileStreamOptions { Mode = exists ? FileMode.Open : FileMode.OpenOrCreate, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && !exists) options.UnixCreateMode = OwnerOnly;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var file = new FileStream(path, options);
                return use(file);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path))
            {
                Thread.Sleep(LockPause);
            }
        }
    }

    private T Import<T>(FileStream file, Func<byte[], T?> read, string kind)
        where T : class
    {
        // Parsed before its mode is checked: nobody must be asked to change the mode of a file that is not our key.
        var bytes = new byte[Math.Min(file.Length, LongestFile)];
        file.ReadExactly(bytes);
        var key = read(bytes);
        Array.Clear(bytes);
        if (key is null) throw new ConfigurationProblemException(setting, $"»{path}« holder ingen {kind}; læg den rette nøgle tilbage.");
        if (!OperatingSystem.IsWindows()) RefuseOthers(file);
        return key;
    }

    [UnsupportedOSPlatform("windows")]
    private void RefuseOthers(FileStream file)
    {
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) == 0) return;
        throw new ConfigurationProblemException(setting, $"nøglen »{path}« kan læses af andre end sin ejer; ret det med: chmod 600 {path}");
    }

    private ConfigurationProblemException Unusable(Exception problem) =>
        new(setting, $"nøglen »{path}« kan ikke læses eller laves ({problem.Message}).");
}
