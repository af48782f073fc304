using System.Runtime.Versioning;
using NSec.Cryptography;
using Portal.Ingestion.Configuration;

namespace Portal.Ingestion.Ledger;

/// <summary>
/// The file that holds the ledger's private key: PEM (PKCS #8), as other tools read it too. Made at the first start, readable by its owner alone; never made
/// anew for a database that has a ledger, because what another key signs proves nothing.
/// </summary>
internal static class LedgerKeyFile
{
    private const string Setting = "Ledger:KeyPath";
    private const int LongestFile = 4096;
    private const int LockAttempts = 1000;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The key in the file; null when there is no such file.</summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, or it holds no key.</exception>
    public static Key? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Opened(path, file => Import(file, path)) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, problem);
        }
    }

    /// <summary>The key in the file, which is made when it is not there. Of programs that start together one makes it and all use it.</summary>
    /// <exception cref="ConfigurationProblemException">Others can read the file, it holds no key, or it cannot be made.</exception>
    public static Key ReadOrMake(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return Opened(path, file => file.Length > 0 ? Import(file, path) : Make(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, problem);
        }
    }

    private static Key Opened(string path, Func<FileStream, Key> use)
    {
        var exists = File.Exists(path);
        var options = new FileStreamOptions { Mode = exists ? FileMode.Open : FileMode.OpenOrCreate, Access = exists && new FileInfo(path).Length > 0 ? FileAccess.Read : FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && !exists) options.UnixCreateMode = OwnerOnly;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var file = new FileStream(path, options);
                if (!OperatingSystem.IsWindows()) RefuseOthers(file, path);
                return use(file);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path))
            {
                Thread.Sleep(LockPause);
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void RefuseOthers(FileStream file, string path)
    {
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) == 0) return;
        throw new ConfigurationProblemException(Setting, $"nøglen »{path}« kan læses af andre end sin ejer; ret det med: chmod 600 {path}");
    }

    private static Key Import(FileStream file, string path)
    {
        var text = new byte[Math.Min(file.Length, LongestFile)];
        file.ReadExactly(text);
        var read = Key.TryImport(SignatureAlgorithm.Ed25519, text, KeyBlobFormat.PkixPrivateKeyText, out var key);
        Array.Clear(text);
        return read && key is not null ? key : throw new ConfigurationProblemException(Setting, $"»{path}« holder ingen Ed25519-nøgle (PEM, PKCS #8); læg den rette nøgle tilbage.");
    }

    private static Key Make(FileStream file)
    {
        var key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        file.Write(key.Export(KeyBlobFormat.PkixPrivateKeyText));
        file.Flush(flushToDisk: true);
        return key;
    }

    private static ConfigurationProblemException Unusable(string path, Exception problem) => new(Setting, $"nøglen »{path}« kan ikke læses eller laves ({problem.Message}).");
}
