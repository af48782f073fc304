using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Finds the API key that a caller sends, taking the same time for a wrong key as for a right one.</summary>
public sealed class ApiKeyRing(AccessSettings settings, TimeProvider time)
{
    private readonly (byte[] Hash, ApiKey Key)[] _keys = [.. settings.Keys.Select(k => (ApiKeyHash.Decode(k.Hash), k))];

    /// <summary>The configured key that is valid now, or null when none matches.</summary>
    public ApiKey? Find(string presented)
    {
        // Hashes have equal length and every key is compared, so the time taken reveals neither length nor position.
        var hash = ApiKeyHash.Bytes(presented);
        ApiKey? found = null;
        foreach (var (known, key) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known)) found = key;
        }

        return found?.IsValid(time.GetUtcNow()) == true ? found : null;
    }
}

/// <summary>A key of <c>Api:Keys</c>, validated.</summary>
/// <param name="Name">Name for logs; the key itself is never in one. Two keys may share it while one replaces the other.</param>
/// <param name="Hash">Hash of what the caller sends as <c>X-Api-Key</c> (<see cref="ApiKeyHash"/>).</param>
/// <param name="Cvr">The authority that the caller reads and registers for; null: the first own authority.</param>
/// <param name="Scopes">Names of <see cref="ApiScopes"/>.</param>
/// <param name="MessageTypes">Message types (UUID in lower case, or name), or <c>*</c> for all.</param>
public sealed record ApiKey(string Name, string Hash, string? Cvr, IReadOnlyList<string> Scopes, IReadOnlyList<string> MessageTypes)
{
    /// <summary>UTC, inclusive; null: from the start.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>UTC, exclusive; null: without end.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>True when the configuration has the key itself, which everybody who reads the file can use.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Names the key in the database; neither the key nor its hash follows from it.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("portal-key/" + Hash)));

    /// <summary>True within its period.</summary>
    public bool IsValid(DateTimeOffset now) => !(now < ValidFrom) && !(now >= ValidTo);

    /// <summary>Without the hash, which must not reach a log by accident.</summary>
    public override string ToString() => $"{nameof(ApiKey)} {Name}";
}
