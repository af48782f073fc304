using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Access;

/// <summary>Finds the API key that a caller sends, taking the same time for a wrong key as for a right one.</summary>
public sealed class ApiKeyRing
{
    private readonly (byte[] Hash, ApiKey Key)[] _keys;

    /// <summary>Hashes the configured keys once.</summary>
    public ApiKeyRing(AccessSettings settings) => _keys = [.. settings.Keys.Select(k => (Hash(k.Key), k))];

    /// <summary>The configured key, or null when none matches.</summary>
    public ApiKey? Find(string presented)
    {
        // Hashes have equal length and every key is compared, so the time taken reveals neither length nor position.
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

/// <summary>A key of <c>Api:Keys</c>, validated.</summary>
/// <param name="Name">Name for logs; the key itself is never in one.</param>
/// <param name="Key">What the caller sends as <c>X-Api-Key</c>.</param>
/// <param name="Cvr">The authority that the caller reads and registers for; null: the first own authority.</param>
/// <param name="Scopes">Names of <see cref="ApiScopes"/>.</param>
/// <param name="MessageTypes">Message types (UUID in lower case, or name), or <c>*</c> for all.</param>
public sealed record ApiKey(string Name, string Key, string? Cvr, IReadOnlyList<string> Scopes, IReadOnlyList<string> MessageTypes)
{
    /// <summary>Without the secret, which must not reach a log by accident.</summary>
    public override string ToString() => $"{nameof(ApiKey)} {Name}";
}
