using CsCheck;
using Portal.Ingestion.Operations;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class OutagesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 21, 9, 0, 0, TimeSpan.Zero);

    private static TransportStateChange At(int seconds, string state, string node = "a/1/1", string? why = null) =>
        new(node, "push", state, Start.AddSeconds(seconds), why);

    private static IReadOnlyList<Outage> Of(int now, int heard, params TransportStateChange[] changes) =>
        Outages.Of(changes, new Dictionary<string, DateTimeOffset> { ["a/1/1"] = Start.AddSeconds(heard) }, Start.AddSeconds(now));

    [Fact]
    public void A_pause_lasts_until_the_transport_is_open_again() =>
        Assert.Equal([new Outage("a/1/1", "push", "paused", Start.AddSeconds(60), Start.AddSeconds(100), "Disken er fuld.")],
            Of(500, 500, At(0, "open"), At(60, "paused", why: "Disken er fuld."), At(100, "open")));

    [Fact]
    public void An_ongoing_outage_has_no_end() => Assert.Null(Assert.Single(Of(500, 495, At(0, "open"), At(60, "refused"))).To);

    [Fact]
    public void An_outage_of_a_vanished_process_ends_at_its_last_report() =>
        Assert.Equal(Start.AddSeconds(90), Assert.Single(Of(500, 90, At(60, "paused"))).To);

    [Fact]
    public void Whatever_states_a_transport_goes_through_until_it_is_open_again_is_one_outage_told_as_the_longest_of_them() =>
        Assert.Equal(
            [new Outage("a/1/1", "push", "paused", Start.AddSeconds(60), Start.AddSeconds(95), "Serveren er ved at starte.")],
            Of(
                500, 500, At(0, "open"), At(60, "lost"), At(64, "paused", why: "Serveren er ved at starte."), At(86, "paused"),
                At(90, "refused"), At(95, "open")));

    [Fact]
    public void A_silence_that_others_noted_and_the_states_that_the_process_told_when_it_could_speak_again_are_one_outage() =>
        Assert.Equal(
            (60, 130),
            Assert.Single(Of(500, 500, At(0, "open"), At(60, "silent"), At(65, "paused"), At(130, "open"))) is var o
                ? ((o.From - Start).TotalSeconds, (o.To - Start)?.TotalSeconds) : default);

    [Fact]
    public void Short_states_one_after_another_are_an_outage_when_they_are_long_together() =>
        Assert.Equal(
            TimeSpan.FromSeconds(16),
            Assert.Single(Of(500, 500, At(0, "open"), At(60, "lost"), At(68, "paused"), At(76, "open"))) is var o ? o.To - o.From : null);

    [Fact]
    public void A_start_and_a_transport_that_is_off_are_no_outages() =>
        Assert.Empty(Of(500, 500, At(0, "connecting"), At(3, "open"), At(50, "off")));

    [Fact]
    public void Outages_of_a_transport_never_overlap_and_any_order_gives_the_same() =>
        Gen.Select(Gen.Int[0, 4].Select(n => ((string[])["open", "paused", "refused", "connecting", "off"])[n]), Gen.Int[0, 1000]).Array[0,
            20].Sample(raw =>
            {
                var changes = raw.DistinctBy(r => r.Item2).Select(r => At(r.Item2, r.Item1)).ToArray();
                var outages = Of(2000, 2000, changes);
                var oldestFirst = outages.Reverse().ToList();
                return outages.SequenceEqual(Of(2000, 2000, [.. changes.Reverse()]))
                    && oldestFirst.Zip(oldestFirst.Skip(1)).All(pair => pair.First.To <= pair.Second.From)
                    && outages.All(o => (o.To ?? Start.AddSeconds(2000)) - o.From >= Outages.Shortest);
            });

    private const long Began = 1_800_000_000;

    private static string Node(string machine, int process, int startedAfter) => $"{machine}/{process}/{Began + startedAfter}";

    private static TransportStateChange Of(string node, int seconds, string state) =>
        new(node, "amqp", state, DateTimeOffset.FromUnixTimeSeconds(Began + seconds), null);

    private static IReadOnlyList<Outage> Fold(int now, params TransportStateChange[] changes) =>
        Outages.Of(changes, changes.GroupBy(c => c.Node).ToDictionary(g => g.Key, g => g.Max(c => c.At)),
            DateTimeOffset.FromUnixTimeSeconds(Began + now));

    [Theory]
    [InlineData("silent")]
    [InlineData("stopped")]
    public void A_process_that_is_gone_is_an_outage_until_another_took_its_place_and_is_kept_afterwards(string gone)
    {
        var (first, second) = (Node("vm", 1, 0), Node("vm", 2, 130));
        var outage = Assert.Single(
            Fold(100_000, Of(first, 0, "open"), Of(first, 100, gone), Of(second, 131, "connecting"), Of(second, 133, "open")));
        Assert.Equal((first, gone, 100L, 133L),
            (outage.Node, outage.State, outage.From.ToUnixTimeSeconds() - Began, outage.To!.Value.ToUnixTimeSeconds() - Began));
    }

    [Fact]
    public void In_containers_the_new_process_has_another_machine_name() =>
        Assert.Equal(TimeSpan.FromSeconds(20), Assert.Single(Fold(500, Of(Node("pod-a", 1, 0), 0, "open"),
            Of(Node("pod-a", 1, 0), 100, "stopped"), Of(Node("pod-b", 1, 118), 120, "open"))) is var o ? o.To - o.From : null);

    [Fact]
    public void When_the_new_one_was_open_before_the_old_one_stopped_nothing_was_out() =>
        Assert.Equal(TimeSpan.Zero, Assert.Single(
            Fold(500, Of(Node("a", 1, 0), 0, "open"), Of(Node("b", 1, 90), 95, "open"), Of(Node("a", 1, 0), 100, "stopped"))) is var o
            ? o.To - o.From
            : null);

    [Fact]
    public void Of_two_that_died_one_start_ends_one_and_that_on_its_own_machine()
    {
        var outages = Fold(500, Of(Node("a", 1, 0), 0, "open"), Of(Node("b", 1, 0), 0, "open"), Of(Node("a", 1, 0), 100, "silent"),
            Of(Node("b", 1, 0), 101, "silent"), Of(Node("b", 2, 200), 205, "open"));
        Assert.Null(Assert.Single(outages, o => o.Node == Node("a", 1, 0)).To);
        Assert.Equal(205, Assert.Single(outages, o => o.Node == Node("b", 1, 0)).To!.Value.ToUnixTimeSeconds() - Began);
    }

    [Fact]
    public void The_same_silence_noted_by_two_is_one_outage_and_ends_when_the_process_speaks_again() =>
        Assert.Equal([(100L, 160L)], Fold(500, Of(Node("a", 1, 0), 0, "open"), Of(Node("a", 1, 0), 100, "silent"),
            Of(Node("a", 1, 0), 100, "silent"), Of(Node("a", 1, 0), 160, "open"))
            .Select(o => (o.From.ToUnixTimeSeconds() - Began, o.To!.Value.ToUnixTimeSeconds() - Began)));

    [Fact]
    public void An_outage_of_a_process_not_restarted_for_a_day_ends() =>
        Assert.Equal(
            TimeSpan.FromDays(1), Assert.Single(Fold(300_000, Of(Node("a", 1, 0), 0, "open"), Of(Node("a", 1, 0), 100, "silent"))) is var o
                ? o.To - o.From
                : null);
}
