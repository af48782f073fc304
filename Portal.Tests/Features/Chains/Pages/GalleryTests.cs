using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Gallery;
using Portal.Features.Chains.Storage;
using Portal.Platform.Access;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>The gallery of chains.</summary>
public sealed class GalleryTests
{
    [Fact]
    public async Task Without_chains_the_gallery_explains_the_method()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        Assert.Contains("ny adfærd", fixture.Render<ChainsPage>().Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_tells_title_state_open_hints_and_who_changed_it_when()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        await fixture.ChainAsync();
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(12));

        var page = fixture.Render<ChainsPage>();

        page.WaitForAssertion(
            () => Assert.Contains("åbne forslag", page.Find("[data-testid=open-hints]").TextContent, StringComparison.Ordinal));
        var card = page.Find("[data-testid=chain-card]").TextContent;
        Assert.Contains("Post i huslejesager", card, StringComparison.Ordinal);
        Assert.Contains("Kladde", card, StringComparison.Ordinal);
        Assert.Contains("Ændret for 12 min siden af Freja", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_that_was_put_aside_is_not_counted_as_open()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var hints = Portal.Features.Chains.Hints.QualityHints.Of(session.State.Document);
        foreach (var hint in hints.Skip(1))
            Assert.True(await fixture.Fixture.Dismissals.PutAsideAsync(fixture.Viewer, session.ChainId, hint.Key, "afklaret", default));

        var page = fixture.Render<ChainsPage>();

        page.WaitForAssertion(
            () => Assert.Contains("1 åbent forslag", page.Find("[data-testid=open-hints]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_benefit_that_is_described_where_it_is_measured_is_not_asked_about_on_the_gallery_or_the_open_canvas()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        await session.ApplyAsync(
            fixture.Editor, ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, "Mindre spildtid")), default);
        var cards = new ChainCards(fixture.Fixture.Store, fixture.Fixture.Dismissals, fixture.Measured);
        async Task<int> OpenAsync() => (await cards.OpenHintsAsync(
            fixture.Viewer, (await fixture.Fixture.Store.ListAsync(fixture.Viewer, null, 10, default)).Items, default))[session.ChainId];
        var board = fixture.Render<Portal.Features.Chains.Canvas.ChainBoard>(p => p.Add(b => b.Session, session)
            .Add(b => b.Editor, fixture.Editor));
        string?[] Asked() => [.. board.FindAll("[data-testid=quality-hint]").Select(h => h.GetAttribute("data-hint"))];
        Assert.Contains("BenefitWithoutOwner", Asked());
        var before = await OpenAsync();

        var indicator = new IndicatorDefinition { Key = "tid", Name = "", Kind = IndicatorKind.ByHand, Unit = "timer/år",
            Owner = "P. Madsen", Target = 1000 };
        Assert.True((await fixture.Benefits.SaveIndicatorAsync(fixture.Viewer, session.ChainId, "g1", indicator, null, default)).IsDone);

        board.WaitForAssertion(() =>
        {
            fixture.Fixture.Time.Advance(TimeSpan.FromSeconds(2));
            Assert.DoesNotContain("BenefitWithoutOwner", Asked());
        });
        Assert.DoesNotContain("BenefitWithoutIndicator", Asked());
        Assert.DoesNotContain("BenefitWithoutTarget", Asked());
        Assert.Contains("BenefitWithoutBaseline", Asked());
        Assert.Equal(before - 3, await OpenAsync());

        // The newest version of the indicator counts, and another authority sees nothing.
        await fixture.Benefits.SaveIndicatorAsync(fixture.Viewer, session.ChainId, "g1", indicator with { Owner = null }, null, default);
        Assert.Equal(before - 2, await OpenAsync());
        Assert.Empty(await fixture.Measured.ListAsync(
            Portal.Tests.Features.Chains.ChainFixture.Facilitator("11111111"), [session.ChainId], default));
    }

    [Fact]
    public async Task A_gallery_of_300_chains_costs_no_more_reads_than_a_small_one()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        for (var n = 0; n < 300; n++)
        {
            await fixture.Fixture.MakeAsync(
                Portal.Tests.Features.Chains.ChainGen.Chain("d:problem", "g:benefit") with { Title = $"Kæde {n}" });
        }
        var before = fixture.Fixture.Commands;

        var page = fixture.Render<ChainsPage>();

        page.WaitForAssertion(() => Assert.Equal(24, page.FindAll("[data-testid=open-hints]").Count));
        // One read each: list, trash, visibility, snapshots, operations, dismissed hints, indicators; the live refresh may repeat list,
        // trash and hints.
        Assert.InRange(fixture.Fixture.Commands - before, 7, 11);
        Assert.Contains("24", page.Find(".filters .rate").TextContent, StringComparison.Ordinal);
        Assert.Contains("300", page.Find(".filters .rate").TextContent, StringComparison.Ordinal);

        var more = fixture.Fixture.Commands;
        await page.Find("[data-testid=more-chains]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(48, page.FindAll("[data-testid=open-hints]").Count));
        Assert.InRange(fixture.Fixture.Commands - more, 5, 9);
    }

    [Fact]
    public async Task Hints_on_a_card_follow_the_chain_when_it_changes()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var shown = (await fixture.Fixture.Store.ListAsync(fixture.Viewer, null, 10, default)).Items;
        var cards = new ChainCards(fixture.Fixture.Store, fixture.Fixture.Dismissals, fixture.Measured);
        var open = (await cards.OpenHintsAsync(fixture.Viewer, shown, default))[session.ChainId];
        await session.ApplyAsync(fixture.Editor, ChainOperation.Set("p1", ElementProperty.Consequence, "sagerne trækker ud"), default);
        for (var n = 0; n < 120; n++) await session.ApplyAsync(fixture.Editor, ChainOperation.Move([("p1", n, n)]), default);
        shown = (await fixture.Fixture.Store.ListAsync(fixture.Viewer, null, 10, default)).Items;

        Assert.Equal(open - 1, (await cards.OpenHintsAsync(fixture.Viewer, shown, default))[session.ChainId]);
        Assert.Empty(await cards.OpenHintsAsync(Portal.Tests.Features.Chains.ChainFixture.Facilitator("11111111"), [], default));
        Assert.Empty(await new ChainCards(fixture.Fixture.Store, fixture.Fixture.Dismissals, fixture.Measured)
            .OpenHintsAsync(Portal.Tests.Features.Chains.ChainFixture.Facilitator("11111111"), shown, default));
    }

    [Fact]
    public async Task A_manager_reads_the_gallery_but_makes_and_restores_nothing()
    {
        await using var fixture = await ChainPageFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Fixture.MakeAsync();
        var gone = await fixture.Fixture.MakeAsync();
        Assert.True(await fixture.Fixture.Store.DeleteAsync(Portal.Tests.Features.Chains.ChainFixture.Facilitator(), gone, default));

        var page = fixture.Render<ChainsPage>();

        Assert.Single(page.FindAll("[data-testid=chain-card]"));
        Assert.Empty(page.FindAll("[data-testid=new-chain]"));
        Assert.Empty(page.FindAll("[data-testid=trash]"));
    }

    [Fact]
    public async Task The_trash_tells_how_many_days_are_left_and_gives_a_chain_back()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        Assert.True(await fixture.Fixture.Store.DeleteAsync(fixture.Viewer, session.ChainId, default));
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(3));

        var page = fixture.Render<ChainsPage>();
        Assert.Contains("27 dage tilbage", page.Find("[data-testid=trash-row]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=restore]").ClickAsync(new());

        Assert.Contains("Post i huslejesager", page.Find("[data-testid=chain-card]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=trash]"));
    }

    [Theory]
    [InlineData("husleje post", null, null, true)]
    [InlineData("HUSLEJE", "Borgerservice", null, true)]
    [InlineData("byg", null, null, false)]
    [InlineData(null, "Teknik", null, false)]
    [InlineData(null, null, "agreed", true)]
    [InlineData(null, null, "closed", false)]
    [InlineData(null, null, "noget andet", true)]
    public void A_filter_narrows_by_every_word_department_and_state(string? text, string? department, string? stage, bool shown)
    {
        var chain =
            new ChainSummary("a", "Post i huslejesager", "Borgerservice", ChainStage.Agreed, 3, 1, default, "F", default, "F", null);
        Assert.Equal(shown, ChainFilter.Of(text, department, stage).Shows(chain));
    }

    [Fact]
    public async Task A_department_name_with_a_person_number_in_it_is_not_offered_as_a_filter()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        foreach (var department in (string[])["Borgerservice", "Team 010101-1234"])
        {
            await fixture.Fixture.MakeAsync(ChainDocument.Empty with { Title = "Kæde", Department = department });
        }

        var page = fixture.Render<ChainsPage>();
        page.WaitForAssertion(
            () => Assert.Equal(["", "Borgerservice"], page.Offers<string>("chain-department")));
    }

    [Fact]
    public void A_filter_is_in_the_address_and_comes_back_from_it() =>
        Assert.Equal("/effektkaeder?tekst=a%26b&afdeling=By%20og%20Land&tilstand=in-workshop",
            new ChainFilter("a&b", "By og Land", ChainStage.InWorkshop).ToUrl());

    [Fact]
    public async Task A_comparison_names_fields_in_words_and_shows_before_and_after()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var before = session.State.Document;
        await session.ApplyAsync(fixture.Editor, ChainOperation.Set("p1", ElementProperty.VolumeLikely, "1550"), default);
        await session.ApplyAsync(
            fixture.Editor, ChainOperation.Add("b1", ChainKind.Benefit, (ElementProperty.Text, "Mindre spildtid")), default);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new SetChainValue(ChainDocument.StageProperty, "Agreed")), default);
        var after = session.State.Document;

        var view = fixture.Render<ComparisonView>(p => p.Add(v => v.Comparison, ChainComparison.Between(before, after))
            .Add(v => v.Before, before).Add(v => v.After, after));

        Assert.Contains("Mindre spildtid", view.Find("[data-compared=Added]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Sandsynligt (antal)", view.Find("[data-compared=Changed] dt").TextContent);
        Assert.Equal("1.550", view.Find("[data-compared=Changed] ins").TextContent);
        Assert.Contains("Aftalt", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_that_a_comparison_can_name_has_a_word()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var values = ElementProperty.All.Where(p => !ElementProperty.IsPlace(p)).Select(p => new ComparedValue(p, null, "x")).ToList();
        var element =
            new ChainElement("e", ChainKind.Benefit, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty);

        var view = fixture.Render<ComparisonView>(p => p
            .Add(v => v.Comparison, new ChainComparison([], [new ComparedElement(ComparedAs.Changed, element, values)], []))
            .Add(v => v.Before, ChainDocument.Empty).Add(v => v.After, ChainDocument.Empty));

        Assert.DoesNotContain(view.FindAll("dt"), t => t.TextContent.StartsWith("Field", StringComparison.Ordinal));
    }
}
