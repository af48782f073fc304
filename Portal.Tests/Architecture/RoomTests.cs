using System.Reflection;
using Portal.Hosting;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>The order of the rooms, checked on the compiled assemblies.</summary>
public sealed class RoomTests(ITestOutputHelper output)
{
    private static readonly Rooms Samples = new("Portal.Tests.Architecture.Samples", ["Upper", "Lower"]);

    /// <summary>The two projects.</summary>
    public static TheoryData<string> Projects() => ["Portal", "Portal.Ingestion"];

    [Fact]
    public void Portal_refers_to_ingestion_and_never_back() =>
        Assert.DoesNotContain(Of("Portal.Ingestion").Assembly.GetReferencedAssemblies(), a => a.Name == "Portal");

    [Theory, MemberData(nameof(Projects))]
    public void A_room_uses_rooms_below_itself_and_never_above(string project)
    {
        var (rooms, assembly) = Of(project);
        var arrows = rooms.Arrows(assembly).Select(a => (a.From, a.To)).Distinct().Count();
        output.WriteLine($"{project}: {rooms.Order.Count} rooms, {arrows} arrows");
        Assert.True(arrows > rooms.Order.Count);
        Assert.Empty(rooms.Upward(assembly));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_type_lies_in_a_room_of_the_order(string project)
    {
        var (rooms, assembly) = Of(project);
        Assert.Empty(rooms.Homeless(assembly));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Namespaces_follow_folders(string project)
    {
        var folder = Path.Combine(SourceTree.Root, project);
        var declared = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Folder: Path.GetDirectoryName(Path.GetRelativePath(SourceTree.Root, path))!
                .Replace(Path.DirectorySeparatorChar, '.'), Path: path))
            .Where(f => !f.Folder.StartsWith($"{project}.obj", StringComparison.Ordinal)
                && !f.Folder.StartsWith($"{project}.bin", StringComparison.Ordinal))
            .Select(f => (f.Folder, Path.GetFileName(f.Path),
                Space: File.ReadLines(f.Path).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))))
            .Where(f => f.Space is not null)
            .ToList();
        Assert.NotEmpty(declared);
        Assert.All(declared, f => Assert.Equal(f.Folder, f.Space!["namespace ".Length..].TrimEnd(';', ' ', '{')));
    }

    [Theory]
    [InlineData("InBody")]
    [InlineData("InLambda")]
    [InlineData("InAsync")]
    [InlineData("InIterator")]
    [InlineData("InField")]
    [InlineData("InTypeArgument")]
    [InlineData("InParameter")]
    [InlineData("InBase")]
    [InlineData("InAttribute")]
    [InlineData("InCatch")]
    [InlineData("InTypeOf")]
    public void A_use_upwards_is_found_wherever_it_is_written(string user) =>
        Assert.Contains(Samples.Upward(typeof(RoomTests).Assembly), a => a.User.Split('.', '+', '/').Contains(user));

    [Fact]
    public void A_use_downwards_is_none() =>
        Assert.DoesNotContain(Samples.Upward(typeof(RoomTests).Assembly), a => a.From == "Upper");

    private static (Rooms Rooms, Assembly Assembly) Of(string project) => project == "Portal"
        ? (Rooms.Portal, typeof(PortalHost).Assembly)
        : (Rooms.Ingestion, typeof(LogSignal).Assembly);
}
