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
    private const int KeyBytes = 32;
    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(settings.KeyFolder), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The hash of <paramref name="cpr"/>, 32 bytes.</summary>
    public byte[] Of(CprNumber cpr) => HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes(cpr.Reveal()));

    private static byte[] ReadOrMake(string folder)
    {
        var path = Path.Combine(folder, "search.key");
        if (!File.Exists(path)) Make(folder, path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new InvalidOperationException($"The search key {path} must hold {KeyBytes} bytes but holds {key.Length}.");
    }

    private static void Make(string folder, string path)
    {
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $"search.{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            // Never over an existing file: of two programs that start together, one makes the key and both use it.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
