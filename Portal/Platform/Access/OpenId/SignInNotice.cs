namespace Portal.Platform.Access.OpenId;

/// <summary>What the sign-in page says instead of leading on to the provider.</summary>
public enum SignInNotice
{
    /// <summary>Signed out, as asked.</summary>
    SignedOut,

    /// <summary>The person cancelled at the provider.</summary>
    Cancelled,

    /// <summary>The answer belongs to no sign-in that this browser has begun, or was used before, or came too late.</summary>
    Expired,

    /// <summary>What the provider answered is not valid: signature, issuer, audience, time, nonce.</summary>
    Invalid,

    /// <summary>The provider cannot be reached, or does not do its part.</summary>
    Provider,

    /// <summary>The person has no role in the portal.</summary>
    NoRole,

    /// <summary>The person belongs to no authority that uses this portal.</summary>
    OtherAuthority,

    /// <summary>The person signed in with too low a level of assurance.</summary>
    Level,
}

/// <summary>Names of the notices in addresses, and their statuses.</summary>
public static class SignInNotices
{
    /// <summary>The query of the sign-in page that names the notice.</summary>
    public const string Query = "besked";

    /// <summary>The notice's name in addresses.</summary>
    public static string ToWire(this SignInNotice notice) => notice switch
    {
        SignInNotice.SignedOut => "logget-ud",
        SignInNotice.Cancelled => "afbrudt",
        SignInNotice.Expired => "udloebet",
        SignInNotice.Provider => "udbyder",
        SignInNotice.NoRole => "ingen-rolle",
        SignInNotice.OtherAuthority => "anden-myndighed",
        SignInNotice.Level => "niveau",
        _ => "ugyldigt",
    };

    /// <summary>The notice with a name; null for an unknown name.</summary>
    public static SignInNotice? FromWire(string? name) =>
        Enum.GetValues<SignInNotice>().Select(n => (SignInNotice?)n).FirstOrDefault(n => n!.Value.ToWire() == name);

    /// <summary>The page's HTTP status.</summary>
    public static int Status(this SignInNotice notice) => notice switch
    {
        SignInNotice.SignedOut or SignInNotice.Cancelled => StatusCodes.Status200OK,
        SignInNotice.NoRole or SignInNotice.OtherAuthority or SignInNotice.Level => StatusCodes.Status403Forbidden,
        SignInNotice.Provider => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}

/// <summary>The provider vouches for the person, and yet the portal does not let them in.</summary>
/// <param name="notice">What the page says.</param>
internal sealed class SignInRefusedException(SignInNotice notice) : Exception($"Refused: {notice.ToWire()}.")
{
    /// <summary>What the page says.</summary>
    public SignInNotice Notice => notice;

    /// <summary>Where the sign-in was to lead.</summary>
    public string? ReturnUrl { get; set; }
}
