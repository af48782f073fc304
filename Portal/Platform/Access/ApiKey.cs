namespace Portal.Platform.Access;

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
