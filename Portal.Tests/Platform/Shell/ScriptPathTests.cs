using System.Text.RegularExpressions;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>Every imported script is served at the imported address, also after it was moved.</summary>
public sealed partial class ScriptPathTests
{
    private static readonly string Portal = Path.Combine(SourceTree.Root, "Portal");

    [Fact]
    public void Every_script_that_is_imported_is_served_at_that_address()
    {
        var imports = Sources()
            .SelectMany(file => Imports(file).Select(address => (File: Path.GetRelativePath(Portal, file), Address: address))).ToList();
        Assert.Contains(imports, i => i.Address.EndsWith("longText.js", StringComparison.Ordinal));
        Assert.Contains(imports, i => i.Address.EndsWith("ChainSurface.razor.js", StringComparison.Ordinal));
        Assert.All(imports, i => Assert.True(IsServed(i.Address), $"{i.File} imports {i.Address}, which is not served"));
    }

    // Files below wwwroot are served from the root, a component's script from its folder; _framework and _content belong to libraries.
    private static bool IsServed(string address) => address.StartsWith('_') ||
        File.Exists(Path.Combine(Portal, "wwwroot", address))
        || (address.EndsWith(".razor.js", StringComparison.Ordinal) && File.Exists(Path.Combine(Portal, address)));

    private static IEnumerable<string> Imports(string file)
    {
        var text = File.ReadAllText(file);
        if (!file.EndsWith(".js", StringComparison.Ordinal)) return Called().Matches(text).Select(m => m.Groups[1].Value);
        var folder = Path.GetRelativePath(Portal, Path.GetDirectoryName(file)!);
        if (folder == "wwwroot") folder = ".";
        return Imported().Matches(text)
            .Select(m => Path.GetRelativePath(Portal, Path.GetFullPath(Path.Combine(Portal, folder, m.Groups[1].Value))));
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Portal, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is ".js" or ".razor" or ".cs")
        .Where(f => Path.GetRelativePath(Portal, f).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    [GeneratedRegex("""^import [^"]*"(\.[^"]+)";?""", RegexOptions.Multiline)]
    private static partial Regex Imported();

    [GeneratedRegex("""(?:"import",\s*"\./|@Assets\[")([^"]+\.js)\W""")]
    private static partial Regex Called();
}
