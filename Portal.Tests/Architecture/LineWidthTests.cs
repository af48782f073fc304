using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>
/// Lines are at most 140 columns and files at most 400 lines, so that two stand side by side and one is read in a sitting.
/// </summary>
public sealed class LineWidthTests
{
    private const int Widest = 140;
    private const int Longest = 400;

    // What the compiler and EF write.
    private static readonly string[] Generated = ["bin", "obj", "Migrations", "CompiledModels"];

    [Fact]
    public void No_line_is_wider_and_no_file_longer_than_agreed()
    {
        var files = new[] { "Portal", "Portal.Ingestion", "Portal.Tests" }.Select(p => Path.Combine(SourceTree.Root, p))
            .SelectMany(p => Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor")
            .Where(f => !Path.GetRelativePath(SourceTree.Root, f).Split(Path.DirectorySeparatorChar).Intersect(Generated).Any())
            .Select(f => (Name: Path.GetRelativePath(SourceTree.Root, f), Lines: File.ReadAllLines(f))).ToList();
        Assert.True(files.Count > 1_000, $"{files.Count} files were read.");
        Assert.Equal([], files.SelectMany(f => f.Lines.Select((line, n) => (f.Name, Line: n + 1, line.Length)))
            .Where(l => l.Length > Widest).Select(l => $"{l.Name}:{l.Line} has {l.Length} columns"));
        Assert.Equal([], files.Where(f => f.Lines.Length > Longest).Select(f => $"{f.Name} has {f.Lines.Length} lines"));
    }
}
