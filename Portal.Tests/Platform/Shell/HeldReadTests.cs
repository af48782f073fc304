using System.Diagnostics;
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
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.People;
using Portal.Features.Messages;
using Portal.Features.Operations;
using Portal.Features.Overview;
using Portal.Features.Quarantine;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Platform.Mail;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Chains.Pages;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Operations;
using Portal.Tests.Features.Quarantine;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>
/// What a person chooses, types or presses while a page waits for the database is kept: control, address and list agree when the answers
/// have come, in any order.
/// </summary>
public sealed class HeldReadTests
{
    private const string Failed = "e225a75c-4b63-46c4-9423-77f5c8762445";
    private readonly ReadGate _gate = new();
    private readonly FakeCases _cases = new();

    /// <summary>The orders in which held answers can come.</summary>
    public static TheoryData<bool> Orders => [false, true];

    private static string[] All(IRenderedComponent<IComponent> page, string testId, string attribute) =>
        [.. page.FindAll($"[data-testid={testId}]").Select(r => r.GetAttribute(attribute) ?? "")];

    private static string Value(IRenderedComponent<IComponent> page, string testId) =>
        page.Find($"[data-testid={testId}]").GetAttribute("value") ?? "";

    private static string? Chosen(IRenderedComponent<IComponent> page, string testId) => page.FindComponents<MudBlazor.MudSelect<string>>()
        .Single(s => s.Instance.UserAttributes.GetValueOrDefault("data-testid") as string == testId).Instance.GetState(x => x.Value);

    // Answers all held calls, and those that follow from them, until none is held.
    private async Task AnswerAsync(IRenderedComponent<IComponent> page, bool newestFirst = false)
    {
        _gate.IsClosed = false;
        while (_gate.Held > 0) await page.InvokeAsync(() => _gate.Answer(newestFirst));
        await page.InvokeAsync(() => { });
    }

    // Waits until this many calls are held. The database is real, so they take a moment.
    private async Task HoldsAsync(int calls, Action pass)
    {
        var began = Stopwatch.GetTimestamp();
        while (_gate.Held < calls)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TestTimeouts.ForPages, "The page never read.");
            pass();
            await Task.Yield();
        }
    }

    private PageFixture FollowUp(out FakeWorklist worklist)
    {
        var made = worklist = new FakeWorklist(_cases);
        return new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases)
            .AddSingleton(_gate.Before<IWorklistService>(made)).AddSingleton<IHandMatching>(made).AddSingleton<ISenderMutes>(made)
            .AddSingleton(_gate.Before<IWorkPeople>(made))
            .AddSingleton<IMailer>(new SmtpMailer(new SmtpSettings(null, 25, null, null, ""))).AddScoped<FollowUpPageServices>());
    }

    private void AddWork(string id, FollowUpReason reason, string? owner = null) => _cases.Worklist.Add(
        new FollowUpItem(id, reason, "26-0412", "L-1", "Afgørelse", null, FakeCases.Sent, owner, LocalizedText.AsSent("Send brevet igen."))
        {
            Work = WorkState.Untouched with { OwnerId = owner, OwnerName = owner },
        });

    [Theory, MemberData(nameof(Orders))]
    public async Task A_reason_chosen_while_the_worklist_opens_is_in_force(bool newestFirst)
    {
        await using var fixture = FollowUp(out _);
        AddWork("l-1", FollowUpReason.Failed);
        AddWork("l-2", FollowUpReason.Returned);
        _gate.IsClosed = true;
        var page = fixture.Render<FollowUpPage>();
        await page.ChooseAsync("filter-reason", "failed");
        await AnswerAsync(page, newestFirst);
        Assert.EndsWith("/opfoelgning?grund=failed", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal("failed", page.Chosen<string>("filter-reason"));
        Assert.Equal(["l-1"], All(page, "follow-up-row", "data-id"));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_reason_chosen_while_the_first_read_of_the_worklist_never_seems_to_end_is_shown_before_it_ends(bool later)
    {
        await using var fixture = FollowUp(out _);
        AddWork("l-1", FollowUpReason.Failed);
        AddWork("l-2", FollowUpReason.Returned);
        _gate.IsClosed = true;
        var page = fixture.Render<FollowUpPage>();
        _gate.IsClosed = false;
        await page.ChooseAsync("filter-reason", "failed");
        Assert.Equal(["l-1"], All(page, "follow-up-row", "data-id"));
        if (later) await page.ChooseAsync("filter-reason", "returned");
        await AnswerAsync(page);
        Assert.Equal([later ? "l-2" : "l-1"], All(page, "follow-up-row", "data-id"));
        Assert.Equal(later ? "returned" : "failed", page.Chosen<string>("filter-reason"));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Two_quick_choices_on_the_worklist_hold_together_and_back_takes_one_away(bool newestFirst)
    {
        await using var fixture = FollowUp(out _);
        AddWork("l-1", FollowUpReason.Failed, "p2");
        AddWork("l-2", FollowUpReason.Failed);
        AddWork("l-3", FollowUpReason.Returned, "p2");
        var page = fixture.Render<FollowUpPage>();
        _gate.IsClosed = true;
        await page.ChooseAsync("filter-reason", "failed");
        await page.ChooseAsync("filter-owner", "p2");
        await AnswerAsync(page, newestFirst);
        Assert.EndsWith("/opfoelgning?grund=failed&ejer=p2", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal(("failed", "p2"), (page.Chosen<string>("filter-reason"), page.Chosen<string>("filter-owner")));
        Assert.Equal(["l-1"], All(page, "follow-up-row", "data-id"));

        _gate.IsClosed = true;
        var navigation = fixture.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/opfoelgning?grund=returned");
        navigation.NavigateTo("/opfoelgning?grund=failed");
        await AnswerAsync(page, newestFirst);
        Assert.Equal("failed", page.Chosen<string>("filter-reason"));
        Assert.Equal(["l-1", "l-2"], All(page, "follow-up-row", "data-id"));
    }

    [Fact]
    public async Task A_refresh_that_began_before_a_row_was_removed_does_not_bring_it_back()
    {
        await using var fixture = FollowUp(out _);
        AddWork("l-1", FollowUpReason.Failed);
        var page = fixture.Render<FollowUpPage>();
        _gate.IsClosed = true;
        await fixture.ArriveAsync(page, () => _gate.Held == 1);
        _gate.IsClosed = false;
        await page.InvokeAsync(() => page.Find("[data-testid=assign]").Click());
        page.WaitForState(() => page.Find("[data-testid=owner]").TextContent == "hos dig");
        await AnswerAsync(page);
        Assert.Equal("hos dig", page.Find("[data-testid=owner]").TextContent);
    }

    [Fact]
    public async Task A_page_that_was_left_while_it_read_ends_quietly_whatever_became_of_the_read()
    {
        await using var fixture = FollowUp(out _);
        _gate.IsClosed = true;
        fixture.Render<FollowUpPage>();
        Assert.True(_gate.Held > 0);
        await fixture.DisposeComponentsAsync();
        Assert.Equal(0, _gate.Held);
        _gate.Fail(new TimeoutException());
        Assert.False(fixture.Renderer.UnhandledException.IsCompleted);
    }

    private PageFixture Cases() => new(more: services => services.AddSingleton(_gate.Before<ICaseReader>(_cases)));

    [Theory, MemberData(nameof(Orders))]
    public async Task A_search_for_cases_while_the_page_opens_is_in_force(bool newestFirst)
    {
        await using var fixture = Cases();
        _cases.Add(FakeCases.Letter());
        _cases.Add(FakeCases.Letter("L-2", "26-0431"));
        _gate.IsClosed = true;
        var page = fixture.Render<CasesPage>();
        await page.InvokeAsync(() => page.Find("[data-testid=case-search]").Input("26-0431"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        await AnswerAsync(page, newestFirst);
        Assert.EndsWith("/sager?soeg=26-0431", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal("26-0431", Value(page, "case-search"));
        Assert.Equal(["26-0431"], All(page, "case-row", "data-case-number"));
    }

    [Fact]
    public async Task What_is_typed_while_the_list_of_cases_refreshes_stays_and_more_of_another_search_is_not_added()
    {
        await using var fixture = Cases();
        for (var n = 0; n < 60; n++) _cases.Add(FakeCases.Letter($"M-{n}", $"25-{n:0000}"));
        var page = fixture.Render<CasesPage>();
        _gate.IsClosed = true;
        await page.InvokeAsync(() => page.Find("[data-testid=more]").Click());
        await page.InvokeAsync(() => page.Find("[data-testid=case-search]").Input("25-0007"));
        await page.InvokeAsync(() => page.Find("form").Submit());
        await page.InvokeAsync(() => page.Find("[data-testid=case-search]").Input("25-0007 Anna 123456"));
        await AnswerAsync(page);
        Assert.Equal(["25-0007"], All(page, "case-row", "data-case-number"));
        Assert.Equal("25-0007 Anna 123456", Value(page, "case-search"));
        _cases.Add(FakeCases.Letter("N-1", "25-00071"));
        await fixture.ArriveAsync(page, () => All(page, "case-row", "data-case-number").Length == 2);
        Assert.Equal("25-0007 Anna 123456", Value(page, "case-search"));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_reason_chosen_while_the_quarantine_opens_is_in_force(bool newestFirst)
    {
        var quarantine = new FakeQuarantine();
        quarantine.Add("q1");
        quarantine.Add("q2", QuarantineReason.MissingId);
        await using var fixture =
            new PageFixture(PortalRoles.Administrator, services => services.AddSingleton<IQuarantineReader>(quarantine)
                .AddSingleton(_gate.Before<IQuarantineCauses>(quarantine)).AddSingleton<IQuarantineRetries>(new FakeRetries())
                .AddSingleton<IQuarantineHolds>(new FakeHolds()));
        _gate.IsClosed = true;
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
            new PageFixture(PortalRoles.Administrator, services => services.AddSingleton(_gate.Before<IQuarantineRetries>(retries)));
        _gate.IsClosed = true;
        var card = fixture.Render<RetryCard>(p => p.Add(x => x.Retry, Retry()).Add(x => x.Viewer, fixture.Viewer));
        card.Find("[data-testid=retry-outcomes]").Click();
        await AnswerAsync(card);
        Assert.Single(card.FindAll("[data-testid=retry-item]"));
        _gate.IsClosed = true;
        card.Render(p => p.Add(x => x.Retry, Retry() with { Accepted = 2 }));
        card.Find("[data-testid=retry-outcomes]").Click();
        await AnswerAsync(card);
        Assert.Empty(card.FindAll("[data-testid=retry-item]"));
    }

    private static RetrySummary Retry() => new("r1", FakeOperations.Now, "Freja", 3, 1, 0, 0, 0, null, null, null);

    private PageFixture Messages(out FakeMessageReader log)
    {
        var made = log = new FakeMessageReader();
        return new PageFixture(more: services => services.AddSingleton(_gate.Before<IMessageReader>(made)));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_status_chosen_while_the_stream_opens_is_in_force(bool newestFirst)
    {
        await using var fixture = Messages(out var log);
        log.Add();
        log.Add(Failed, "Fejlet");
        _gate.IsClosed = true;
        var page = fixture.Render<MessagesPage>();
        Assert.Empty(page.FindAll(".empty"));
        await page.ChooseAsync("filter-status", Failed);
        await AnswerAsync(page, newestFirst);
        Assert.Contains($"status={Failed}", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal(Failed, Chosen(page, "filter-status"));
        page.WaitForAssertion(() => Assert.Equal(["besked-2"], All(page, "message-row", "data-besked-id")));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Two_quick_choices_on_the_stream_hold_together_with_what_is_typed_and_the_pause(bool newestFirst)
    {
        await using var fixture = Messages(out var log);
        log.Add();
        var other = log.Add(FakeMessageReader.Sample(2) with { Beskedtype = "urn:x", Action = Failed });
        var page = fixture.Render<MessagesPage>();
        _gate.IsClosed = true;
        await page.ChooseAsync("filter-status", Failed);
        await page.ChooseAsync("filter-type", "urn:x");
        await page.InvokeAsync(() => page.Find("[data-testid=filter-text]").Input("besk"));
        await page.InvokeAsync(() => page.Find("[data-testid=pause]").Click());
        await AnswerAsync(page, newestFirst);
        Assert.Contains("type=urn", fixture.Address(), StringComparison.Ordinal);
        Assert.Contains($"status={Failed}", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal((Failed, "urn:x", "besk"), (Chosen(page, "filter-status"), Chosen(page, "filter-type"), Value(page, "filter-text")));
        page.WaitForAssertion(() => Assert.Equal([other.BeskedId], All(page, "message-row", "data-besked-id")));
        Assert.Single(page.FindAll("[data-testid=resume]"));

        // Clicking a row while the next filter waits keeps that filter.
        _gate.IsClosed = true;
        await page.ChooseAsync("filter-type", "");
        await page.InvokeAsync(() => page.Instance.OnChosen("besked-2", true));
        await AnswerAsync(page, newestFirst);
        Assert.Contains($"status={Failed}", fixture.Address(), StringComparison.Ordinal);
        Assert.Contains("valgt=besked-2", fixture.Address(), StringComparison.Ordinal);
        Assert.DoesNotContain("type=", fixture.Address(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_filter_of_the_access_log_while_it_opens_is_in_force(bool newestFirst)
    {
        await using var fixture =
            new PageFixture(PortalRoles.Administrator, services => services.AddSingleton(_gate.Before<IAccessLog>(new Entries())));
        _gate.IsClosed = true;
        var page = fixture.Render<AccessLogPage>();
        await page.ChooseAsync("filter-kind", "person-search");
        await page.InvokeAsync(() => page.Find("form").Submit());
        await AnswerAsync(page, newestFirst);
        Assert.Contains("art=person-search", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal("person-search", Chosen(page, "filter-kind"));
        Assert.Equal(100, page.FindAll("[data-kind=person-search]").Count);

        // More rows of the previous filter are not added, nor rows of a filter that is typed but not applied.
        _gate.IsClosed = true;
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
        await using var fixture = await ChainPageFixture.OpenAsync(gate: _gate);
        await fixture.ChainAsync();
        var page = fixture.Render<ChainsPage>();
        page.WaitForElement("[data-testid=chain-card]");
        _gate.IsClosed = true;
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
        await using var fixture = await BenefitFixture.OpenAsync(gate: _gate);
        var page = fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        page.WaitForElement("[data-testid=period]");
        _gate.IsClosed = true;
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
        await using var fixture = new PageFixture(more: services => services.AddSingleton(_gate.Before<ICaseNotes>(notes)));
        _gate.IsClosed = true;
        var page = fixture.Render<IncidentsPage>();
        _gate.IsClosed = false;
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
            .AddSingleton(_gate.Before<IOperationsReader>(operations)).AddSingleton(_gate.Before<IQuarantineReader>(quarantine))
            .AddSingleton<IQuarantineHolds>(new FakeHolds()).AddSingleton<Portal.Features.Operations.Tracing.MessageTracer>());
        _gate.IsClosed = true;
        var drift = fixture.Render<OperationsPage>();
        var tile = fixture.Render<QuarantineTile>(p => p.Add(x => x.Viewer, fixture.Viewer));
        _gate.IsClosed = false;
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
