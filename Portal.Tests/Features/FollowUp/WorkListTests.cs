using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Features.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Storage.Views;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

/// <summary>The worklist as a list: order, columns, density, saved views, files, and undo of many.</summary>
public sealed class WorkListTests : IAsyncDisposable
{
    private readonly PageFixture _fixture;
    private readonly FakeCases _cases = new();
    private readonly FakeWorklist _worklist;

    public WorkListTests()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
        foreach (var id in (string[])["l-1", "l-2"])
        {
            _cases.Worklist.Add(new FollowUpItem(
                id, FollowUpReason.Failed, "26-0412", "L-1", "Afgørelse", null, FakeCases.Sent, null,
                LocalizedText.AsSent("Send brevet igen.")) { RecipientName = "Anna Lejer" });
        }
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<FollowUpPage> Open(string query)
    {
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo($"/opfoelgning{query}");
        return _fixture.Render<FollowUpPage>();
    }

    private static string[] Headings(IRenderedComponent<FollowUpPage> page) =>
        [.. page.FindAll("[data-testid=worklist] thead th").Skip(1).Select(th => th.TextContent.Trim())];

    [Fact]
    public void Its_order_is_in_the_address_and_asked_of_the_database_and_the_heading_says_it()
    {
        var page = Open("?grund=failed");
        Assert.Equal("ascending", page.Find("th:has([data-testid=sort-siden])").GetAttribute("aria-sort"));
        Assert.Equal("/opfoelgning?grund=failed&sort=-siden", page.Find("[data-testid=sort-siden]").GetAttribute("href"));
        Assert.Equal("/opfoelgning?grund=failed&sort=grund", page.Find("[data-testid=sort-grund]").GetAttribute("href"));

        page = Open("?sort=-siden");
        Assert.True(_worklist.Asked[^1].NewestFirst);
        Assert.Equal("descending", page.Find("th:has([data-testid=sort-siden])").GetAttribute("aria-sort"));
        Assert.Equal("/opfoelgning", page.Find("[data-testid=sort-siden]").GetAttribute("href"));

        page = Open("?sort=grund");
        Assert.True(_worklist.Asked[^1].ByReason);
        Assert.Equal("ascending", page.Find("th:has([data-testid=sort-grund])").GetAttribute("aria-sort"));
        Assert.False(page.Find("th:has([data-testid=sort-siden])").HasAttribute("aria-sort"));
    }

    [Fact]
    public void Columns_and_density_are_in_the_address_and_the_file_has_them_too()
    {
        Assert.Equal(["Grund", "Sag og brev", "Modtager", "Siden", "Alder", "Hvad er der sket", "Tildelt", "Seneste"], Headings(Open("")));
        var page = Open("?kol=modtager,brev&taet=1");
        Assert.Equal(["Grund", "Sag og brev", "Modtager", "Brevets id"], Headings(page));
        Assert.Equal(
            "/api/opfoelgning/eksport.xlsx?kol=modtager%2Cbrev&taet=1", page.Find("[data-testid=export-xlsx]").GetAttribute("href"));
        page.Find("[data-testid=list-look] > button").Click();
        page.Find("[data-testid=column-ejer]").Change(true);
        Assert.EndsWith("/opfoelgning?kol=modtager%2Cejer%2Cbrev&taet=1", _fixture.Address(), StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["Grund", "Sag og brev", "Modtager", "Tildelt", "Brevets id"], Headings(page)));
    }

    [Theory]
    [InlineData(WorkActionKind.Reopened, "Sofie", null, "Åbnet igen")]
    [InlineData(WorkActionKind.Noted, "Sofie", "Ringer i morgen", "Note: Ringer i morgen")]
    [InlineData(WorkActionKind.OpenedByStatus, "", "Fejlet", "Åbnet igen af en ny status: »Fejlet«")]
    public void The_file_says_what_happened_last_as_the_page_does_also_when_nobody_wrote_a_note(
        WorkActionKind kind, string by, string? text, string said) =>
        Assert.Equal(said, WorkActionText.Danish(new WorkEntry(kind, FakeCases.Sent, by, text, null)));

    [Fact]
    public void On_a_telephone_the_filters_lie_behind_a_button_that_counts_those_that_are_set()
    {
        var page = Open("?grund=failed&alder=3&taet=1");
        var button = page.Find("[data-testid=list-filters]");
        Assert.Contains("Filtre (2 valgt)", button.TextContent, StringComparison.Ordinal);
        Assert.Equal("false", button.GetAttribute("aria-expanded"));
        Assert.NotNull(page.Find("[data-testid=filter-reason]").Closest(".d-none"));
        button.Click();
        Assert.Equal("true", page.Find("[data-testid=list-filters]").GetAttribute("aria-expanded"));
        Assert.Null(page.Find("[data-testid=filter-reason]").Closest(".d-none"));
    }

    [Fact]
    public void A_saved_view_is_renamed_deleted_and_brought_back_and_a_refused_one_says_why()
    {
        _fixture.Views.Views.Add(new SavedView("Gamle", "alder=5"));
        var page = Open("?ejer=ingen");
        page.Find("[data-testid=rename-view]").Click();
        page.Find("[data-testid=new-name]").Input("Ældre");
        page.Find("[data-testid=kept-filter] form").Submit();
        page.WaitForAssertion(() => Assert.Equal("Ældre", page.Find("[data-testid=kept-filter] a").TextContent));
        page.Find("[data-testid=forget-filter]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=kept-filter]").Count == 0);
        Undo();
        page.WaitForAssertion(() => Assert.Equal("/opfoelgning?alder=5", page.Find("[data-testid=kept-filter] a").GetAttribute("href")));
        _fixture.Views.Outcome = SavedViewOutcome.TooMany;
        page.Find("[data-testid=filter-name]").Input("Én til");
        page.Find(".keep-filter").Submit();
        page.WaitForAssertion(
            () => Assert.Contains("du har 50", page.Find("[data-testid=view-problem]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Én til", page.Find("[data-testid=filter-name]").GetAttribute("value"));
    }

    [Fact]
    public void Many_rows_that_were_solved_together_are_opened_again_together()
    {
        var page = Open("");
        page.Find("[data-testid=pick-all]").Change(true);
        page.Find("[data-testid=bulk-resolve]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=bulk]").Count == 0);
        Undo();
        page.WaitForState(() => _worklist.Acts.Count == 4);
        Assert.Equal(
            [("l-1", 1), ("l-2", 1)],
            _worklist.Acts.Where(a => a.Act.Kind == WorkActionKind.Reopened).Select(a => (a.Row.Id, a.Row.Revision)));
    }

    private void Undo()
    {
        var snackbars = _fixture.Render<MudSnackbarProvider>();
        snackbars.FindAll("button").Last(b => b.TextContent.Contains("Fortryd", StringComparison.Ordinal)).Click();
    }
}
