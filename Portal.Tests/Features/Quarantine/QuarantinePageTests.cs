using Bunit;
using MudBlazor;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Quarantine;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Quarantine;

public sealed class QuarantinePageTests : IAsyncDisposable
{
    private readonly PageFixture _fixture;
    private readonly FakeQuarantine _quarantine = new();
    private readonly FakeHolds _holds = new();

    public QuarantinePageTests() =>
        _fixture = new PageFixture(PortalRoles.Administrator, services => services.AddSingleton<IQuarantineReader>(_quarantine)
            .AddSingleton<IQuarantineCauses>(_quarantine).AddSingleton<IQuarantineHolds>(_holds)
            .AddSingleton<IQuarantineRetries>(new FakeRetries()));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static int Rows(IRenderedComponent<QuarantinePage> page) => page.FindAll("[data-testid=quarantine-row]").Count;

    private static DeliveryOutcome.Quarantined Kept(string id) => new(id, QuarantineReason.Malformed, "Der mangler et sluttag.", null);

    [Fact]
    public void A_row_says_why_and_leads_to_the_exact_bytes()
    {
        _quarantine.Add("q 1", QuarantineReason.MissingId);
        var row = _fixture.Render<QuarantinePage>().Find("[data-testid=quarantine-row]");
        Assert.Equal("missing-id", row.GetAttribute("data-reason"));
        Assert.Contains("Mangler BeskedId", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Teksten er ikke XML.", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1.234 byte · leveret 2 gange", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/karantaene/q%201/raw", row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_retry_that_succeeds_leads_to_the_message()
    {
        _quarantine.Add("q1", answer: new DeliveryOutcome.Accepted("besked-5", 5));
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry]").Click();
        page.WaitForState(() => Rows(page) == 0);
        Assert.Contains("Beskeden blev forstået", page.Find("[data-testid=retry-result]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/beskeder/besked-5", page.Find("[data-testid=retry-result] a").GetAttribute("href"));
    }

    [Fact]
    public void A_retry_that_fails_says_why_next_to_its_row()
    {
        _quarantine.Add("q1", answer: Kept("q1"));
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=quarantine-row] [data-testid=retry-result]").Count == 1);
        Assert.Contains("Der mangler et sluttag.", page.Find("[data-testid=retry-result]").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Rows(page));
    }

    [Fact]
    public void A_row_that_someone_else_took_is_reported()
    {
        _quarantine.Add("q1");
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry]").Click();
        page.WaitForState(() => page.Markup.Contains("en anden har allerede prøvet", StringComparison.Ordinal));
    }

    [Fact]
    public void A_database_that_cannot_take_messages_is_reported_and_nothing_is_lost()
    {
        _quarantine.Add("q1");
        _quarantine.Unavailable = true;
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=retry]").Click();
        page.WaitForElement("[data-testid=retry-unavailable]");
        Assert.Equal(1, Rows(page));
        Assert.False(page.Find("[data-testid=retry]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_reason_is_in_the_address()
    {
        _quarantine.Add("q1");
        _quarantine.Add("q2", QuarantineReason.Conflict);
        var page = _fixture.Render<QuarantinePage>();
        await page.ChooseAsync("filter-reason", "conflict");
        Assert.EndsWith("/karantaene?grund=conflict", _fixture.Address(), StringComparison.Ordinal);
        page.WaitForState(() => Rows(page) == 1);
    }

    [Fact]
    public async Task Columns_and_density_are_in_the_address_stay_with_another_filter_and_the_file_has_them_too()
    {
        _quarantine.Add("q1");
        _fixture.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>()
            .NavigateTo("/karantaene?grund=malformed&kol=kanal&taet=1");
        var page = _fixture.Render<QuarantinePage>();
        Assert.Equal(["Vælg", "Hvad er der galt", "Modtagekanal"], page.FindAll("th").Select(h => h.TextContent.Trim()));
        Assert.Equal(
            "/api/karantaene/eksport.csv?grund=malformed&kol=kanal&taet=1", page.Find("[data-testid=export-csv]").GetAttribute("href"));
        await page.ChooseAsync("filter-reason", "");
        Assert.EndsWith("/karantaene?kol=kanal&taet=1", _fixture.Address(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_shows_by_itself()
    {
        var page = _fixture.Render<QuarantinePage>();
        Assert.Contains("Intet i karantæne", page.Markup, StringComparison.Ordinal);
        _quarantine.Add("q1");
        await _fixture.ArriveAsync(page, () => Rows(page) == 1);
    }

    [Fact]
    public void A_cause_is_counted_whole_though_few_of_its_rows_are_shown_and_the_drop_down_says_how_many()
    {
        var at = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        _quarantine.Add("q1", QuarantineReason.MissingId);
        _quarantine.More.Add(new QuarantineCause(QuarantineReason.MissingType, "Beskedtype mangler.", 245, at, at, ["amqp"], ["55133018"]));
        var page = _fixture.Render<QuarantinePage>();
        Assert.Equal(["245", "1"], page.FindAll("[data-testid=quarantine-cause]").Select(c => c.GetAttribute("data-count")));
        Assert.Contains("245 · Beskedtype mangler.", page.Find("[data-testid=quarantine-cause]").TextContent, StringComparison.Ordinal);
        var reasons = page.FindComponent<MudSelect<string>>().Instance;
        Assert.Contains("Mangler Beskedtype (245)", page.Offers<string>("filter-reason").Select(r => reasons.ToStringFunc!(r)));
        Assert.Contains("Venter (246)", page.Find("[data-testid=view-waiting]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("close-cause")]
    [InlineData("close-selected")]
    public void Rows_that_are_closed_with_a_reason_are_under_closed_and_can_be_opened_again(string way)
    {
        _quarantine.Add("q1");
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=pick]").Change(true);
        page.Find($"[data-testid={way}]").Click();
        Assert.True(page.Find("[data-testid=confirm]").HasAttribute("disabled"));
        page.Find("[data-testid=close-why]").Input("Sendt igen af leverandøren");
        page.Find("[data-testid=confirm]").Click();
        page.WaitForState(() => Rows(page) == 0);
        Assert.Contains("1 er lukket", page.Find("[data-testid=closed-now]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Lukket (1)", page.Find("[data-testid=view-closed]").TextContent, StringComparison.Ordinal);

        _fixture.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/karantaene?vis=lukket");
        page.WaitForElement("[data-testid=closed-row]");
        Assert.Contains("Lukket af Sofie", page.Find("[data-testid=closed-why]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Sendt igen af leverandøren", page.Find("[data-testid=closed-why]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=reopen]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=closed-row]").Count == 0);
        Assert.Contains("Venter (1)", page.Find("[data-testid=view-waiting]").TextContent, StringComparison.Ordinal);
    }

    public static TheoryData<string> Errors() => PageErrors.Errors();

    [Theory, MemberData(nameof(Errors))]
    public void A_reason_that_could_not_be_kept_stays_where_it_was_written(string kind)
    {
        _quarantine.Add("q1");
        _quarantine.Error = PageErrors.Error(kind);
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=close]").Click();
        page.Find("[data-testid=close-why]").Input("Sendt igen");
        page.Find("[data-testid=confirm]").Click();
        page.WaitForAssertion(() => Assert.Contains(
            "Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal));
        Assert.Contains("allerede væk fra listen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Sendt igen", page.Find("[data-testid=close-why]").GetAttribute("value"));
        Assert.Equal(1, Rows(page));
        Assert.DoesNotContain(_fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget");

        // The browser finds its draft again after a reload: the form and its field have stable names, and so has what opens the form.
        var form = page.Find("[data-testid=close-why]").Closest("[data-draft]")!;
        Assert.Equal(("luk-q1", "why-luk-q1"), (form.GetAttribute("data-draft"), page.Find("[data-testid=close-why]").Id));
        page.Find("[data-testid=close]").Click();
        Assert.NotNull(page.Find(form.GetAttribute("data-draft-open")!));
        page.Find("[data-testid=close]").Click();

        _quarantine.Error = null;
        page.Find("[data-testid=confirm]").Click();
        page.WaitForState(() => Rows(page) == 0);
        Assert.Contains(_fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget" && (string?)i.Arguments[0] == "luk-q1");
    }

    [Theory]
    [InlineData("close", "quarantine-row")]
    [InlineData("close-cause", "quarantine-cause")]
    public async Task A_row_that_leaves_the_list_while_someone_writes_why_it_is_closed_stays_with_the_text_until_it_is_let_go(
        string way, string row)
    {
        _quarantine.Add("q1");
        var page = _fixture.Render<QuarantinePage>();
        page.Find($"[data-testid={way}]").Click();
        page.Find("[data-testid=close-why]").Input("Sendt igen af leverandøren");
        Assert.NotNull(page.Find("[data-testid=close-why]").Closest("[data-draft]"));
        _quarantine.Clear();
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=gone]").Count == 1);
        Assert.Single(page.FindAll($"[data-testid={row}][data-gone]"));
        Assert.Equal("Sendt igen af leverandøren", page.Find("[data-testid=close-why]").GetAttribute("value"));
        Assert.True(page.Find("[data-testid=confirm]").HasAttribute("disabled"));
        page.Find("[data-testid=let-go]").Click();
        page.WaitForState(() => page.FindAll($"[data-testid={row}]").Count == 0);
    }

    [Fact]
    public void A_cause_is_held_with_reason_owner_day_and_link_and_what_is_missing_is_said_at_its_field()
    {
        _quarantine.Add("q1");
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=hold-cause]").Click();
        Assert.Equal("Sofie", page.Find("[data-testid=hold-owner]").GetAttribute("value"));
        page.Find("[data-testid=hold-link]").Input("http://sag.example/1");
        page.Find("[data-testid=confirm]").Click();
        Assert.Contains("Skriv, hvorfor årsagen holdes tilbage", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Linket skal begynde med https://", page.Markup, StringComparison.Ordinal);
        Assert.Empty(_holds.Held);

        page.Find("[data-testid=hold-why]").Input("Leverandøren retter");
        page.Find("[data-testid=hold-link]").Input("https://sag.example/1");
        page.Find("[data-testid=confirm]").Click();
        page.WaitForState(() => _holds.Held.Count == 1);
        Assert.Equal(
            (QuarantineReason.Malformed, new HoldDraft("Leverandøren retter", "Sofie", new DateOnly(2026, 12, 7), "https://sag.example/1")),
            (_holds.Held[0].Reason, _holds.Held[0].Draft));
        page.WaitForState(() => page.FindAll("[data-testid=hold-why]").Count == 0);
    }

    [Fact]
    public void A_second_press_neither_hides_nor_loses_the_reason_that_is_typed()
    {
        _quarantine.Add("q1");
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=hold-cause]").Click();
        page.Find("[data-testid=hold-cause]").Click();
        Assert.Empty(page.FindAll("[data-testid=hold-why]"));
        page.Find("[data-testid=hold-cause]").Click();
        page.Find("[data-testid=hold-why]").Input("Leverandøren retter");
        page.Find("[data-testid=hold-cause]").Click();
        Assert.Equal("Leverandøren retter", page.Find("[data-testid=hold-why]").GetAttribute("value"));
        page.Find("[data-testid=hold-cancel]").Click();
        Assert.Empty(page.FindAll("[data-testid=hold-why]"));
    }

    [Fact]
    public void Nothing_that_waits_is_not_said_to_be_all_understood_while_a_cause_is_held()
    {
        _holds.Holds.Add(new QuarantineHold(
            QuarantineReason.MissingType, "Beskedtype mangler.", "Retter", "Bo", new DateOnly(2026, 12, 1), null,
            new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), "Anders", false, 3));
        var page = _fixture.Render<QuarantinePage>();
        Assert.Contains("3 er kendt og holdes tilbage", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("er forstået", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/karantaene?vis=holdt", page.Find("[data-testid=empty-held]").GetAttribute("href"));
    }

    [Fact]
    public void Held_causes_are_listed_with_who_when_why_and_until_and_are_released_by_hand()
    {
        var at = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        _holds.Holds.Add(new QuarantineHold(
            QuarantineReason.MissingType, "Beskedtype mangler.", "Leverandøren retter", "Bo", new DateOnly(2026, 12, 1),
            new Uri("https://sag.example/1"), at, "Anders", false, 3));
        _fixture.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/karantaene?vis=holdt");
        var page = _fixture.Render<QuarantinePage>();
        Assert.Contains("Venter (0)", page.Find("[data-testid=view-waiting]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Holdt tilbage (3)", page.Find("[data-testid=view-held]").TextContent, StringComparison.Ordinal);
        var held = page.Find("[data-testid=held-cause]").TextContent;
        Assert.All((string[])["Anders", "23.11.2026 13:00:00", "Leverandøren retter", "Bo", "01.12.2026"],
            text => Assert.Contains(text, held, StringComparison.Ordinal));
        var link = page.Find("[data-testid=held-link]");
        Assert.Equal(("https://sag.example/1", "noopener noreferrer nofollow"), (link.GetAttribute("href"), link.GetAttribute("rel")));
        page.Find("[data-testid=release]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=held-cause]").Count == 0);
        Assert.Equal(["Beskedtype mangler."], _holds.Released);

        // It is said, in the place of what said that it was held, and can be undone with the same reason, owner, day and link.
        var said = Assert.Single(_fixture.Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars);
        Assert.Equal("3 er frigivet og tæller med igen.", said.Message);
    }

    [Fact]
    public async Task The_reasons_are_counted_in_the_view_that_is_open_and_a_choice_of_reason_stays_in_it()
    {
        _quarantine.Add("q1");
        _holds.Holds.Add(new QuarantineHold(
            QuarantineReason.MissingType, "Beskedtype mangler.", "Retter", "Bo", new DateOnly(2026, 12, 1), null,
            new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), "Anders", false, 3));
        var navigation = _fixture.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>();
        navigation.NavigateTo("/karantaene?vis=holdt");
        var page = _fixture.Render<QuarantinePage>();
        Assert.Contains("Alle grunde (3)", page.Markup, StringComparison.Ordinal);
        await page.ChooseAsync("filter-reason", "missing-type");
        Assert.EndsWith("/karantaene?grund=missing-type&vis=holdt", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_for_the_picked_rows_stays_when_they_all_leave_the_list()
    {
        _quarantine.Add("q1");
        var page = _fixture.Render<QuarantinePage>();
        page.Find("[data-testid=pick]").Change(true);
        page.Find("[data-testid=close-selected]").Click();
        page.Find("[data-testid=close-why]").Input("Sendt igen");
        _quarantine.Clear();
        await _fixture.ArriveAsync(page, () => Rows(page) == 0);
        Assert.Equal("Sendt igen", page.Find("[data-testid=close-why]").GetAttribute("value"));
        page.Find("[data-testid=close-cancel]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=close-why]").Count == 0);
    }
}
