using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Access;

/// <summary>Finds the API key that a caller sends, taking the same time for a wrong key as for a right one.</summary>
public sealed class ApiKeyRing
{
    private readonly (byte[] Hash, ApiKey Key)[] _keys;

    /// <summary>A ring of the configured keys.</summary>
    public ApiKeyRing(AccessSettings settings) => _keys = [.. settings.Keys.Select(k => (Hash(k.Key), k))];

    /// <summary>The key, or null when it is none of ours.</summary>
    public ApiKey? Find(string presented)
    {
        // Hashes have one length and every key is looked at, so that time tells neither length nor position.
        var hash = Hash(presented);
        ApiKey? found = null;
        foreach (var (known, key) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known)) found = key;
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
