namespace Portal.Platform.Http;

/// <summary>
/// A value from the path, decoded. Kestrel decodes everything in a path but <c>%2F</c>, so that an encoded slash is not a separator; the
/// exact value is only in the raw request target.
/// </summary>
public static class PathValue
{
    /// <summary>The route value <paramref name="name"/>, fully decoded: <c>24%2F0117</c> gives <c>24/0117</c>.</summary>
    public static string Of(HttpContext context, string name)
    {
        var value = context.Request.RouteValues[name] as string ?? "";
        if (!value.Contains('%', StringComparison.Ordinal)) return value;
        // %252F and %2F are equal in the route value: the matching segment of the raw target tells which of them was sent.
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        var raw = Array.Find(path.Split('/'), segment => AsServerDecodes(segment) == value);
        return raw is null ? value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : Uri.UnescapeDataString(raw);
    }

    private static string AsServerDecodes(string segment) =>
        Uri.UnescapeDataString(segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));
}
