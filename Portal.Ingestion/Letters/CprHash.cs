using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Configuration;

namespace Portal.Ingestion.Letters;

/// <summary>
/// A keyed hash (HMAC-SHA256) of person numbers, so that letters are found by CPR without an index of numbers. The key stands in
/// <c>search.key</c>, made at first use and readable by its owner alone; programs that share a database share it.
/// </summary>
public sealed class CprHash(PortalSettings settings)
{
    /// <summary>The key's file in <see cref="PortalSettings.KeyFolder"/>.</summary>
    public const string FileName = "search.key";

    private const int KeyBytes = 32;
    private const int LockAttempts = 1000;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);
    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(settings.KeyFolder), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The hash of <paramref name="cpr"/>, 32 bytes.</summary>
    public byte[] Of(CprNumber cpr) => HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes(cpr.Reveal()));

    private static byte[] ReadOrMake(string folder)
    {
        var path = Path.Combine(folder, FileName);
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Alone with the file: of programs that start together, one makes the key and all use it, on any file system that can lock.
                using var file = new FileStream(path, options);
                return ReadOrMake(file, path);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path))
            {
                Thread.Sleep(LockPause);
            }
        }
    }

    private static byte[] ReadOrMake(FileStream file, string path)
    {
        if (file.Length > KeyBytes) throw new InvalidOperationException($"The search key {path} must hold {KeyBytes} bytes but holds {file.Length}.");
        var key = new byte[KeyBytes];
        if (file.Length == KeyBytes)
        {
            file.ReadExactly(key);
            return key;
        }

        // New, or left unfinished by a start that was killed before any letter could be hashed with it.
        RandomNumberGenerator.Fill(key);
        file.SetLength(0);
        file.Write(key);
        file.Flush(flushToDisk: true);
        return key;
    }
}
