using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

/// <summary>The worklist's search and period, which are in the address, except what may be a person number.</summary>
public sealed class FollowUpSearchTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 23, 30, 0, TimeSpan.Zero);
    private readonly PageFixture _fixture;
    private readonly FakeCases _cases = new();
    private readonly FakeWorklist _worklist;

    public FollowUpSearchTests()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
        Add("l-1", "26-0412", Monday);
        Add("l-2", "26-0413", Monday.AddDays(3));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private string Address => _fixture.Services.GetRequiredService<NavigationManager>().Uri;

    private void Add(string id, string number, DateTimeOffset since) => _cases.Worklist.Add(new FollowUpItem(
        id, FollowUpReason.Failed, number, $"L-{id}", "Afgørelse", null, since, null, LocalizedText.AsSent("Send brevet igen.")));

    private IRenderedComponent<FollowUpPage> Render(string query)
    {
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo($"/opfoelgning{query}");
        return _fixture.Render<FollowUpPage>();
    }

    private static string[] Rows(IRenderedComponent<FollowUpPage> page) =>
        [.. page.FindAll("[data-testid=follow-up-row]").Select(r => r.GetAttribute("data-id")!)];

    [Fact]
    public void A_search_goes_to_the_address_and_the_other_filters_stay()
    {
        var page = Render("?grund=failed");
        page.Find("[data-testid=follow-up-search]").Input(" 26-0413 ");
        page.Find("[data-testid=follow-up-find]").Closest("form")!.Submit();
        Assert.EndsWith("/opfoelgning?grund=failed&soeg=26-0413", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_gives_rows_fields_and_true_numbers()
    {
        var page = Render("?soeg=26-0412&fra=2026-11-17&til=2026-11-17");
        Assert.Equal(["l-1"], Rows(page));
        Assert.Equal(("26-0412", "17-11-2026", "17-11-2026"), (page.Find("[data-testid=follow-up-search]").GetAttribute("value"),
            page.Find("[data-testid=follow-up-from]").GetAttribute("value"),
            page.Find("[data-testid=follow-up-to]").GetAttribute("value")));
        Assert.Contains("Viser 1 af 2", page.Markup, StringComparison.Ordinal);

        // The days are Copenhagen's: half past eleven in the evening UTC is the next day there.
        Assert.Equal(["l-2"], Rows(Render("?fra=2026-11-18")));
        Assert.Empty(Rows(Render("?til=2026-11-16")));
    }

    [Theory]
    [InlineData("010101-1234")]
    [InlineData("0101011234 Anna")]
    public void A_person_number_is_neither_searched_for_nor_put_into_the_address(string text)
    {
        var page = Render("");
        page.Find("[data-testid=follow-up-search]").Input(text);
        page.Find("[data-testid=follow-up-find]").Closest("form")!.Submit();
        Assert.Contains("uden CPR-nummer", page.Find("#follow-up-search-hint").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/opfoelgning", Address, StringComparison.Ordinal);
        Assert.All(_worklist.Asked, q => Assert.Null(q.Text));
        Assert.Null(WorkChoice.Of(null, null, null).Narrowed(text, null, null).Text);
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_is_reported_and_a_wrong_day_does_not_filter()
    {
        Assert.Contains("Perioden slutter, før den begynder", Render("?fra=2026-11-18&til=2026-11-17").Markup, StringComparison.Ordinal);
        Assert.True(WorkChoice.Of(null, null, null).Narrowed(" ", "i går", "2026-13-01").IsAll);
    }
}
