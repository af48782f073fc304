using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Features.AccessControl;
using Portal.Features.Cases;
using Portal.Ingestion.Letters;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Cases;

public sealed class CasesPageTests : IAsyncDisposable
{
    private readonly PageFixture _fixture;
    private readonly FakeCases _cases = new();
    private readonly CapturedLog<PersonSearch> _log = new();

    public CasesPageTests()
    {
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddSingleton<ILogger<PersonSearch>>(_log));
        _cases.Add(FakeCases.Letter());
        _cases.Add(FakeCases.Letter("L-2", "26-0431"));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static int Rows(IRenderedComponent<CasesPage> page) => page.FindAll("[data-testid=case-row]").Count;

    [Fact]
    public void The_latest_cases_are_there_when_nothing_is_searched_for()
    {
        var page = _fixture.Render<CasesPage>();
        Assert.Equal(2, Rows(page));
        Assert.Equal("/sager/26-0412", page.Find("[data-testid=case-row] a").GetAttribute("href"));
    }

    [Fact]
    public void A_search_is_in_the_address()
    {
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=case-search]").Input("26-0431");
        page.Find("form").Submit();
        Assert.EndsWith("/sager?soeg=26-0431", _fixture.Address(), StringComparison.Ordinal);
        page.WaitForState(() => Rows(page) == 1);
        Assert.Equal("26-0431", page.Find("[data-testid=case-row]").GetAttribute("data-case-number"));
    }

    [Fact]
    public void The_file_is_said_to_have_the_rows_shown_or_all_when_more_can_be_shown()
    {
        string File(IRenderedComponent<CasesPage> page) => page.Find("[data-testid=export-csv]").TextContent.Trim();
        Assert.Equal("CSV (2)", File(_fixture.Render<CasesPage>()));
        for (var number = 0; number < 60; number++) _cases.Add(FakeCases.Letter($"L-{number + 3}", $"27-{number:D4}"));
        var page = _fixture.Render<CasesPage>();
        Assert.Equal("CSV (alle)", File(page));
        page.Find("[data-testid=more]").Click();
        page.WaitForState(() => File(page) == "CSV (62)");
    }

    [Fact]
    public void In_english_one_letter_needs_attention_and_its_days_are_english()
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        var page = _fixture.Render<CasesPage>();
        var texts = _fixture.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<CaseTexts>>();
        Assert.Equal("1 needs attention", texts["NeedsAttentionOne"]);
        Assert.Contains("13 February 2023 12:21:40", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sager?soeg=26-0431")]
    [InlineData("/sager?q=26-0431")]
    public void A_link_with_a_search_shows_what_it_says(string link)
    {
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo(link);
        Assert.Equal(1, Rows(_fixture.Render<CasesPage>()));
    }

    [Theory]
    [InlineData("010101-1234")]
    [InlineData("0101011234")]
    public void A_person_number_asks_for_a_purpose_and_is_never_in_address_or_log(string number)
    {
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=case-search]").Input(number);
        page.Find("form").Submit();
        Assert.EndsWith("/", _fixture.Address(), StringComparison.Ordinal);
        Assert.Contains("010101-xxxx", page.Find("[data-testid=person-search]").TextContent, StringComparison.Ordinal);

        page.Find("[data-testid=person-search]").Submit();
        Assert.Empty(_cases.SearchedPersons);
        Assert.Contains("Skriv med få ord", page.Markup, StringComparison.Ordinal);

        page.Find("[data-testid=cpr-purpose]").Input("aktindsigt");
        page.Find("[data-testid=person-search]").Submit();
        page.WaitForState(() => page.Markup.Contains("2 sager med breve til 010101-xxxx", StringComparison.Ordinal));
        Assert.Equal("0101011234", Assert.Single(_cases.SearchedPersons).Reveal());
        Assert.Equal("A search by person number: viewer p1, hits 2", Assert.Single(_log.Lines));
        var (viewer, note) = Assert.Single(_fixture.Access.Notes);
        Assert.Equal(("p1", AccessKind.PersonSearch, "aktindsigt", 2), (viewer.Id, note.Kind, note.Purpose, note.Hits));
        Assert.DoesNotContain("1234", _fixture.Address(), StringComparison.Ordinal);
        Assert.DoesNotContain("1234", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(_cases.Searched, t => t?.Contains("1234", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_purpose_with_a_person_number_is_refused()
    {
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=case-search]").Input("010101-1234");
        page.Find("[data-testid=cpr-purpose]").Input("om 020202-1234");
        page.Find("[data-testid=person-search]").Submit();
        Assert.Empty(_log.Lines);
        Assert.Contains("uden CPR-nummer", page.Find("#cpr-purpose-hint").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_number_among_words_is_not_searched_for()
    {
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=case-search]").Input("Anna 010101-1234");
        page.Find("form").Submit();
        Assert.Contains("CPR-nummer", page.Find("#case-search-hint").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("soeg", _fixture.Address(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_person_number_is_not_searched_for_while_it_is_typed()
    {
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=case-search]").Input("010101-12");
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain("0101", _fixture.Address(), StringComparison.Ordinal);
    }

    [Fact]
    public void Typing_searches_after_a_pause()
    {
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=case-search]").Input("Anna");
        page.WaitForState(() =>
        {
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(500));
            return _fixture.Address().EndsWith("?soeg=Anna", StringComparison.Ordinal);
        });
        Assert.Contains("Anna", _cases.Searched);
    }

    [Fact]
    public void A_link_with_a_person_number_is_cleaned()
    {
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/sager?soeg=010101-1234");
        var page = _fixture.Render<CasesPage>();
        Assert.EndsWith("/sager", _fixture.Address(), StringComparison.Ordinal);
        Assert.Contains("010101-xxxx", page.Find("[data-testid=person-search]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, Rows(page));
    }

    [Fact]
    public async Task A_case_whose_verdict_changed_is_marked_and_reported_and_what_one_asked_for_is_not()
    {
        for (var n = 0; n < 60; n++) _cases.Add(FakeCases.Letter($"M-{n}", $"25-{n:0000}"));
        var page = _fixture.Render<CasesPage>();
        page.Find("[data-testid=more]").Click();
        Assert.Empty(page.FindAll("[data-testid=news-mark]"));
        _cases.Cases[1] =
            new CaseView("26-0431", "huslejenaevn", false, [FakeCases.Letter("L-2", "26-0431") with { Verdict = Verdict.Failed }]);
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=news-mark]").Count == 1);
        Assert.Equal("26-0431", page.Find("[data-testid=news-mark]").Closest("[data-testid=case-row]")!.GetAttribute("data-case-number"));
        var element = page.Find("[data-testid=news-told]");
        Assert.Equal("polite", element.GetAttribute("aria-live"));
        Assert.StartsWith("Nyt kl. ", element.TextContent, StringComparison.Ordinal);
        Assert.EndsWith(": 1 sag er kommet til eller ændret.", element.TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=case-search]").Input("26-0431");
        page.Find("form").Submit();
        page.WaitForState(() => page.FindAll("[data-testid=news-mark]").Count == 0);
        Assert.Equal("", page.Find("[data-testid=news-told]").TextContent);
    }

    [Fact]
    public async Task A_new_case_shows_by_itself_and_more_are_shown_on_demand()
    {
        for (var n = 0; n < 60; n++) _cases.Add(FakeCases.Letter($"M-{n}", $"25-{n:0000}"));
        var page = _fixture.Render<CasesPage>();
        Assert.Equal(50, Rows(page));
        page.Find("[data-testid=more]").Click();
        Assert.Equal(62, Rows(page));
        _cases.Add(FakeCases.Letter("N-1", "27-0001"));
        await _fixture.ArriveAsync(page, () => page.Markup.Contains("Vis flere", StringComparison.Ordinal));
        page.Find("[data-testid=more]").Click();
        Assert.Equal(63, Rows(page));
    }
}
