using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Extensions;
using Portal.Features.AccessControl;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Page;
using Portal.Features.Cases;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Gallery;
using Portal.Features.Operations;
using Portal.Features.Overview;
using Portal.Features.Quarantine;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Chains.Pages;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Operations;
using Portal.Tests.Features.Quarantine;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>
/// The same as <see cref="HeldReadTests"/> for the pages of administrators and of benefits, and for incidents and figures.
/// </summary>
public sealed class HeldFigureReadTests : HeldPage
{
    [Theory, MemberData(nameof(Orders))]
    public async Task A_reason_chosen_while_the_quarantine_opens_is_in_force(bool newestFirst)
    {
        var quarantine = new FakeQuarantine();
        quarantine.Add("q1");
        quarantine.Add("q2", QuarantineReason.MissingId);
        await using var fixture =
            new PageFixture(PortalRoles.Administrator, services => services.AddSingleton<IQuarantineReader>(quarantine)
                .AddSingleton(Gate.Before<IQuarantineCauses>(quarantine)).AddSingleton<IQuarantineRetries>(new FakeRetries())
                .AddSingleton<IQuarantineHolds>(new FakeHolds()));
        Gate.IsClosed = true;
        var page = fixture.Render<QuarantinePage>();
        await page.ChooseAsync("filter-reason", "missing-id");
        await AnswerAsync(page, newestFirst);
        Assert.EndsWith("/karantaene?grund=missing-id", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal("missing-id", page.FindComponent<MudSelect<string>>().Instance.GetState(x => x.Value));
        Assert.Equal(["missing-id"], All(page, "quarantine-row", "data-reason"));
    }

    [Fact]
    public async Task Outcomes_of_a_retry_that_were_hidden_while_they_were_read_stay_hidden()
    {
        var retries = new FakeRetries { Items = { new RetryItem(1, "q1", "accepted", null, null, null) } };
        await using var fixture =
            new PageFixture(PortalRoles.Administrator, services => services.AddSingleton(Gate.Before<IQuarantineRetries>(retries)));
        Gate.IsClosed = true;
        var card = fixture.Render<RetryCard>(p => p.Add(x => x.Retry, Retry()).Add(x => x.Viewer, fixture.Viewer));
        card.Find("[data-testid=retry-outcomes]").Click();
        await AnswerAsync(card);
        Assert.Single(card.FindAll("[data-testid=retry-item]"));
        Gate.IsClosed = true;
        card.Render(p => p.Add(x => x.Retry, Retry() with { Accepted = 2 }));
        card.Find("[data-testid=retry-outcomes]").Click();
        await AnswerAsync(card);
        Assert.Empty(card.FindAll("[data-testid=retry-item]"));
    }

    private static RetrySummary Retry() => new("r1", FakeOperations.Now, "Freja", 3, 1, 0, 0, 0, null, null, null);

    [Theory, MemberData(nameof(Orders))]
    public async Task A_filter_of_the_access_log_while_it_opens_is_in_force(bool newestFirst)
    {
        await using var fixture =
            new PageFixture(PortalRoles.Administrator, services => services.AddSingleton(Gate.Before<IAccessLog>(new Entries())));
        Gate.IsClosed = true;
        var page = fixture.Render<AccessLogPage>();
        await page.ChooseAsync("filter-kind", "person-search");
        await page.InvokeAsync(() => page.Find("form").Submit());
        await AnswerAsync(page, newestFirst);
        Assert.Contains("art=person-search", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal("person-search", Chosen(page, "filter-kind"));
        Assert.Equal(100, page.FindAll("[data-kind=person-search]").Count);

        // More rows of the previous filter are not added, nor rows of a filter that is typed but not applied.
        Gate.IsClosed = true;
        await page.InvokeAsync(() => page.Find("[data-testid=more]").Click());
        await page.ChooseAsync("filter-kind", "");
        await page.InvokeAsync(() => page.Find("form").Submit());
        await AnswerAsync(page, newestFirst);
        Assert.Equal(100, page.FindAll("[data-testid=access-row]").Count);
        await page.InvokeAsync(() => page.Find("[data-testid=filter-text]").Input("findes ikke"));
        await page.InvokeAsync(() => page.Find("[data-testid=more]").Click());
        Assert.Equal(100, page.FindAll("[data-testid=access-row]:not([data-kind=person-search])").Count);
    }

    // An access log with a hundred searches by person number and as many reveals.
    private sealed class Entries : IAccessLog
    {
        public Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<Page<AccessEntry>> ReadAsync(
            Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
        {
            var from = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
            var all = Enumerable.Range(1, 400).Select(n => n % 2 == 0 ? AccessKind.PersonSearch : AccessKind.Credentials)
                .Select((kind, n) => new AccessEntry(
                    n, kind, new AccessRecord(kind.ToWire(), "55133018", FakeOperations.Now, "p1", "Sofie")));
            return Task.FromResult(new Page<AccessEntry>(
                [.. all.Where(e => filter.Kind is null || e.Kind == filter.Kind).Skip(from).Take(limit)], $"{from + limit}"));
        }
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_stage_chosen_while_the_gallery_of_chains_reads_is_in_force(bool newestFirst)
    {
        await using var fixture = await ChainPageFixture.OpenAsync(gate: Gate);
        await fixture.ChainAsync();
        var page = fixture.Render<ChainsPage>();
        page.WaitForElement("[data-testid=chain-card]");
        Gate.IsClosed = true;
        await HoldsAsync(1, () => fixture.Fixture.Time.Advance(TimeSpan.FromSeconds(1)));
        await page.ChooseAsync<ChainStage?>("chain-stage", ChainStage.Closed);
        await page.InvokeAsync(() => page.Find("[data-testid=chain-search]").Change("huslejesager"));
        await AnswerAsync(page, newestFirst);
        Assert.Equal("huslejesager", Value(page, "chain-search"));
        Assert.Matches("tekst=huslejesager.*tilstand=closed|tilstand=closed.*tekst=huslejesager",
            fixture.Services.GetRequiredService<NavigationManager>().Uri);
        Assert.Empty(page.FindAll("[data-testid=chain-card]"));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_period_chosen_while_the_benefits_are_counted_is_in_force(bool newestFirst)
    {
        await using var fixture = await BenefitFixture.OpenAsync(gate: Gate);
        var page = fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        page.WaitForElement("[data-testid=period]");
        Gate.IsClosed = true;
        await page.ChooseAsync("period", new Period(Month.Of(2026, 1), Month.Of(2026, 3)));
        await page.ChooseAsync("period", new Period(Month.Of(2025, 1), Month.Of(2025, 12)));
        await HoldsAsync(2, () => { });
        await AnswerAsync(page, newestFirst);
        Assert.EndsWith("?fra=2025-01&til=2025-12", fixture.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        var shown = new Period(Month.Of(2025, 1), Month.Of(2025, 12)).ToString();
        page.WaitForAssertion(() => Assert.StartsWith(shown, page.Find(".benefit-period .dim").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_incident_that_was_noted_is_not_taken_away_by_a_read_that_began_before()
    {
        var notes = new FormGuardTests.Notes();
        await using var fixture = new PageFixture(more: services => services.AddSingleton(Gate.Before<ICaseNotes>(notes)));
        Gate.IsClosed = true;
        var page = fixture.Render<IncidentsPage>();
        Gate.IsClosed = false;
        await page.InvokeAsync(() => page.Find("[data-testid=incident-from]").Change("23-11-2026"));
        await page.InvokeAsync(() => page.Find("[data-testid=incident-from-time]").Change("10:00"));
        await page.InvokeAsync(() => page.Find("[data-testid=incident-text]").Input("Fjernprint lå stille"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForElement("[data-testid=incident-row]");
        await AnswerAsync(page);
        Assert.Single(page.FindAll("[data-testid=incident-row]"));
    }

    [Fact]
    public async Task An_older_answer_takes_no_newer_figures_away_from_drift_and_overview()
    {
        var operations = new FakeOperations();
        var quarantine = new FakeQuarantine();
        await using var fixture = new PageFixture(PortalRoles.Administrator, services => services
            .AddSingleton(Gate.Before<IOperationsReader>(operations)).AddSingleton(Gate.Before<IQuarantineReader>(quarantine))
            .AddSingleton<IQuarantineHolds>(new FakeHolds()).AddSingleton<Portal.Features.Operations.Tracing.MessageTracer>());
        Gate.IsClosed = true;
        var drift = fixture.Render<OperationsPage>();
        var tile = fixture.Render<QuarantineTile>(p => p.Add(x => x.Viewer, fixture.Viewer));
        Gate.IsClosed = false;
        operations.View = FakeOperations.Of(FakeOperations.Transport("push", "paused"));
        quarantine.Add("q1");
        await fixture.ArriveAsync(drift, () =>
            All(drift, "transport", "data-state").SequenceEqual(["paused"]) && tile.FindAll("[data-testid=quarantine-count]") is [var count]
            && count.TextContent == "1");
        await AnswerAsync(drift);
        Assert.Equal(["paused"], All(drift, "transport", "data-state"));
        Assert.Equal("1", tile.Find("[data-testid=quarantine-count]").TextContent);
    }
}
