namespace Portal.Platform.Ui;

/// <summary>Where someone is led back to after the portal answered a form: a path of this site and no other.</summary>
public static class LocalPath
{
    // Their answers lead on to another page: coming back to them would go round forever.
    private static readonly string[] LeadOn = [PortalUrls.Logout, LanguageChoice.Path];

    /// <summary>The path and query that was asked for; the overview for another site, for none, and for what only leads on.</summary>
    public static string Of(string? wanted) =>
        wanted is ['/', ..] && wanted is not ['/', '/' or '\\', ..] && !wanted.Any(c => c == '\\' || char.IsControl(c))
        && !LeadOn.Any(path => IsUnder(wanted, path))
            ? Encoded(wanted)
            : PortalUrls.Overview;

    // A header holds ASCII alone.
    private static string Encoded(string path) => path.All(char.IsAscii) ? path : new Uri(new Uri("http://local"), path).PathAndQuery;

    private static bool IsUnder(string wanted, string path) =>
        wanted.StartsWith(path, StringComparison.OrdinalIgnoreCase)
        && (wanted.Length == path.Length || wanted[path.Length] is '/' or '?' or '#');
}
