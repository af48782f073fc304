using Portal.Platform.Live;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>Of overlapping reads the newest wins, and answers to an earlier question are not shown.</summary>
public sealed class NewestReadTests
{
    [Fact]
    public void An_answer_is_dropped_when_a_later_one_is_shown()
    {
        var reads = new NewestRead();
        var (first, second) = (reads.Begin(), reads.Begin());
        Assert.True(reads.TryShow(second));
        Assert.False(reads.TryShow(first));
        Assert.True(reads.TryShow(reads.Begin()));
    }

    [Fact]
    public void An_answer_to_what_is_no_longer_asked_for_is_dropped()
    {
        var reads = new NewestRead();
        var before = reads.Begin();
        reads.Restart();
        var after = reads.Begin();
        Assert.False(reads.IsCurrent(before));
        Assert.False(reads.TryShow(before));
        Assert.True(reads.IsCurrent(after));
        Assert.True(reads.TryShow(after));
    }

    // Components whose reads cannot overlap, or that show nothing they read.
    private static readonly string[] OtherWay =
    [
        "OverviewPage", "ChainBoard", "LiveIndicator", "NavMenu", "RateMeter", "MessagesPage",
    ];

    [Fact]
    public void Every_page_that_looks_again_by_itself_drops_older_answers()
    {
        var folder = Path.Combine(SourceTree.Root, "Portal");
        var sources = Directory.EnumerateFiles(folder, "*.razor*", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(folder, f), Name: Path.GetFileName(f).Split('.')[0], Text: File.ReadAllText(f)))
            .Where(f => f.Path.Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"))
            .GroupBy(f => f.Name, f => f.Text).Select(g => (Name: g.Key, Text: string.Concat(g)));
        var live = sources.Where(s => s.Name != "LiveRefresh"
            && (s.Text.Contains("<LiveRefresh", StringComparison.Ordinal)
                || s.Text.Contains("LiveSubscription.Start", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(live);
        Assert.Empty(live.Where(s => !s.Text.Contains("eads.TryShow(", StringComparison.Ordinal)).Select(s => s.Name).Except(OtherWay));
    }
}
