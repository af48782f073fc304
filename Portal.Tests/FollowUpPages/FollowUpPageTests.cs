using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Tests.CasesPages;
using Portal.Tests.MessagePages;
using Xunit;

namespace Portal.Tests.FollowUpPages;

public sealed class FollowUpPageTests : IAsyncDisposable
{
    private readonly PageHouse _house;
    private readonly FakeCases _cases = new();

    public FollowUpPageTests() => _house = new PageHouse(more: services => services.AddSingleton<ICaseReader>(_cases));

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private void Add(string id, FollowUpReason reason, DateTimeOffset since) => _cases.Worklist.Add(
        reason is FollowUpReason.Unmatched or FollowUpReason.Ambiguous
            ? new FollowUpItem(id, reason, null, null, null, "besked-7", since, null, "Statussen passer ikke på noget registreret brev.")
            : new FollowUpItem(id, reason, "26-0412", "L-1", "Afgørelse", null, since, null, "Send brevet igen."));

    private static DateTimeOffset At(int day, int hour) => new(2026, 11, day, hour, 2, 0, TimeSpan.Zero);

    [Fact]
    public void The_oldest_stands_first_with_case_and_since()
    {
        Add("l-2", FollowUpReason.Returned, At(23, 8));
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        Add("l-3", FollowUpReason.EvidenceMissing, At(12, 13));
        var page = _house.Render<FollowUpPage>();
        var rows = page.FindAll("[data-testid=follow-up-row]");
        Assert.Equal(["evidence-missing", "failed", "returned"], rows.Select(r => r.GetAttribute("data-reason")));
        Assert.Contains("siden 12. november kl. 14.02", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("siden i går kl. 14.02", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("siden i dag kl. 09.02", rows[2].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("/sager/26-0412#brev-", rows[0].QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("3 kræver handling", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_without_a_letter_leads_to_its_message()
    {
        Add("s-1", FollowUpReason.Unmatched, At(23, 8));
        var row = _house.Render<FollowUpPage>().Find("[data-testid=follow-up-row]");
        Assert.Equal("/beskeder/besked-7", row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_reason_stands_in_the_address_and_a_link_with_one_shows_it()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        Add("s-1", FollowUpReason.Ambiguous, At(23, 8));
        var page = _house.Render<FollowUpPage>();
        page.Find("[data-testid=filter-reason]").Change("ambiguous");
        Assert.EndsWith("/opfoelgning?grund=ambiguous", _house.Address(), StringComparison.Ordinal);
        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 1);
        _house.Services.GetRequiredService<NavigationManager>().NavigateTo("/opfoelgning?grund=returned");
        page.WaitForState(() => page.Markup.Contains("Intet med den grund", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_solved_goes_and_what_comes_shows_by_itself()
    {
        var page = _house.Render<FollowUpPage>();
        Assert.Contains("Intet kræver handling", page.Markup, StringComparison.Ordinal);
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        await _house.ArriveAsync(page, () => page.FindAll("[data-testid=follow-up-row]").Count == 1);
        _cases.Worklist.Clear();
        await _house.ArriveAsync(page, () => page.FindAll("[data-testid=follow-up-row]").Count == 0);
    }
}
