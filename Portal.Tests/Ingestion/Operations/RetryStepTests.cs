using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

/// <summary>A retry tries one row of a cause, then five, fifty and the rest, and stops by itself at the same cause.</summary>
public sealed class RetryStepTests
{
    private static readonly Viewer Adm = IngestionFixture.Administrator();

    private static string NoId(int n) =>
        $"""<k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0"><k:Beskedkuvert n="{n}"/></k:Haendelsesbesked>""";

    private static async Task<List<string>> FillAsync(OperationsFixture fixture, int count)
    {
        var ids = new List<string>();
        for (var n = 0; n < count; n++)
            ids.Add(((DeliveryOutcome.Quarantined)await fixture.Fixture.ReceiveAsync(NoId(n))).QuarantineId);
        return ids;
    }

    private static async Task<RetrySummary> OnlyAsync(OperationsFixture fixture) =>
        Assert.Single(await fixture.Retries.ListAsync(Adm, 10, default));

    [Fact]
    public void Steps_are_one_five_fifty_and_the_rest() => Gen.Int[0, 5000].Sample(
        index => RetrySteps.Of(index) == (index < 1 ? 0 : index < 6 ? 1 : index < 56 ? 2 : 3));

    [Fact]
    public async Task When_the_first_row_stays_for_the_same_cause_the_others_are_not_tried_and_are_untouched()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await FillAsync(fixture, 20);
        await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        Assert.True(await fixture.Runner.RunNextAsync(default));
        var retry = await OnlyAsync(fixture);
        Assert.Equal((20, 1, 1, 1, 19), (retry.Total, retry.Tried, retry.Kept, retry.SameCause, retry.HeldBack));
        Assert.NotNull(retry.FinishedAt);
        Assert.Null(retry.StoppedBy);
        Assert.Equal(20, await fixture.Fixture.Quarantine.CountAsync(Adm, default));
        Assert.False(await fixture.Runner.RunNextAsync(default));
    }

    [Fact]
    public async Task A_cause_that_is_mended_for_the_first_only_stops_after_the_step_of_five()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var ids = await FillAsync(fixture, 60);
        await RetryTests.HealAsync(fixture, ids[0], IngestionFixture.Envelope("et"));
        await RetryTests.HealAsync(fixture, ids[3], IngestionFixture.Envelope("fire"));
        await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        await fixture.Runner.RunNextAsync(default);
        var retry = await OnlyAsync(fixture);
        Assert.Equal((6, 2, 4, 54), (retry.Tried, retry.Accepted, retry.SameCause, retry.HeldBack));
    }

    [Fact]
    public async Task Continued_it_tries_the_rest_in_one_go_and_says_who_wanted_it()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await FillAsync(fixture, 8);
        var id = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        Assert.False(await fixture.Retries.ContinueAsync(Adm, id, default));
        await fixture.Runner.RunNextAsync(default);
        Assert.False(await fixture.Retries.ContinueAsync(IngestionFixture.Administrator("11111111"), id, default));
        Assert.True(await fixture.Retries.ContinueAsync(Adm, id, default));
        Assert.True(await fixture.Runner.RunNextAsync(default));
        var retry = await OnlyAsync(fixture);
        Assert.Equal((8, 8, 0, "Anders"), (retry.Total, retry.Tried, retry.HeldBack, retry.ContinuedBy));
        Assert.False(await fixture.Retries.ContinueAsync(Adm, id, default));
        Assert.Equal(8, (await fixture.Retries.ItemsAsync(Adm, id, 0, 100, default)).Count);
    }

    [Fact]
    public async Task A_cause_that_fails_does_not_stop_another_and_the_set_stays_as_it_was_at_the_click()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var ids = await FillAsync(fixture, 4);
        var other = ((DeliveryOutcome.Quarantined)await fixture.Fixture.ReceiveAsync("<a>")).QuarantineId;
        await RetryTests.HealAsync(fixture, other, IngestionFixture.Envelope("anden"));
        var id = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        await FillAsync(fixture, 6);
        await fixture.Runner.RunNextAsync(default);
        var retry = await OnlyAsync(fixture);
        Assert.Equal((5, 1, 1, 3), (retry.Total, retry.Accepted, retry.SameCause, retry.HeldBack));
        Assert.Equal([ids[0], other],
            (await fixture.Retries.ItemsAsync(Adm, id, 0, 100, default)).Where(i => i.Outcome is not null).Select(i => i.QuarantineId));
    }

    [Fact]
    public async Task A_row_that_now_stays_for_another_cause_does_not_stop_the_rest()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var ids = await FillAsync(fixture, 3);
        await RetryTests.HealAsync(fixture, ids[0], "<b>"u8.ToArray());
        foreach (var id in ids[1..]) await RetryTests.HealAsync(fixture, id, IngestionFixture.Envelope($"ny-{id}"));
        await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        await fixture.Runner.RunNextAsync(default);
        var retry = await OnlyAsync(fixture);
        Assert.Equal((3, 2, 1, 0), (retry.Tried, retry.Accepted, retry.Kept, retry.SameCause));
    }
}
