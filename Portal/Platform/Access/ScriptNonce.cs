using System.Security.Cryptography;

namespace Portal.Platform.Access;

/// <summary>The random value that a page's own scripts carry, and by which the browser knows them from injected ones.</summary>
public static class ScriptNonce
{
    private const int Bytes = 16;
    private static readonly object Key = new();

    /// <summary>The nonce of this response; made when it is first asked for.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Find(context) is { } known) return known;
        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        context.Items[Key] = made;
        return made;
    }

    /// <summary>The nonce of this response; null when nothing in it has asked for one.</summary>
    internal static string? Find(HttpContext context) => context.Items[Key] as string;
}
