using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Quarantine;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Quarantine;

public sealed class QuarantineRetryTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 13, 0, 0, TimeSpan.Zero);
    private readonly PageFixture _fixture;
    private readonly FakeQuarantine _quarantine = new();
    private readonly FakeHolds _holds = new();
    private readonly FakeRetries _retries = new();

    public QuarantineRetryTests() =>
        _fixture = new PageFixture(PortalRoles.Administrator, services => services.AddSingleton<IQuarantineReader>(_quarantine)
            .AddSingleton<IQuarantineCauses>(_quarantine).AddSingleton<IQuarantineHolds>(_holds)
            .AddSingleton<IQuarantineRetries>(_retries));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static RetrySummary Running(int kept = 1) => new("r1", At, "Birgit", 3, 1, 0, kept, 0, null, null, null);

    [Fact]
    public void Rows_are_grouped_by_their_cause_and_the_cause_says_what_to_do()
    {
        _quarantine.Add("q1");
        _quarantine.Add("q2", QuarantineReason.Conflict);
        _quarantine.Add("q3");
        var groups = _fixture.Render<QuarantinePage>().FindAll("[data-testid=quarantine-group]");
        Assert.Equal([("malformed", 2), ("conflict", 1)],
            groups.Select(g => (g.GetAttribute("data-reason")!, g.QuerySelectorAll("[data-testid=quarantine-row]").Length)));
        Assert.Contains("Afsenderen har brugt samme BeskedId", groups[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void All_a_group_or_the_chosen_are_started_on_the_server()
    {
        _quarantine.Add("q1");
        _quarantine.Add("q2", QuarantineReason.Conflict);
        var page = _fixture.Render<QuarantinePage>();
        Assert.True(page.Find("[data-testid=retry-selected]").HasAttribute("disabled"));
        Assert.Equal("Vælg mindst én nedenfor.", page.Find("[data-testid=retry-selected]").GetAttribute("title"));
        page.Find("[data-testid=retry-all]").Click();
        page.Find("[data-reason=conflict] [data-testid=retry-group]").Click();
        page.Find("[data-id=q1] [data-testid=pick]").Change(true);
        Assert.Contains("(1)", page.Find("[data-testid=retry-selected]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=retry-selected]").Click();

        Assert.Equal([null, QuarantineReason.Conflict, null], _retries.Started.Select(s => s.Reason));
        Assert.Null(_retries.Started[0].Ids);
        Assert.Equal(["q1"], _retries.Started[2].Ids!);
        Assert.True(page.Find("[data-testid=retry-selected]").HasAttribute("disabled"));
    }

    [Fact]
    public void Nothing_left_to_try_is_said()
    {
        _quarantine.Add("q1");
        _retries.Nothing = true;
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry-all]").Click();
        Assert.Contains("andre nåede det først", page.Find("[data-testid=retry-all-said]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", "optaget, og det blev ikke gjort")]
    [InlineData("store", "optaget, og det blev ikke gjort")]
    [InlineData("other", "Det kunne ikke gøres")]
    public void A_retry_that_could_not_be_started_says_so_and_can_be_started_again(string kind, string text)
    {
        _quarantine.Add("q1");
        _retries.Error = PageErrors.Error(kind);
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry-all]").Click();
        page.WaitForAssertion(() => Assert.Contains(text, page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal));
        _retries.Error = null;
        page.Find("[data-testid=retry-all]").Click();
        page.WaitForState(() => _retries.Started.Count == 1);
        Assert.Empty(page.FindAll("[data-testid=not-saved]"));
    }

    [Fact]
    public async Task Progress_and_who_started_it_show_to_whoever_looks_and_continue_by_themselves()
    {
        _retries.Retries.Add(Running());
        var page = _fixture.Render<QuarantinePage>();
        var card = page.Find("[data-testid=retry-operation]");
        Assert.Contains("Prøver igen: 2 af 3", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Startet 23.11.2026 14:00:00 af Birgit", card.TextContent, StringComparison.Ordinal);
        var progress = card.QuerySelector("[role=progressbar]")!;
        Assert.Equal(("2", "3"), (progress.GetAttribute("aria-valuenow"), progress.GetAttribute("aria-valuemax")));

        _retries.Retries[0] = Running(kept: 2) with { FinishedAt = At.AddMinutes(1) };
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-finished=true]").Count == 1);
        Assert.Contains("1 blev modtaget, 0 var kendt i forvejen, 2 kan stadig ikke modtages.",
            page.Find("[data-testid=retry-tally]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=retry-stop]"));
    }

    [Fact]
    public void A_retry_that_stopped_by_itself_says_what_was_tried_and_left_and_the_rest_can_be_tried_all_the_same()
    {
        _retries.Retries.Add(new RetrySummary("r1", At, "Birgit", 245, 2, 0, 4, 0, null, At.AddMinutes(1), null)
        {
            HeldBack = 239, SameCause = 4,
        });
        var page = _fixture.Render<QuarantinePage>();
        Assert.Contains("Stoppet af sig selv efter 6 af 245", page.Find("[data-testid=retry-operation]").TextContent,
            StringComparison.Ordinal);
        var halted = page.Find("[data-testid=retry-halted]").TextContent;
        Assert.Contains("6 blev prøvet: 2 blev modtaget, 4 står stadig af samme årsag", halted, StringComparison.Ordinal);
        Assert.Contains("De øvrige 239 er ikke prøvet og ligger her uændret; intet er gået tabt.", halted, StringComparison.Ordinal);
        page.Find("[data-testid=retry-continue]").Click();
        Assert.Equal(["r1"], _retries.Continued);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        _retries.Retries.Add(Running());
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry-stop]").Click();
        Assert.Equal(["r1"], _retries.Stopped);
    }

    [Fact]
    public void A_database_that_takes_nothing_is_waited_for_and_said()
    {
        _retries.Retries.Add(Running() with { WaitsFor = "Disken er fuld." });
        Assert.Contains("Venter på databasen: Disken er fuld. Fortsætter af sig selv.",
            _fixture.Render<QuarantinePage>().Find("[data-testid=retry-operation]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_has_its_outcome_with_a_link_to_the_message_or_the_reason()
    {
        _retries.Retries.Add(Running());
        _retries.Items.AddRange([new RetryItem(1, "q1", "accepted", null, "besked-5", At),
            new RetryItem(2, "q2", "quarantined", "Der mangler et sluttag.", null, At), new RetryItem(3, "q3", null, null, null, null)]);
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry-outcomes]").Click();
        var items = page.FindAll("[data-testid=retry-item]");
        Assert.Equal(["accepted", "quarantined", null], items.Select(i => i.GetAttribute("data-outcome")));
        Assert.Equal("/beskeder/besked-5", items[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Modtaget 23.11.2026 14:00:00", items[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Der mangler et sluttag.", items[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Ikke prøvet endnu", items[2].TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=retry-outcomes]").Click();
        Assert.Empty(page.FindAll("[data-testid=retry-item]"));
    }
}
