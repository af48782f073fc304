using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Portal.Platform.Access;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Join;

/// <summary>A guest who has joined a workshop, without an account.</summary>
/// <param name="Code">The workshop's code; the pass is valid for that workshop only, while it is open.</param>
/// <param name="Name">As shown to the others.</param>
/// <param name="Hand">The client id, random and chosen by the server, so that nobody can impersonate another guest.</param>
/// <param name="Until">When the pass ends, UTC.</param>
public sealed record Guest(string Code, string Name, string Hand, DateTimeOffset Until);

/// <summary>Guests' passes: a protected cookie, which gives no right outside the page of its own workshop.</summary>
public sealed class GuestPass(IDataProtectionProvider protection, TimeProvider time) : ICircuitGuests
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    private const string Cookie = "deltag";
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Portal.Chains.Join").ToTimeLimitedDataProtector();

    /// <summary>Sets the cookie of a new guest, valid for 12 hours while the workshop is open.</summary>
    public void Give(HttpContext context, string code, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kept = TimeSpan.FromHours(12);
        var guest = new Guest(
            code.Trim().ToUpperInvariant(), name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), time.GetUtcNow() + kept);
        context.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(guest), kept), new CookieOptions
        {
            // Not only below /deltag: the page's connection has another address.
            HttpOnly = true, IsEssential = true, Path = "/", SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps,
            MaxAge = kept,
        });
    }

    /// <summary>The guest of the workshop page in the request; null without a valid pass for it, and on other pages.</summary>
    public Guest? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Path.StartsWithSegments(PortalUrls.Join, StringComparison.OrdinalIgnoreCase, out var rest)
            && Unprotect(context) is { } guest && Fits(guest, rest.Value?.Trim('/'))
                ? guest
                : null;
    }

    /// <inheritdoc />
    public string? IdOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Unprotect(context) is { } guest ? $"guest {guest.Hand}" : null;
    }

    private Guest? Unprotect(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } cookie) return null;
        try
        {
            return JsonSerializer.Deserialize<Guest>(_protector.Unprotect(cookie)) is { } guest && guest.Until > time.GetUtcNow()
                ? guest
                : null;
        }
        catch (CryptographicException)
        {
            // Expired, or not made by this portal.
            return null;
        }
    }

    /// <summary>True when the pass is for this code.</summary>
    public static bool Fits(Guest guest, string? code) => string.Equals(guest.Code, code?.Trim(), StringComparison.OrdinalIgnoreCase);
}
