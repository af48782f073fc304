using System.Security.Cryptography;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// New API keys, and their hashes as the configuration has them (<c>Api:Keys:n:Hash</c>): <c>sha256:</c> and 64 hexadecimal digits. A slow
/// hash would add nothing, since a key is 256 random bits and not a password that can be guessed.
/// </summary>
public static class ApiKeyHash
{
    private const string Algorithm = "sha256:";
    private const string Beginning = "portal_";
    private const int KeyBytes = 32;

    /// <summary>A new key: a beginning that scanners for leaked secrets can look for, and 256 random bits in Base64url.</summary>
    public static string NewKey() => Beginning + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))
        .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The hash of a key.</summary>
    public static string Of(string key) => Algorithm + Convert.ToHexStringLower(Bytes(key));

    /// <summary>The 32 bytes of a key's hash.</summary>
    public static byte[] Bytes(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>A hash as it is written, in any case, with or without <c>sha256:</c>; null when it is none.</summary>
    public static string? Read(string? written)
    {
        var text = (written ?? "").Trim();
        if (text.StartsWith(Algorithm, StringComparison.OrdinalIgnoreCase)) text = text.Substring(Algorithm.Length);
        return text.Length == SHA256.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit) ? Algorithm + text.ToLowerInvariant() : null;
    }

    /// <summary>The bytes of a hash that <see cref="Of"/> or <see cref="Read"/> returned.</summary>
    public static byte[] Decode(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return Convert.FromHexString(hash.Split(':')[1]);
    }
}
