using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.People;
using Portal.Features.Messages;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Platform.Mail;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>
/// What a person chooses, types or presses while a page waits for the database is kept: control, address and list agree when the answers
/// have come, in any order.
/// </summary>
public sealed class HeldReadTests : HeldPage
{
    private const string Failed = "e225a75c-4b63-46c4-9423-77f5c8762445";

    private readonly FakeCases _cases = new();

    private PageFixture FollowUp(out FakeWorklist worklist)
    {
        var made = worklist = new FakeWorklist(_cases);
        return new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases)
            .AddSingleton(Gate.Before<IWorklistService>(made)).AddSingleton<IHandMatching>(made).AddSingleton<ISenderMutes>(made)
            .AddSingleton(Gate.Before<IWorkPeople>(made))
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
        Gate.IsClosed = true;
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
        Gate.IsClosed = true;
        var page = fixture.Render<FollowUpPage>();
        Gate.IsClosed = false;
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
        Gate.IsClosed = true;
        await page.ChooseAsync("filter-reason", "failed");
        await page.ChooseAsync("filter-owner", "p2");
        await AnswerAsync(page, newestFirst);
        Assert.EndsWith("/opfoelgning?grund=failed&ejer=p2", fixture.Address(), StringComparison.Ordinal);
        Assert.Equal(("failed", "p2"), (page.Chosen<string>("filter-reason"), page.Chosen<string>("filter-owner")));
        Assert.Equal(["l-1"], All(page, "follow-up-row", "data-id"));

        Gate.IsClosed = true;
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
        Gate.IsClosed = true;
        await fixture.ArriveAsync(page, () => Gate.Held == 1);
        Gate.IsClosed = false;
        await page.InvokeAsync(() => page.Find("[data-testid=assign]").Click());
        page.WaitForState(() => page.Find("[data-testid=owner]").TextContent == "hos dig");
        await AnswerAsync(page);
        Assert.Equal("hos dig", page.Find("[data-testid=owner]").TextContent);
    }

    [Fact]
    public async Task A_page_that_was_left_while_it_read_ends_quietly_whatever_became_of_the_read()
    {
        await using var fixture = FollowUp(out _);
        Gate.IsClosed = true;
        fixture.Render<FollowUpPage>();
        Assert.True(Gate.Held > 0);
        await fixture.DisposeComponentsAsync();
        Assert.Equal(0, Gate.Held);
        Gate.Fail(new TimeoutException());
        Assert.False(fixture.Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task A_press_on_a_row_is_answered_at_once_and_a_second_press_meanwhile_does_nothing()
    {
        await using var fixture = FollowUp(out var worklist);
        AddWork("l-1", FollowUpReason.Failed);
        var page = fixture.Render<FollowUpPage>();
        Gate.IsClosed = true;
        var first = page.InvokeAsync(() => page.Find("[data-testid=assign]").ClickAsync(new()));
        page.WaitForState(() => page.Find("[data-testid=assign]").GetAttribute("aria-busy") == "true");
        Assert.Single(page.FindAll("[data-testid=assign] .mud-progress-circular"));
        await page.InvokeAsync(() => page.Find("[data-testid=assign]").ClickAsync(new()));
        await AnswerAsync(page);
        await first;
        Assert.Single(worklist.Acts);
        Assert.False(page.Find("[data-testid=assign]").HasAttribute("aria-busy"));
    }

    private PageFixture Cases() => new(more: services => services.AddSingleton(Gate.Before<ICaseReader>(_cases)));

    [Theory, MemberData(nameof(Orders))]
    public async Task A_search_for_cases_while_the_page_opens_is_in_force(bool newestFirst)
    {
        await using var fixture = Cases();
        _cases.Add(FakeCases.Letter());
        _cases.Add(FakeCases.Letter("L-2", "26-0431"));
        Gate.IsClosed = true;
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
        Gate.IsClosed = true;
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

    private PageFixture Messages(out FakeMessageReader log)
    {
        var made = log = new FakeMessageReader();
        return new PageFixture(more: services => services.AddSingleton(Gate.Before<IMessageReader>(made)));
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_status_chosen_while_the_stream_opens_is_in_force(bool newestFirst)
    {
        await using var fixture = Messages(out var log);
        log.Add();
        log.Add(Failed, "Fejlet");
        Gate.IsClosed = true;
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
        Gate.IsClosed = true;
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
        Gate.IsClosed = true;
        await page.ChooseAsync("filter-type", "");
        await page.InvokeAsync(() => page.Instance.OnChosen("besked-2", true));
        await AnswerAsync(page, newestFirst);
        Assert.Contains($"status={Failed}", fixture.Address(), StringComparison.Ordinal);
        Assert.Contains("valgt=besked-2", fixture.Address(), StringComparison.Ordinal);
        Assert.DoesNotContain("type=", fixture.Address(), StringComparison.Ordinal);
    }
}
