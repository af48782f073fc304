using System.Reflection;

namespace Portal.Ingestion.Domain;

/// <summary>What the product is called, and which version of the programs this is.</summary>
public static class ProgramVersion
{
    /// <summary>What the product is called wherever people read it; the pages have it in their texts, in both languages.</summary>
    public const string Product = "Fra besked til gevinst";

    private const int CommitLength = 12;

    /// <summary>
    /// The version, and the beginning of the commit that it was built from where that is known: <c>1.0.0+0123456789ab</c>.
    /// </summary>
    public static string Text { get; } =
        Short(typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?");

    private static string Short(string version)
    {
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 || version.Length <= plus + 1 + CommitLength ? version : version[..(plus + 1 + CommitLength)];
    }
}
