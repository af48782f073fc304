using System.Security.Cryptography;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Access.Keys;

/// <summary>
/// The key that the sign-in keys are encrypted with: <c>protection.key</c> in <c>Portal:DataProtectionKeyPath</c>, made at the first start,
/// readable by its owner only. Nodes that share sign-in keys need the same.
/// </summary>
internal sealed class ProtectionKey(AccessSettings settings)
{
    private const string Setting = "Portal:DataProtectionKeyPath";
    private const int KeyBytes = 32;

    private readonly Lazy<byte[]> _key = new(() => new KeyFile(Path.Combine(settings.KeyFolder, "protection.key"), Setting)
        .ReadOrMake(bytes => bytes.Length == KeyBytes ? bytes.ToArray() : null, "nøgle til login (32 byte)",
            () => RandomNumberGenerator.GetBytes(KeyBytes)));

    /// <summary>The folder.</summary>
    public DirectoryInfo Folder => new(settings.KeyFolder);

    /// <summary>The key.</summary>
    /// <exception cref="ConfigurationProblemException">It cannot be read or made, or others can read it.</exception>
    public byte[] Bytes => _key.Value;
}
