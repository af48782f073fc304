using CsCheck;
using Portal.Ingestion.Operations;
using Xunit;

namespace Portal.Tests.Operations;

public sealed class OutagesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 21, 9, 0, 0, TimeSpan.Zero);

    private static DoorChange At(int seconds, string state, string node = "a/1/1", string? why = null) => new(node, "push", state, Start.AddSeconds(seconds), why);

    private static IReadOnlyList<Outage> Of(int now, int heard, params DoorChange[] changes) =>
        Outages.Of(changes, new Dictionary<string, DateTimeOffset> { ["a/1/1"] = Start.AddSeconds(heard) }, Start.AddSeconds(now));

    [Fact]
    public void A_pause_lasts_until_the_door_is_open_again() =>
        Assert.Equal([new Outage("a/1/1", "push", "paused", Start.AddSeconds(60), Start.AddSeconds(100), "Disken er fuld.")], Of(500, 500, At(0, "open"), At(60, "paused", why: "Disken er fuld."), At(100, "open")));

    [Fact]
    public void One_that_goes_on_has_no_end() => Assert.Null(Assert.Single(Of(500, 495, At(0, "open"), At(60, "refused"))).To);

    [Fact]
    public void One_of_a_process_that_is_gone_ends_with_its_last_word() => Assert.Equal(Start.AddSeconds(90), Assert.Single(Of(500, 90, At(60, "paused"))).To);

    [Fact]
    public void A_start_and_a_door_that_is_off_are_no_outages() => Assert.Empty(Of(500, 500, At(0, "connecting"), At(3, "open"), At(50, "off")));

    [Fact]
    public void Outages_of_a_door_never_overlap_and_any_order_gives_the_same() =>
        Gen.Select(Gen.Int[0, 4].Select(n => ((string[])["open", "paused", "refused", "connecting", "off"])[n]), Gen.Int[0, 1000]).Array[0, 20].Sample(raw =>
        {
            var changes = raw.DistinctBy(r => r.Item2).Select(r => At(r.Item2, r.Item1)).ToArray();
            var outages = Of(2000, 2000, changes);
            var oldestFirst = outages.Reverse().ToList();
            return outages.SequenceEqual(Of(2000, 2000, [.. changes.Reverse()]))
                && oldestFirst.Zip(oldestFirst.Skip(1)).All(pair => pair.First.To <= pair.Second.From)
                && outages.All(o => (o.To ?? Start.AddSeconds(2000)) - o.From >= Outages.Shortest);
        });
}
