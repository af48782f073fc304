namespace Portal.Platform.Ui;

/// <summary>
/// Checks the name of a file that a person chose. The name is not kept, and what the file holds is checked as well; a file of another kind
/// is refused before it is read.
/// </summary>
public static class FileEnding
{
    /// <summary>True when the name ends with one of these, such as <c>.csv</c>, whatever the case of its letters.</summary>
    public static bool Is(string name, params string[] endings)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Exists(endings, e => name.Trim().EndsWith(e, StringComparison.OrdinalIgnoreCase));
    }
}
