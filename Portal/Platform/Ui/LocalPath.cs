namespace Portal.Platform.Ui;

/// <summary>The address to redirect to after a form: only a path of this site, so that the portal is not an open redirector.</summary>
public static class LocalPath
{
    // These addresses redirect: returning to them would loop.
    private static readonly string[] LeadOn = [PortalUrls.Logout, LanguageChoice.Path];

    private static readonly string[] SignIn = [PortalUrls.Login, "/signin-oidc", "/signout-callback-oidc"];

    /// <summary>The wanted path and query; the overview when it is empty, of another site, or an address that redirects.</summary>
    public static string Of(string? wanted) =>
        wanted is ['/', ..] && wanted is not ['/', '/' or '\\', ..] && !wanted.Any(c => c == '\\' || char.IsControl(c))
        && !LeadOn.Any(path => IsUnder(wanted, path))
            ? Encoded(wanted)
            : PortalUrls.Overview;

    /// <summary>The address to go to after sign-in: also not the sign-in itself, which would lead on for ever.</summary>
    public static string AfterSignIn(string? wanted) =>
        Of(wanted) is var path && Array.Exists(SignIn, own => IsUnder(path, own)) ? PortalUrls.Overview : Of(wanted);

    // The Location header holds ASCII only. Dots are left to the browser, which keeps them on this site; taken away here, as Uri does,
    // »/æ/..//evil.example« would begin with two slashes.
    private static string Encoded(string path) =>
        string.Concat(path.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())));

    private static bool IsUnder(string wanted, string path) =>
        wanted.StartsWith(path, StringComparison.OrdinalIgnoreCase)
        && (wanted.Length == path.Length || wanted[path.Length] is '/' or '?' or '#');
}
