using System.Security.Claims;
using Portal.Ingestion.Domain;
using Portal.Platform.Access.OpenId;

namespace Portal.Platform.Access.Claims;

/// <summary>Turns what the provider says of a person into the portal's own principal, or refuses the sign-in.</summary>
internal sealed class SignInClaims(OpenIdSettings settings, IPrivileges privileges, PersonIds ids)
{
    private const int MaxName = 100;

    /// <summary>The principal, with the portal's claims alone: nothing of the provider's is kept that the portal does not use.</summary>
    /// <exception cref="SignInRefusedException">The person is not let in.</exception>
    public ClaimsPrincipal Read(ClaimsPrincipal provided)
    {
        Claim[] claims = [.. provided.Claims];
        var subject = claims.FirstOrDefault(c => c.Type == "sub")?.Value;
        if (string.IsNullOrWhiteSpace(subject)) throw new SignInRefusedException(SignInNotice.Invalid);
        if (settings.MinimumLevel is { } minimum
            && !AssuranceLevel.Suffices([.. claims.Where(c => c.Type == settings.LevelClaim).Select(c => c.Value)], minimum))
        {
            throw new SignInRefusedException(SignInNotice.Level);
        }

        var given = privileges.Read(claims);
        if (given.Authorities.Count == 0) throw new SignInRefusedException(SignInNotice.OtherAuthority);
        if (given.Roles.Count == 0) throw new SignInRefusedException(SignInNotice.NoRole);
        return ViewerClaims.Of(
            ids.Of(subject), NameOf(claims), given, [.. claims.Where(c => c.Type == PortalRoles.TypeGrantClaim).Select(c => c.Value)]);
    }

    // The name stands in lists and logs: one line, without person numbers, of bounded length.
    private string NameOf(Claim[] claims)
    {
        var name = claims.FirstOrDefault(c => c.Type == settings.NameClaim && !string.IsNullOrWhiteSpace(c.Value))?.Value
            ?? claims.FirstOrDefault(c => c.Type is "name" or "preferred_username" && !string.IsNullOrWhiteSpace(c.Value))?.Value;
        return name is null ? "?" : TextCut.At(CprNumber.MaskIn(TextLines.Printable(name.Trim())), MaxName);
    }
}
