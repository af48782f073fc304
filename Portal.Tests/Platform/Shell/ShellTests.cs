using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Platform.Shell;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Quarantine;
using Xunit;

namespace Portal.Tests.Platform.Shell;

public sealed class ShellTests
{
    [Theory]
    [InlineData(PortalRoles.Facilitator, "/ /beskedkatalog /effektkaeder")]
    [InlineData(PortalRoles.Caseworker, "/ /sager /opfoelgning /beskeder")]
    [InlineData(PortalRoles.Manager, "/ /effektkaeder")]
    [InlineData(
        PortalRoles.Administrator, "/ /sager /opfoelgning /beskeder /beskedkatalog /karantaene /effektkaeder /drift /adgang /adgangslog")]
    public async Task The_menu_shows_only_what_the_role_may_open(string role, string links)
    {
        await using var fixture = new PageFixture(role);
        var menu = fixture.Render<NavMenu>(p => p.Add(x => x.Viewer, fixture.Viewer));
        Assert.Equal(links, string.Join(' ', menu.FindAll("a").Select(a => a.GetAttribute("href"))));
    }

    [Fact]
    public async Task The_menu_counts_the_worklist_and_the_quarantine_beside_their_links_and_in_their_names()
    {
        var quarantine = new FakeQuarantine();
        quarantine.Add("q1");
        quarantine.Add("q2");
        await using var fixture = new PageFixture(
            PortalRoles.Administrator, s => s.AddSingleton<Portal.Ingestion.Quarantine.IQuarantineReader>(quarantine));
        var menu = fixture.Render<NavMenu>(p => p.Add(x => x.Viewer, fixture.Viewer));
        Assert.Equal(["7", "2"], menu.FindAll(".nav-counted > .chip[aria-hidden=true]").Select(b => b.TextContent));
        Assert.Contains("7 kræver handling", menu.Find("a[href='/opfoelgning']").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 venter", menu.Find("a[href='/karantaene']").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.Delivered, "✓", "Afleveret", "ok")]
    [InlineData(Verdict.HandedToPost, "✉", "Overgivet til post", "info")]
    [InlineData(Verdict.OnItsWay, "→", "På vej", "grey")]
    [InlineData(Verdict.EvidenceMissing, "!", "Mangler bevis", "warn")]
    [InlineData(Verdict.Failed, "✕", "Fejlet", "bad")]
    [InlineData(Verdict.Returned, "↩", "Retur", "vio")]
    [InlineData(Verdict.Recalled, "⊘", "Tilbagekaldt", "grey")]
    public async Task A_verdict_has_icon_word_and_colour(Verdict verdict, string icon, string word, string colour)
    {
        await using var fixture = new PageFixture();
        var chip = fixture.Render<VerdictChip>(p => p.Add(x => x.Verdict, verdict)).Find(".chip");
        Assert.Equal($"{icon} {word}", chip.TextContent);
        Assert.Contains(colour, chip.ClassList);
    }

    [Fact]
    public async Task The_search_field_never_puts_a_cpr_number_into_the_address()
    {
        await using var fixture = new PageFixture();
        var search = Searching(fixture);
        search.Find("input").Input("010101-1234");
        await search.Find("form").SubmitAsync();
        var navigation = fixture.Services.GetRequiredService<NavigationManager>();
        Assert.DoesNotContain("1234", navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("Søg på personnummer", search.Markup, StringComparison.Ordinal);
        search.Find("input").Input("26-0412");
        await search.Find("form").SubmitAsync();
        Assert.EndsWith("/sager?q=26-0412", navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalRoles.Caseworker, "drift", "search:Søg efter »drift« i sager")]
    [InlineData(PortalRoles.Administrator, "drift", "search:Søg efter »drift« i sager;page:Drift;case:26-0412")]
    [InlineData(PortalRoles.Manager, "effekt", "page:Effektkæder;case:26-0412")]
    [InlineData(PortalRoles.Administrator, "d", "")]
    [InlineData(PortalRoles.Administrator, "drift 010101-1234", "")]
    public async Task The_search_field_suggests_what_the_viewer_may_open(string role, string text, string expected)
    {
        var asked = new List<string>();
        await using var fixture = new PageFixture(role, services => services.AddSingleton<ISearchSource, PageSearch>()
            .AddSingleton<ISearchSource>(new OneCase(asked, role != PortalRoles.Caseworker)));
        var field = Searching(fixture).FindComponent<MudAutocomplete<SearchHit>>();
        var hits = await field.InvokeAsync(async () => await (field.Instance.SearchFunc ?? throw new InvalidOperationException())(text,
            default)!);
        Assert.Equal(expected, string.Join(';', hits.Select(h => $"{h.Kind}:{h.Text}")));
        Assert.DoesNotContain(asked, t => t.Contains("1234", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suggestions_that_are_read_after_enter_was_pressed_are_not_shown()
    {
        await using var fixture = new PageFixture(PortalRoles.Caseworker, services => services
            .AddSingleton<ISearchSource>(new OneCase([], finds: true)));
        var search = Searching(fixture);
        var field = search.FindComponent<MudAutocomplete<SearchHit>>();
        Task<int> CountAsync(string typed = "26-0412") =>
            field.InvokeAsync(async () => (await field.Instance.SearchFunc!(typed, default)!).Count());
        search.Find("input").Input("26-0412");
        Assert.Equal(2, await CountAsync());
        await search.Find("form").SubmitAsync();
        Assert.Equal(0, await CountAsync());
        search.Find("input").Input("26-041");
        Assert.Equal(2, await CountAsync("26-041"));
    }

    [Fact]
    public async Task Enter_keeps_the_suggestions_of_who_may_not_search_the_cases()
    {
        await using var fixture = new PageFixture(PortalRoles.Facilitator, services => services
            .AddSingleton<ISearchSource>(new OneCase([], finds: true)));
        var search = Searching(fixture);
        var field = search.FindComponent<MudAutocomplete<SearchHit>>();
        search.Find("input").Input("Digital");
        await search.Find("form").SubmitAsync();
        Assert.Single(await field.InvokeAsync(async () => await field.Instance.SearchFunc!("Digital", default)!));
    }

    private static IRenderedComponent<SearchField> Searching(PageFixture fixture) =>
        fixture.Render<SearchField>(p => p.Add(x => x.Viewer, fixture.Viewer).Add(x => x.InputId, "global-search"));

    [Fact]
    public void Times_are_danish_in_summer_and_winter()
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da");
        Assert.Equal("23.11.2026 14:01:48", DanishFormat.DateAndTime(new DateTimeOffset(2026, 11, 23, 13, 1, 48, TimeSpan.Zero)));
        Assert.Equal("14:01:48", DanishFormat.Clock(new DateTimeOffset(2026, 7, 1, 12, 1, 48, TimeSpan.Zero)));
        Assert.Equal("mandag 23. november 2026", DanishFormat.LongDate(new DateOnly(2026, 11, 23)));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero), DanishFormat.StartOf(new DateOnly(2026, 11, 23)));
        Assert.Equal("1.042.318", DanishFormat.Number(1042318));
        Assert.Equal("31 t", DanishFormat.Age(TimeSpan.FromHours(31)));
        Assert.Equal("3 dage", DanishFormat.Age(TimeSpan.FromDays(3)));
    }

    private sealed class OneCase(List<string> asked, bool finds) : ISearchSource
    {
        public Task<IReadOnlyList<SearchHit>> FindAsync(Viewer viewer, string term, int most, CancellationToken cancellationToken)
        {
            asked.Add(term);
            return Task.FromResult<IReadOnlyList<SearchHit>>(finds ? [new SearchHit("case", "26-0412", "", "/sager/26-0412")] : []);
        }
    }
}
