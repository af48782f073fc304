using System.Text.RegularExpressions;
using Portal.Ingestion.Hosting;
using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>
/// The controls that are written by hand instead of taken from the component library: those of CONTRIBUTING's table, each with the reason,
/// and no others.
/// </summary>
public sealed partial class HandWrittenControlTests(ITestOutputHelper output)
{
    private const int Most = 40;
    private const int FewestKinds = 30;

    // Drawn or written by hand as a whole (DESIGN): boxes and links, the outline, documents.
    private static readonly string[] Whole = ["Features/Chains/Canvas/ChainSurface.razor", "Features/Chains/Canvas/ChainBox.razor",
        "Features/Chains/Canvas/ChainLinks.razor", "Features/Chains/Outline/", "Platform/Documents/"];

    private static string Root => ConfigurationFile.Root;

    [Fact]
    public void Each_control_written_by_hand_is_listed_with_its_reason()
    {
        var listed = Rows().ToDictionary(r => r.File, r => r.Count);
        var written = Pages().Where(p => !Whole.Any(w => p.Name.StartsWith(w, StringComparison.Ordinal)))
            .Select(p => (p.Name, Count: Controls(p.Text))).Where(p => p.Count > 0).ToDictionary(p => p.Name, p => p.Count);
        output.WriteLine($"{written.Values.Sum()} controls written by hand in {written.Count} files");
        Assert.Equal(listed.OrderBy(p => p.Key, StringComparer.Ordinal), written.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.All(Rows(), r => Assert.True(r.Reason.Length > 20, r.File));
        Assert.True(written.Values.Sum() <= Most);
    }

    [Fact]
    public void The_pages_are_made_of_many_kinds_of_the_librarys_components()
    {
        var kinds = Pages().SelectMany(p => Component().Matches(p.Text).Select(m => m.Groups[1].Value)).Distinct().ToList();
        output.WriteLine($"{kinds.Count} kinds: {string.Join(' ', kinds.Order(StringComparer.Ordinal))}");
        Assert.True(kinds.Count >= FewestKinds);
    }

    private static IEnumerable<(string Name, string Text)> Pages() =>
        Directory.EnumerateFiles(Path.Combine(Root, "Portal"), "*.razor", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Path.Combine(Root, "Portal"), f).Replace('\\', '/'),
                RazorComment().Replace(File.ReadAllText(f), "")));

    // A hidden input is no control.
    private static int Controls(string text) => Control().Count(text) - Hidden().Count(text);

    private static IEnumerable<(string File, int Count, string Reason)> Rows() =>
        Row().Matches(File.ReadAllText(Path.Combine(Root, "CONTRIBUTING.md")))
            .Select(m => (m.Groups["file"].Value, int.Parse(m.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture),
                m.Groups["reason"].Value.Trim()));

    [GeneratedRegex(@"<(?:select|input|button|textarea|dialog|table)\b")]
    private static partial Regex Control();

    [GeneratedRegex("""<input\b[^>]*type="hidden"[^>]*>""")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex RazorComment();

    [GeneratedRegex(@"<(Mud[A-Za-z]+)")]
    private static partial Regex Component();

    [GeneratedRegex(@"^\| `(?<file>[\w/.]+\.razor)` \| (?<count>\d+) \| (?<reason>[^|]+)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
