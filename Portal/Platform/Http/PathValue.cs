namespace Portal.Platform.Http;

/// <summary>
/// A value from the path, decoded. The server decodes everything in a path but <c>%2F</c>, so that a slash stays apart from a separator;
/// what the caller meant is only in the raw target.
/// </summary>
public static class PathValue
{
    /// <summary>The route value <paramref name="name"/> as the caller meant it: <c>24%2F0117</c> is <c>24/0117</c>.</summary>
    public static string Of(HttpContext context, string name)
    {
        var value = context.Request.RouteValues[name] as string ?? "";
        if (!value.Contains('%', StringComparison.Ordinal)) return value;
        // %252F and %2F look alike in the route value: the segment of the raw target that led to it tells which it was.
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        var raw = Array.Find(path.Split('/'), segment => AsServerDecodes(segment) == value);
        return raw is null ? value.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : Uri.UnescapeDataString(raw);
    }

    private static string AsServerDecodes(string segment) =>
        Uri.UnescapeDataString(segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));
}
