namespace Portal.Platform.Http;

/// <summary>
/// Distinguishes interfaces, which answer with status codes and problem details, from pages, which redirect people to the sign-in.
/// </summary>
public static class InterfacePaths
{
    private static readonly PathString[] Roots = ["/api", "/hubs", "/beskedfordeler", "/metrics", "/health", "/openapi", "/_blazor",
        "/_framework"];

    /// <summary>True for paths that programs call, Blazor's script included.</summary>
    public static bool Includes(PathString path) =>
        Array.Exists(Roots, root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));
}
