namespace Portal.Platform.Access.Sessions;

/// <summary>Names a browser and its system coarsely, for a person to recognise their own.</summary>
internal static class DeviceName
{
    // In this order: most browsers also name those they descend from.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary><c>Chrome · Windows</c>; empty when neither is known.</summary>
    public static string Of(string userAgent) =>
        string.Join(" · ", new[] { In(Browsers, userAgent), In(Systems, userAgent) }.OfType<string>());

    private static string? In((string Mark, string Name)[] known, string userAgent) =>
        Array.Find(known, k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
