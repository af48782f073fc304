using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Messages;
using Portal.Ingestion.Log;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Fields;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Messages;

public sealed class MessagesPageTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    private NavigationManager Navigation => _fixture.Services.GetRequiredService<NavigationManager>();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static int Rows(IRenderedComponent<MessagesPage> page) =>
        page.FindAll("[data-testid=live-feed] [data-testid=message-row]").Count;

    private void Arrive(IRenderedComponent<MessagesPage> page, Func<bool> shown)
    {
        // The clock must advance for each state: the page waits for a signal or its poll, then for its shortest refresh interval.
        _fixture.Services.GetRequiredService<LogSignal>().Raise();
        page.WaitForState(() =>
        {
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(200));
            return shown();
        }, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Rows_are_newest_first_and_carry_their_identity()
    {
        _fixture.Log.Add();
        _fixture.Log.Add();
        var page = _fixture.Render<MessagesPage>();
        Assert.Equal(["besked-2", "besked-1"], page.FindAll("[data-testid=message-row]").Select(r => r.GetAttribute("data-besked-id")));
        Assert.Contains("Afleveret", page.Find("[data-testid=message-row]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_cannot_be_read_is_among_the_others_and_says_so()
    {
        _fixture.Log.Add();
        _fixture.Log.Add(FakeMessageReader.Sample(2) with { Unreadable = Portal.Ingestion.Log.Content.UnreadableReason.Damaged });
        var page = _fixture.Render<MessagesPage>();
        _fixture.Log.Add(FakeMessageReader.Sample(3) with { Unreadable = Portal.Ingestion.Log.Content.UnreadableReason.Number });
        Arrive(page, () => Rows(page) == 3);

        Assert.Equal(["besked-3", "besked-2"],
            page.FindAll("[data-testid=message-row]:has(.chip.warn)").Select(r => r.GetAttribute("data-besked-id")));
        Assert.All(page.FindAll(".chip.warn"), chip => Assert.Equal("! Kan ikke læses", chip.TextContent));
    }

    [Fact]
    public void A_new_message_shows_by_itself()
    {
        var page = _fixture.Render<MessagesPage>();
        Assert.Contains("Ingen beskeder endnu", page.Markup, StringComparison.Ordinal);
        _fixture.Log.Add();
        Arrive(page, () => Rows(page) == 1);
        Assert.Equal(1, Rows(page));
    }

    [Fact]
    public void A_new_message_renders_the_list_and_neither_filters_nor_buttons()
    {
        var page = _fixture.Render<MessagesPage>();
        var filters = page.FindComponents<SelectField<string>>();
        Assert.Equal(3, filters.Count);
        var rendered = filters.Select(f => f.RenderCount).ToArray();
        for (var n = 1; n <= 3; n++)
        {
            _fixture.Log.Add();
            Arrive(page, () => Rows(page) == n);
        }

        Assert.Equal(rendered, filters.Select(f => f.RenderCount));
    }

    [Fact]
    public void An_empty_list_that_is_paused_promises_no_message_by_itself()
    {
        var page = _fixture.Render<MessagesPage>();
        Assert.Contains("vises her af sig selv", page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=pause]").Click();
        Assert.DoesNotContain("af sig selv", page.Markup, StringComparison.Ordinal);
        Assert.Contains("når du fortsætter", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Pause_freezes_and_counts_and_resume_shows_what_waited()
    {
        _fixture.Log.Add();
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=pause]").Click();
        _fixture.Log.Add();
        _fixture.Log.Add();
        Arrive(page, () => page.Markup.Contains("siden 14:01 · 2 nye venter", StringComparison.Ordinal));
        Assert.Equal(1, Rows(page));

        page.Find("[data-testid=resume]").Click();
        page.WaitForState(() => Rows(page) == 3);
        Assert.Equal(3, Rows(page));
    }

    [Fact]
    public async Task A_filter_chosen_while_paused_works_at_once_and_the_pause_stays_and_counts()
    {
        const string Failed = "e225a75c-4b63-46c4-9423-77f5c8762445";
        _fixture.Log.Add();
        _fixture.Log.Add(Failed, "Fejlet");
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=pause]").Click();
        _fixture.Log.Add(Failed, "Fejlet");
        Arrive(page, () => page.Markup.Contains("siden 14:01 · 1 nye venter", StringComparison.Ordinal));

        await page.ChooseAsync("filter-status", Failed);
        page.WaitForState(() => Rows(page) == 1);
        Assert.Equal("besked-2", page.Find("[data-testid=message-row]").GetAttribute("data-besked-id"));
        Assert.Contains("siden 14:01 · 1 nye venter", page.Markup, StringComparison.Ordinal);
        _fixture.Log.Add();
        _fixture.Log.Add(Failed, "Fejlet");
        Arrive(page, () => page.Markup.Contains("siden 14:01 · 2 nye venter", StringComparison.Ordinal));
        Assert.Equal(1, Rows(page));

        page.Find("[data-testid=resume]").Click();
        page.WaitForState(() => Rows(page) == 3);
        Assert.Empty(page.FindAll("[data-testid=resume]"));
    }

    [Fact]
    public async Task A_filter_is_in_the_address()
    {
        _fixture.Log.Add();
        var page = _fixture.Render<MessagesPage>();
        await page.ChooseAsync("filter-status", "e225a75c-4b63-46c4-9423-77f5c8762445");
        Assert.Contains("status=e225a75c", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForState(() => Rows(page) == 0);
        Assert.Contains("Ingen beskeder passer til filtrene", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_with_a_filter_shows_what_it_says()
    {
        _fixture.Log.Add();
        _fixture.Log.Add("e225a75c-4b63-46c4-9423-77f5c8762445", "Fejlet");
        Navigation.NavigateTo("/beskeder?status=Fejlet");
        var page = _fixture.Render<MessagesPage>();
        Assert.Equal(["besked-2"], page.FindAll("[data-testid=message-row]").Select(r => r.GetAttribute("data-besked-id")));
    }

    [Theory]
    [InlineData("010101-1234")]
    [InlineData("0101011234")]
    [InlineData("Anna 010101 1234")]
    public void A_cpr_number_is_refused_and_never_in_the_address(string text)
    {
        var page = _fixture.Render<MessagesPage>();
        var field = page.Find("[data-testid=filter-text]");
        field.Input(text);
        page.Find("[data-testid=filter-text]").Blur();
        var hint = page.Find("[data-testid=filter-text]").GetAttribute("aria-describedby")!.Split(' ')[0];
        Assert.Contains("CPR-nummer", page.Find($"#{hint}").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("text=", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_typed_filters_when_it_rests_also_while_paused_and_back_leads_to_the_page_before()
    {
        _fixture.Log.Add();
        _fixture.Log.Add();
        var history = (BunitNavigationManager)Navigation;
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=pause]").Click();
        page.Find("[data-testid=filter-text]").Input("besked");
        _fixture.Time.Advance(TypedSearch.Rest / 2);
        page.Find("[data-testid=filter-text]").Input("besked-");
        _fixture.Time.Advance(TypedSearch.Rest / 2);
        Assert.Empty(history.History);
        _fixture.Time.Advance(TypedSearch.Rest / 2);
        page.WaitForState(() => Navigation.Uri.EndsWith("text=besked-", StringComparison.Ordinal));
        Assert.All(history.History, gone => Assert.True(gone.Options.ReplaceHistoryEntry));
        Assert.Equal("besked-", page.Find("[data-testid=filter-text]").GetAttribute("value"));
        Assert.Single(page.FindAll("[data-testid=resume]"));
    }

    [Theory]
    [InlineData("010101")]
    [InlineData("Anna 01-01-01-12")]
    [InlineData("710101 123")]
    public void What_may_become_a_cpr_number_is_not_in_the_address_while_it_is_typed(string text)
    {
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=filter-text]").Input("Anna");
        page.Find("[data-testid=filter-text]").Input(text);
        _fixture.Time.Advance(TypedSearch.Rest * 2);
        Assert.DoesNotContain("text=", Navigation.Uri, StringComparison.Ordinal);
        Assert.All((string[])["26-104712x", "26-994712", "12345"], other => Assert.False(Portal.Platform.Ui.CprLike.MayBecome(other)));
    }

    [Fact]
    public void A_text_is_searched_for_when_the_field_is_left_or_enter_is_pressed()
    {
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=filter-text]").Input("besked");
        Assert.DoesNotContain("text=", Navigation.Uri, StringComparison.Ordinal);
        page.Find("[data-testid=filter-text]").KeyDown("Enter");
        Assert.Contains("text=besked", Navigation.Uri, StringComparison.Ordinal);
        page.Find("[data-testid=filter-text]").Input("noget");
        page.Find("[data-testid=filter-text]").Blur();
        Assert.Contains("text=noget", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_drawn_over_the_strip_is_from_and_to_in_the_address_and_the_whole_day_is_neither()
    {
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=brush-toggle]").Click();
        var brush = page.FindComponent<VolumeBrush>();
        Assert.Equal(96, page.FindAll("[data-testid=brush-strip] rect").Count);
        await brush.InvokeAsync(() => brush.Instance.OnDrawn(40, 44));
        Assert.Contains("from=2026-11-22T23%3A15", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("to=2026-11-23T00%3A15", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains(
            "fra 23.11.2026 00:15:00 til 23.11.2026 01:15:00", page.Find("[data-testid=brush-period]").TextContent,
            StringComparison.Ordinal));
        page.Find("[data-testid=brush-clear]").Click();
        Assert.DoesNotContain("from=", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrow_keys_choose_a_row_and_escape_lets_go()
    {
        _fixture.Log.Add();
        _fixture.Log.Add();
        var page = _fixture.Render<MessagesPage>();
        page.Find("[data-testid=live-feed]").KeyDown("ArrowDown");
        Assert.EndsWith("valgt=besked-2", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForElement("tr[aria-current=true]");
        page.Find("[data-testid=live-feed]").KeyDown("ArrowDown");
        Assert.EndsWith("valgt=besked-1", Navigation.Uri, StringComparison.Ordinal);
        page.Find("[data-testid=live-feed]").KeyDown("Escape");
        Assert.EndsWith("/beskeder", Navigation.Uri, StringComparison.Ordinal);
    }
}
