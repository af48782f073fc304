using System.Reflection;

namespace Portal.Ingestion.Domain;

/// <summary>The product's name and the version of this build.</summary>
public static class ProgramVersion
{
    /// <summary>The product's name in what people read outside the pages; the pages have it in their texts, in both languages.</summary>
    public const string Product = "Fra besked til gevinst";

    private const int CommitLength = 12;

    /// <summary>
    /// The version, with the first 12 digits of the commit it was built from when that is known: <c>1.0.0+0123456789ab</c>.
    /// </summary>
    public static string Text { get; } =
        Short(typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?");

    private static string Short(string version)
    {
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 || version.Length <= plus + 1 + CommitLength ? version : version[..(plus + 1 + CommitLength)];
    }
}
