using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Features.Messages;
using Portal.Features.SubjectAccess;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Platform.Documents;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Platform.Documents;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.AccessControl;

/// <summary>The pages of the access log, of who has seen a case, and of subject access.</summary>
public sealed class AccessPageTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("adgang").FullName;
    private readonly Lines _lines = new();
    private readonly PageFixture _fixture;

    public AccessPageTests()
    {
        var settings = new PortalSettings { KeyFolder = _folder };
        CprHash.ReadOrMake(settings.SearchKeyPath);
        _fixture = new PageFixture(PortalRoles.Administrator, services =>
        {
            services.AddSingleton<IAccessLog>(_lines).AddSingleton<ICaseReader>(new FakeCases()).AddSingleton(new CprHash(settings))
                .AddSingleton<IDocumentPdf>(new FakePdf()).AddSubjectAccess();

        });
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_line_says_what_was_shown_or_that_it_was_refused_and_the_export_has_the_pages_filter()
    {
        _lines.All.Add(Line(2, AccessKind.CaseOpened));
        _lines.All.Add(new AccessEntry(1, null, Record("a-later-kind") with { Refused = true, Text = "husleje", Hits = 3 }));
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/adgangslog?tekst=26-0412&art=case-opened&fra=2026-11-01");
        var page = _fixture.Render<AccessLogPage>();
        var rows = page.FindAll("[data-testid=access-row]");
        Assert.Equal(["case-opened", "a-later-kind"], rows.Select(r => r.GetAttribute("data-kind")));
        Assert.Contains("Sag åbnet", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Null(rows[0].GetAttribute("data-refused"));
        Assert.Contains("a-later-kind · 3 rækker", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Afvist", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Søgte efter »husleje«", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/adgangslog/eksport.csv?text=26-0412&kind=case-opened&from=2026-10-31T23%3A00%3A00Z&kol=om%2Cformaal",
            page.Find("[data-testid=access-export]").GetAttribute("href"));

        // Nothing is signed in this log: the page says so instead of a proof.
        Assert.Contains("Kør verify", page.Find("[data-testid=access-proof]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_acts_at_once_with_what_is_applied_and_columns_stay()
    {
        _lines.All.Add(Line(1, AccessKind.LetterList) with { Record = Record("letter-list") with { Reference = "sager?" } });
        var navigation = _fixture.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/adgangslog?tekst=26-0412&kol=om");
        var page = _fixture.Render<AccessLogPage>();
        Assert.Equal(["Hvornår", "Hvem", "Hvad blev vist", "Om"], page.FindAll("th").Select(h => h.TextContent.Trim()));
        Assert.Equal("sager", page.Find("[data-testid=access-row] td[data-label=Om] div.mono").TextContent);
        page.Find("[data-testid=filter-text]").Input("noget, der ikke er søgt efter");
        await page.ChooseAsync("filter-kind", "letter-list");
        Assert.EndsWith("/adgangslog?tekst=26-0412&art=letter-list&kol=om", navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tekst=010101-1234", "ingen CPR-numre")]
    [InlineData("fra=2026-11-30&til=2026-11-01", "Perioden slutter, før den begynder")]
    [InlineData("tekst=26-0412", "ingen linjer, som passer")]
    public void An_empty_log_says_why(string query, string why)
    {
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo($"/adgangslog?{query}");
        var page = _fixture.Render<AccessLogPage>();
        page.WaitForAssertion(() => Assert.Contains(why, page.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "Bevispakke uden beskedernes bytes")]
    [InlineData("Klage 26/77", "Bevispakke med nøjagtige bytes")]
    public void A_package_is_told_with_bytes_only_when_it_had_them(string? purpose, string says)
    {
        _lines.All.Add(Line(1, AccessKind.EvidencePackage, purpose));
        var row = _fixture.Render<AccessLogPage>().Find("[data-testid=access-row]");
        Assert.Contains(says, row.TextContent, StringComparison.Ordinal);
        Assert.Equal(says, AccessWording.Danish(_lines.All[0]));
    }

    [Fact]
    public async Task The_proof_is_the_logs_signed_head_and_key()
    {
        await using var ingestion = await IngestionFixture.OpenAsync();
        var journal = ingestion.Services.GetRequiredService<IAccessJournal>();
        await journal.AppendAsync([Record("case-opened")], default);
        await using var fixture = new PageFixture(PortalRoles.Administrator, services =>
        {
            services.AddSingleton(journal);

        });
        var part = fixture.Render<AccessProof>();
        var head = await journal.HeadAsync(default);
        part.WaitForAssertion(() => Assert.Equal(
            head.Checkpoint.Note.ToString(), part.Find("[data-testid=access-checkpoint]").TextContent));
        Assert.Contains(head.VerifierKey, part.Nodes[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/adgangslog/checkpoint", part.Find("[data-testid=access-checkpoint-file]").GetAttribute("href"));
    }

    [Fact]
    public void Who_has_seen_a_case_is_read_when_it_is_asked_for()
    {
        _lines.All.Add(Line(1, AccessKind.PersonNumber, "Ringer til lejeren"));
        var part = _fixture.Render<CaseAccess>(p => p.Add(c => c.CaseNumber, "26-0412"));
        Assert.Empty(_lines.Asked);
        part.Find("[data-testid=case-access-show]").Click();
        part.WaitForAssertion(() => Assert.Single(part.FindAll("[data-testid=case-access-row]")));
        Assert.Contains("Ringer til lejeren", part.Find("[data-testid=case-access-row]").TextContent, StringComparison.Ordinal);
        Assert.Equal("26-0412", Assert.Single(_lines.Asked).CaseNumber);
    }

    [Theory]
    [InlineData("12", "Anmodning", "ti cifre")]
    [InlineData("010101-1234", "x", "hvorfor pakken laves")]
    public void Without_a_number_or_a_purpose_the_form_says_so_and_nothing_is_noted(string cpr, string purpose, string says)
    {
        var page = Ask(cpr, purpose);
        Assert.Contains(says, page.Find("#subject-problem").TextContent, StringComparison.Ordinal);
        Assert.Empty(_lines.Notes);
    }

    [Fact]
    public void The_package_is_noted_with_its_purpose_and_the_number_is_taken_out_of_the_form()
    {
        var page = Ask("010101-1234", "Anmodning 26/77");
        page.WaitForAssertion(() => Assert.Contains(
            "Portalen har ingen breve til det nummer", page.Find("[data-testid=subject-done]").TextContent, StringComparison.Ordinal));
        var note = Assert.Single(_lines.Notes);
        Assert.Equal((AccessKind.SubjectAccess, "Anmodning 26/77"), (note.Kind, note.Purpose));
        Assert.NotNull(page.Find("[data-testid=subject-cpr]").GetAttribute("data-no-draft"));
        Assert.DoesNotContain("0101", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_is_refused_within_an_open_page_is_noted()
    {
        _fixture.Render<RefusedRoute>(p => p.Add(r => r.Route, new RouteData(
            typeof(MessagePage), new Dictionary<string, object?> { ["BeskedId"] = "b1" })));
        _fixture.Render<RefusedRoute>(p => p.Add(r => r.Route, new RouteData(typeof(MessagePage), new Dictionary<string, object?>())));
        var (_, note) = Assert.Single(_fixture.Looks.Notes);
        Assert.Equal((AccessKind.MessageOpened, "b1", true), (note.Kind, note.BeskedId, note.Refused));
    }

    private IRenderedComponent<SubjectAccessPage> Ask(string cpr, string purpose)
    {
        var page = _fixture.Render<SubjectAccessPage>();
        page.Find("[data-testid=subject-cpr]").Input(cpr);
        page.Find("[data-testid=subject-purpose]").Input(purpose);
        page.Find("[data-testid=subject-form]").Submit();
        return page;
    }

    private static AccessRecord Record(string kind) =>
        new(kind, "55133018", new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), "p1", "Sofie") { CaseNumber = "26-0412" };

    private static AccessEntry Line(long number, AccessKind kind, string? purpose = null) =>
        new(number, kind, Record(kind.ToWire()) with { Purpose = purpose });

    private sealed class Lines : IAccessLog
    {
        public List<AccessEntry> All { get; } = [];
        public List<AccessFilter> Asked { get; } = [];
        public List<AccessNote> Notes { get; } = [];

        public Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken)
        {
            Notes.AddRange(notes);
            return Task.CompletedTask;
        }

        public Task<Page<AccessEntry>> ReadAsync(
            Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
        {
            Asked.Add(filter);
            return Task.FromResult(new Page<AccessEntry>(All, null));
        }
    }
}
