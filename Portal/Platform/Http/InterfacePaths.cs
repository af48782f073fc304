namespace Portal.Platform.Http;

/// <summary>Tells interfaces, which answer with status codes and problem details, from pages, which lead people to the sign-in.</summary>
public static class InterfacePaths
{
    private static readonly PathString[] Roots = ["/api", "/hubs", "/beskedfordeler", "/metrics", "/health", "/openapi", "/_blazor",
        "/_framework"];

    /// <summary>True when programs, not people, call this path.</summary>
    public static bool Includes(PathString path) =>
        Array.Exists(Roots, root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));
}
