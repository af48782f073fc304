using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Join;

/// <summary>Someone without an account who has joined a workshop.</summary>
/// <param name="Code">The workshop's code: it is worth nothing at any other, and nothing when that one is closed.</param>
/// <param name="Name">As shown to the others.</param>
/// <param name="Hand">Chosen by us, so that nobody can take another's place.</param>
public sealed record Guest(string Code, string Name, string Hand);

/// <summary>
/// Guests' passes: a cookie that only this portal can make, and that gives no right outside the page of its own workshop.
/// </summary>
public sealed class GuestPass(IDataProtectionProvider protection)
{
    /// <summary>Longest name.</summary>
    public const int MaxName = 60;

    private const string Cookie = "deltag";
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Portal.Chains.Join").ToTimeLimitedDataProtector();

    /// <summary>Lets a guest in for 12 hours, or until the workshop is closed.</summary>
    public void Give(HttpContext context, string code, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        var guest = new Guest(code.Trim().ToUpperInvariant(), name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        var kept = TimeSpan.FromHours(12);
        context.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(guest), kept), new CookieOptions
        {
            HttpOnly = true, IsEssential = true, Path = PortalUrls.Join, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
            MaxAge = kept,
        });
    }

    /// <summary>The guest of the workshop page that is asked for; null for anyone else, and everywhere else.</summary>
    public Guest? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.Path.StartsWithSegments(PortalUrls.Join, StringComparison.OrdinalIgnoreCase, out var rest)
            || context.Request.Cookies[Cookie] is not { } cookie)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<Guest>(_protector.Unprotect(cookie)) is { } guest && Fits(guest, rest.Value?.Trim('/'))
                ? guest
                : null;
        }
        catch (CryptographicException)
        {
            // Too old, or not one of ours: whoever holds it is nobody here.
            return null;
        }
    }

    /// <summary>True when the pass is for this code.</summary>
    public static bool Fits(Guest guest, string? code) => string.Equals(guest.Code, code?.Trim(), StringComparison.OrdinalIgnoreCase);
}
