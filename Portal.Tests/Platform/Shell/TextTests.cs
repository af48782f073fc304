using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>Every text exists in both languages, and is used.</summary>
public sealed partial class TextTests
{
    private static readonly string Portal = Path.Combine(SourceTree.Root, "Portal");

    public static TheoryData<string> Danish() =>
        [.. Directory.EnumerateFiles(Portal, "*.resx", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".en.resx", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Portal, f))];

    [Theory, MemberData(nameof(Danish))]
    public void Every_text_is_translated(string file) =>
        Assert.Equal(Keys(file).Order(StringComparer.Ordinal), Keys(Path.ChangeExtension(file, ".en.resx")).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Danish))]
    public void Every_text_is_used(string file)
    {
        if (Path.GetFileName(file) == "MudTexts.resx")
        {
            // The component library asks for these by the keys in its own assembly.
            var library = Encoding.ASCII.GetString(File.ReadAllBytes(typeof(MudBlazor.MudButton).Assembly.Location));
            Assert.DoesNotContain(Keys(file), key => !library.Contains(key, StringComparison.Ordinal));
            return;
        }

        // A room's texts are used within the room (Features/Cases, Platform/Ui); a key may be built from a name: L[$"Status{kind}"], or
        // StatusTexts.Of($"Status{kind}"), or as one side of a choice.
        var feature = Path.Combine([Portal, .. file.Split(Path.DirectorySeparatorChar)[..^1].Take(2)]);
        var source = string.Concat(Directory.EnumerateFiles(feature, "*", SearchOption.AllDirectories).Where(
            f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var parts = Built().Matches(source).Select(m => (Start: m.Groups[1].Value, End: m.Groups[2].Value))
            .Where(p => p.Start.Length + p.End.Length > 0).ToList();
        Assert.DoesNotContain(Keys(file), key => !source.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !parts.Exists(p => key.StartsWith(p.Start, StringComparison.Ordinal) && key.EndsWith(p.End, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Keys(string file) =>
        XDocument.Load(Path.Combine(Portal, file)).Root!.Elements("data").Select(d => d.Attribute("name")!.Value);

    [GeneratedRegex("""(?:\[|\.Of\(|[?:] )\$"(\w*)\{[^}"]*\}(\w*)"[\],);]""")]
    private static partial Regex Built();
}
