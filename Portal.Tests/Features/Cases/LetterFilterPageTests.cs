using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Features.Cases.Api;
using Portal.Ingestion.Letters;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Cases;

/// <summary>Letters found by verdict, period and how sure their arrival is, on the page and in the file.</summary>
public sealed class LetterFilterPageTests : IAsyncDisposable
{
    private static readonly DateOnly LastDay = new(2023, 3, 20);

    private static readonly LetterView Proven = FakeCases.Letter("L-1") with
    {
        Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent.AddSeconds(25), Events = [FakeCases.Event()],
        AppealKind = AppealKind.Proven, AppealDeadline = LastDay,
    };

    private static readonly LetterView Presumed = FakeCases.Letter("L-2", "26-0431") with
    {
        Verdict = Verdict.HandedToPost, VerdictAt = FakeCases.Sent, AppealKind = AppealKind.Presumed, AppealDeadline = LastDay,
        PresumedArrival = new DateOnly(2023, 2, 21), Recipient = new LetterRecipient("Bo", "020202-xxxx", "CPR"),
    };

    private static readonly LetterView Contested = Proven with { LetterId = "L-3", Contradiction = true };
    private static readonly LetterView Failed = FakeCases.Letter("L-4") with { Verdict = Verdict.Failed, VerdictAt = FakeCases.Sent };
    private readonly FakeLetters _letters = new();
    private readonly PageFixture _fixture;

    public LetterFilterPageTests()
    {
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(new FakeCases())
            .AddSingleton<ILetterList>(_letters));
        _letters.Letters.AddRange([Proven, Presumed, Contested, Failed]);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<CasesPage> Open(string query)
    {
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo($"/sager?{query}");
        return _fixture.Render<CasesPage>();
    }

    private static IEnumerable<string?> Ids(IRenderedComponent<CasesPage> page) =>
        page.FindAll("[data-testid=letter-row]").Select(r => r.GetAttribute("data-letter-id"));

    [Fact]
    public void Without_a_filter_the_page_has_cases_and_no_letters()
    {
        var page = _fixture.Render<CasesPage>();
        Assert.Empty(page.FindAll("[data-testid=letter-row], [data-testid=letter-count]"));
        Assert.Empty(_letters.Queries);
        Assert.Single(page.FindAll("[data-testid=case-search]"));
    }

    [Theory]
    [InlineData("verdict=handed-to-post", "1 brev", "L-2")]
    [InlineData("verdict=delivered", "2 breve", "L-1 L-3")]
    [InlineData("kind=presumed", "1 brev", "L-2")]
    [InlineData("from=2023-02-13&to=2023-02-13", "4 breve", "L-1 L-2 L-3 L-4")]
    [InlineData("from=2023-02-14", "0 breve", "")]
    [InlineData("verdict=vrøvl&kind=presumed", "1 brev", "L-2")]
    public void The_address_decides_what_is_listed_and_the_number_is_told(string query, string count, string ids)
    {
        var page = Open(query);
        Assert.Equal(count, page.Find("[data-testid=letter-count]").TextContent.Trim());
        Assert.Equal(ids, string.Join(' ', Ids(page)));
        Assert.Equal(ids.Length > 0, page.FindAll("[data-testid=letter-export]").Count == 1);
    }

    [Fact]
    public void A_part_of_the_address_that_cannot_be_read_is_told() =>
        Assert.Contains("kunne ikke læses", Open("verdict=vrøvl&kind=presumed").Find("[role=alert]").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Proven_presumed_and_doubtful_arrivals_differ_in_mark_and_word()
    {
        var page = Open("from=2023-01-01");
        var arrivals = page.FindAll("[data-testid=arrival]").Select(a => string.Join(' ', a.TextContent.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(
            ["✓ Kom frem 13.02.2023", "~ Formodes kommet frem 21.02.2023", "≠ Kom frem, i tvivl 13.02.2023", "– Ankomst ikke vist"],
            arrivals);
        Assert.Equal(["proven", "presumed", "proven"], page.FindAll("[data-testid=last-day]").Select(d => d.GetAttribute("data-kind")));
        Assert.Contains("Sandsynliggjort", page.FindAll("[data-testid=last-day]")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("usikker", page.FindAll("[data-testid=last-day]")[2].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("usikker", page.FindAll("[data-testid=last-day]")[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-letter-id=L-3] .chip.ok"));
    }

    [Fact]
    public async Task What_is_chosen_is_in_the_address()
    {
        var page = _fixture.Render<CasesPage>();
        await page.ChooseAsync("filter-verdict", "handed-to-post");
        await page.ChooseDateAsync("filter-from", new DateTime(2023, 2, 1, 0, 0, 0, DateTimeKind.Unspecified));
        page.Find("[data-testid=filter-presumed]").Change(true);
        page.Find("[data-testid=letter-filter]").Submit();
        Assert.EndsWith("/sager?verdict=handed-to-post&from=2023-02-01&kind=presumed", _fixture.Address(), StringComparison.Ordinal);
        page.WaitForState(() => Ids(page).SequenceEqual(["L-2"]));
        Assert.Equal(
            "/api/breve/eksport.csv?verdict=handed-to-post&from=2023-02-01&kind=presumed&kol=modtager%2Csendt%2Cankomst%2Cfrist",
            page.Find("[data-testid=letter-export]").GetAttribute("href"));
        Assert.Equal("/sager", page.Find("[data-testid=filter-clear]").GetAttribute("href"));
    }

    [Fact]
    public void This_month_and_last_month_keep_the_other_choices()
    {
        var page = Open("verdict=failed");
        Assert.Equal(
            "/sager?verdict=failed&from=2026-11-01&to=2026-11-30", page.Find("[data-testid=this-month]").GetAttribute("href"));
        Assert.Equal(
            "/sager?verdict=failed&from=2026-10-01&to=2026-10-31", page.Find("[data-testid=last-month]").GetAttribute("href"));
    }

    [Fact]
    public void More_letters_are_shown_when_they_are_asked_for()
    {
        for (var n = 0; n < 60; n++) _letters.Letters.Add(Failed with { LetterId = $"F-{n}" });
        var page = Open("verdict=failed");
        Assert.Equal("61 breve", page.Find("[data-testid=letter-count]").TextContent.Trim());
        Assert.Equal(50, Ids(page).Count());
        page.Find("[data-testid=more]").Click();
        Assert.Equal(61, Ids(page).Count());
        Assert.Empty(page.FindAll("[data-testid=more]"));
    }

    [Fact]
    public void The_file_is_for_danish_spreadsheets_and_holds_no_number_and_no_formula()
    {
        var bytes = LetterSheet.Csv(
        [
            Proven with { Title = "=HYPERLINK(\"x\";\"y\")", Recipient = new LetterRecipient("Anna 010101-1234", "010101-xxxx", "CPR") },
            Presumed, Contested, Failed,
        ]);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        Assert.DoesNotContain("1234", text, StringComparison.Ordinal);
        Assert.DoesNotContain("020202", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        Assert.StartsWith(
            "sag;sagstype;brevets id;titel;modtager;kanal;sendt;resultat;kom frem;ankomsten er;", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(
            "13.02.2023 12:21:40;Afleveret;13.02.2023;bevist;20.03.2023;bevist ankomst", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Overgivet til post;21.02.2023;sandsynliggjort, ikke bevist;20.03.2023;sandsynliggjort ankomst, ikke bevist",
            lines[2], StringComparison.Ordinal);
        Assert.EndsWith("Afleveret, i tvivl;13.02.2023;i tvivl;20.03.2023;ankomst i tvivl", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("Fejlet;;ikke vist;;", lines[4], StringComparison.Ordinal);
    }
}
