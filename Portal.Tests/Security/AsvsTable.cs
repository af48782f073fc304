using System.Reflection;
using Xunit;

namespace Portal.Tests.Security;

/// <summary>A row of <c>ASVS.md</c>: a requirement of OWASP ASVS 5.0.0 and how the portal fares.</summary>
/// <param name="Id">Its number, such as <c>8.2.1</c>.</param>
/// <param name="Level">1 or 2.</param>
/// <param name="Asks">What it asks for, in our words.</param>
/// <param name="Applies"><c>yes</c>, or <c>no:</c> and why.</param>
/// <param name="Met"><c>yes</c>, or <c>partly:</c> or <c>no:</c> and what is missing; <c>–</c> when it does not apply.</param>
/// <param name="Shown">Tests, files, and chapters of documents that show it.</param>
internal sealed record AsvsRow(string Id, int Level, string Asks, string Applies, string Met, IReadOnlyList<string> Shown)
{
    public bool DoesApply => Applies == "yes";

    public bool IsMet => Met == "yes";
}

/// <summary>Reads the table, and finds what its rows point at.</summary>
internal static class AsvsTable
{
    public const string Path = "Portal.Tests/Security/ASVS.md";
    private const int Columns = 6;
    private static readonly string[] Files = [".md", ".json", ".props"];

    private static readonly IReadOnlyList<Type> Tests =
        [.. typeof(AsvsTable).Assembly.GetTypes().Where(t => t.IsClass && MethodsOf(t).Any())];

    public static IReadOnlyList<AsvsRow> Rows { get; } = [.. Read(File.ReadAllLines(System.IO.Path.Combine(SourceTree.Root, Path)))];

    public static IEnumerable<AsvsRow> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(l => l.Length > 2 && l.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(l[2])))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length != Columns) throw new InvalidOperationException($"Not {Columns} cells: {line}");
            yield return new AsvsRow(cells[0], int.Parse(cells[1], null), cells[2], cells[3], cells[4],
                [.. cells[5].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(s => s.Trim('`'))]);
        }
    }

    /// <summary>True for a test class, a test (<c>Class.Method</c>), a file, and a document's chapter (<c>SECURITY.md#Keys</c>).</summary>
    public static bool IsThere(string shown) =>
        shown.Contains('/', StringComparison.Ordinal) || Array.Exists(Files, f => shown.Contains(f, StringComparison.Ordinal))
            ? IsFile(shown)
            : IsTest(shown);

    public static bool IsTest(string shown)
    {
        if (ClassesOf(shown) == 1) return true;
        var cut = shown.LastIndexOf('.');
        return cut > 0 && ClassesOf(shown[..cut]) == 1
            && MethodsOf(Tests.Single(t => Ends(t, shown[..cut]))).Any(m => m.Name == shown[(cut + 1)..]);
    }

    private static int ClassesOf(string name) => Tests.Count(t => Ends(t, name));

    private static bool Ends(Type type, string name) => type.FullName!.EndsWith("." + name, StringComparison.Ordinal);

    private static IEnumerable<MethodInfo> MethodsOf(Type type) =>
        type.GetMethods().Where(m => m.GetCustomAttributes<FactAttribute>(inherit: true).Any());

    private static bool IsFile(string shown)
    {
        var (name, chapter) = (shown.Split('#')[0], shown.Split('#').ElementAtOrDefault(1));
        var path = System.IO.Path.Combine(SourceTree.Root, name);
        if (chapter is null) return File.Exists(path);
        return File.Exists(path) && File.ReadLines(path).Any(l => l.StartsWith('#') && l.TrimStart('#').Trim() == chapter);
    }
}
