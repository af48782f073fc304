namespace Portal.Tests;

/// <summary>The source that the tests were built from; they run inside the repository.</summary>
internal static class SourceTree
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Portal.sln"))) return at.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
