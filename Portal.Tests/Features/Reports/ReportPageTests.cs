using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports;
using Portal.Features.Reports.Monthly;
using Portal.Features.Reports.Page;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;
using Portal.Platform.Mail;
using Portal.Tests.Features.Chains;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The report's page and its actions.</summary>
public sealed class ReportPageTests : IAsyncLifetime
{
    private readonly ReportFixture _reports = new();
    private readonly WriteGate _gate = new();
    private ChainFixture _fixture = null!;
    private BenefitStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await ChainFixture.OpenAsync();
        _fixture.Time.SetUtcNow(Given.Now);
        _store = new BenefitStore(_fixture, _fixture.Store, _gate, new Portal.Ingestion.Log.LogSignal(), _fixture.Time);
        _reports.Figures.Chains["k"] = Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.OnTrack, 925, 0, 1000, "timer"));
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _reports.DisposeAsync();
        _gate.Dispose();
    }

    private PageFixture Open(string role) => new(role, services => services.AddScoped(provider => new ReportPageServices(
        _reports.Maker, new ReportArchive(_fixture, _gate, _fixture.Time),
        new ReportSchedules(_fixture, _gate, Portal.Platform.Http.PublicAddress.AsAsked, _fixture.Time),
        new ReportMailStates(_fixture, _fixture.Time), _reports.Conclusions, _fixture.Store, _store,
        provider.GetRequiredService<ICurrentViewer>(),
        new NoMail())));

    private static IRenderedComponent<ReportPage> Show(PageFixture fixture, string? chain = "k", string query = "")
    {
        fixture.Services.GetRequiredService<NavigationManager>()
            .NavigateTo((chain is null ? "/effektkaeder/rapport" : $"/effektkaeder/{chain}/rapport") + query);
        var page = fixture.Render<ReportPage>(p => p.Add(x => x.ChainId, chain));
        page.WaitForElement("h1");
        return page;
    }

    [Fact]
    public async Task A_manager_reads_it_downloads_it_and_may_issue_it()
    {
        await using var fixture = Open(PortalRoles.Manager);
        var page = Show(fixture, query: "?fra=2026-01&til=2026-12");
        Assert.Equal("Bevis for digital post i huslejesager", page.Find("[data-testid=benefit-report] h1").TextContent);
        Assert.Contains("Nulpunkt", page.Find("[data-testid=benefit-report]").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            "/api/effektkaeder/k/rapport.pdf?fra=2026-01&til=2026-12", page.Find("[data-testid=download-pdf]").GetAttribute("href"));
        Assert.Equal(
            "/api/effektkaeder/k/eksport.xlsx?fra=2026-01&til=2026-12", page.Find("[data-testid=download-xlsx]").GetAttribute("href"));
        Assert.Equal(3, page.FindAll("[data-testid=issue-report], [data-testid=edit-conclusion], [data-testid=monthly-report]").Count);
    }

    [Fact]
    public async Task What_deviates_is_explained_before_it_is_issued_and_the_issued_one_has_files_of_its_own()
    {
        var chain = Given.Chain(Given.Benefit("Svar", BenefitState.Worse, 3, 2, 1, "dage"));
        var box = chain.Benefits[0].Element;
        await _fixture.MakeAsync(ChainApply.Apply(chain.Document, ChainOperation.Add(
            box.Id, box.Kind, (ElementProperty.Text, box.Text)).Changes), "k");
        _reports.Figures.Chains["k"] = chain with { Chain = chain.Chain with { Id = "k" } };
        await using var fixture = Open(PortalRoles.Manager);
        var page = Show(fixture);
        await page.Find("[data-testid=issue-report]").ClickAsync(new());
        await page.Find("[data-testid=issue-form]").SubmitAsync();
        Assert.Contains("Skriv en forklaring", page.Find("[data-testid=issue-form] .mud-input-error").TextContent,
            StringComparison.Ordinal);
        Assert.Equal("true", page.Find("[data-testid=issue-why]").GetAttribute("aria-invalid"));
        await page.Find("[data-testid=issue-why]").InputAsync("To har været syge");
        await page.Find("[data-testid=issue-form]").SubmitAsync();
        var note = Assert.Single((await _store.ReadAsync(ChainFixture.Facilitator(), "k", default))!.Notes);
        Assert.Equal((NoteKind.Cause, "To har været syge"), (note.Kind, note.Text));

        var issued = Show(fixture, query: "?nr=1");
        Assert.Equal(
            ["/api/effektkaeder/k/rapport.pdf?nr=1", "/api/effektkaeder/k/eksport.xlsx?nr=1", "/api/effektkaeder/k/maalinger.csv?nr=1"],
            issued.FindAll("[data-testid=issued-report] a[download]").Select(a => a.GetAttribute("href")));
        Assert.Equal("/api/effektkaeder/k/eksport.xlsx?nr=1", issued.Find("[data-testid=download-xlsx]").GetAttribute("href"));
    }

    [Fact]
    public async Task A_facilitator_issues_it_and_the_issued_one_stays()
    {
        await using var fixture = Open(PortalRoles.Facilitator);
        var page = Show(fixture);
        await page.Find("[data-testid=issue-report]").ClickAsync(new());
        Assert.Contains("får nummer 1", page.Find("[data-testid=issue-form]").TextContent, StringComparison.Ordinal);

        // What is signed is named by the days that are measured, in the report's own words; so is the row in the list of those issued.
        const string Period = "1. december 2025 – 24. november 2026";
        Assert.Contains($"Rapporten for {Period} får", page.Find("[data-testid=issue-form]").TextContent, StringComparison.Ordinal);
        Assert.Contains(Period, page.Find("[data-testid=benefit-report]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=issued-report]"));
        await page.Find("[data-testid=issue-form]").SubmitAsync();
        Assert.EndsWith(
            "/effektkaeder/k/rapport?nr=1", fixture.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        _reports.Figures.Chains["k"] = Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.Reached, 1000, 0, 1000, "timer"));
        var issued = Show(fixture, query: "?nr=1");
        Assert.Contains("925\u00A0t", issued.Find("[data-testid=benefit-report]").TextContent, StringComparison.Ordinal);
        Assert.Contains("nr. 1", issued.Find("[data-testid=benefit-report] .kicker").TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/effektkaeder/k/rapport.pdf?nr=1", issued.Find("[data-testid=download-pdf]").GetAttribute("href"));
        Assert.Single(issued.FindAll("[data-testid=issued-report]"));
        Assert.Empty(issued.FindAll("[data-testid=edit-conclusion]"));
        Assert.Contains("findes ikke", Show(fixture, query: "?nr=2").Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_conclusion_is_written_for_the_period_that_is_shown()
    {
        await using var fixture = Open(PortalRoles.Facilitator);
        var page = Show(fixture, query: "?fra=2026-01&til=2026-06");
        Assert.StartsWith("Gevinsten er på vej.", page.Find("[data-testid=conclusion-text]").GetAttribute("value")
            ?? page.Find("[data-testid=conclusion-text]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=conclusion-text]").ChangeAsync(new ChangeEventArgs { Value = "Det går godt." });
        await page.Find("[data-testid=edit-conclusion] form").SubmitAsync();
        Assert.Equal((ReportScope.Of("k"), new Period(Month.Of(2026, 1), Month.Of(2026, 6)), "Det går godt."),
            Assert.Single(_reports.Conclusions.Written));
        _reports.Conclusions.Wrong = ProblemTexts.Of("TextHasCpr");
        await page.Find("[data-testid=edit-conclusion] form").SubmitAsync();
        Assert.Contains("ligner et CPR-nummer", page.Find("[data-testid=edit-conclusion] .mud-input-error .me-auto").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_saves_over_a_colleagues_conclusion_sees_theirs_and_keeps_what_was_typed()
    {
        await using var fixture = Open(PortalRoles.Facilitator);
        var page = Show(fixture, chain: null, query: "?fra=2026-01&til=2026-06");
        await page.Find("[data-testid=conclusion-text]").ChangeAsync(new ChangeEventArgs { Value = "Min." });
        _reports.Conclusions.Written.Add((ReportScope.All(""), new Period(Month.Of(2026, 1), Month.Of(2026, 6)), "Kollegaens."));
        await page.Find("[data-testid=edit-conclusion] form").SubmitAsync();
        Assert.Contains("Kollegaens.", page.Find("[data-testid=conclusion-conflict]").TextContent, StringComparison.Ordinal);
        Assert.Single(_reports.Conclusions.Written);
        await page.Find("[data-testid=keep-mine]").ClickAsync(new());
        Assert.Equal("Min.", _reports.Conclusions.Written[^1].Text);
        Assert.Empty(page.FindAll("[data-testid=conclusion-conflict]"));
    }

    [Fact]
    public async Task The_conclusion_over_all_chains_is_edited_marked_issued_and_given_back()
    {
        await using var fixture = Open(PortalRoles.Facilitator);
        var page = Show(fixture, chain: null, query: "?fra=2026-01&til=2026-06");
        var automatic = page.Find("[data-testid=conclusion]").TextContent;
        await page.Find("[data-testid=conclusion-text]").ChangeAsync(new ChangeEventArgs { Value = "Det går godt i hele huset." });
        await page.Find("[data-testid=edit-conclusion] form").SubmitAsync();
        Assert.Equal("Det går godt i hele huset.", page.Find("[data-testid=conclusion]").TextContent);
        Assert.Contains("redigeret af Freja", page.Find("[data-testid=conclusion-edited]").TextContent, StringComparison.Ordinal);
        Assert.Contains(
            page.FindAll("[data-testid=benefit-report] > section"), s => s.TextContent.Contains(automatic, StringComparison.Ordinal));
        await page.Find("[data-testid=issue-report]").ClickAsync(new());
        await page.Find("[data-testid=issue-form]").SubmitAsync();

        page = Show(fixture, chain: null, query: "?fra=2026-01&til=2026-06");
        await page.Find("[data-testid=conclusion-automatic]").ClickAsync(new());
        Assert.Equal(automatic, page.Find("[data-testid=conclusion]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=conclusion-edited]"));

        var issued = Show(fixture, chain: null, query: "?nr=1");
        Assert.Equal("Det går godt i hele huset.", issued.Find("[data-testid=conclusion]").TextContent);
        Assert.NotNull(issued.Find("[data-testid=conclusion-edited]"));
        Assert.Empty(issued.FindAll("[data-testid=edit-conclusion]"));
    }

    [Fact]
    public async Task A_period_that_makes_no_sense_is_said_and_the_usual_one_is_shown()
    {
        await using var fixture = Open(PortalRoles.Manager);
        var page = Show(fixture, query: "?fra=2026-09&til=2026-01");
        Assert.Contains("»Fra« kan ikke ligge efter »Til«", page.Find("[data-testid=wrong-period]").TextContent, StringComparison.Ordinal);
        Assert.Contains("fra=2025-12&til=2026-11", page.Find("[data-testid=download-pdf]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_chains_together_can_be_narrowed_to_a_department_and_issued_monthly()
    {
        await using var fixture = Open(PortalRoles.Facilitator);
        var page = Show(fixture, chain: null);
        Assert.Equal("Gevinster i alle effektkæder", page.Find("[data-testid=benefit-report] h1").TextContent);
        Assert.Contains("", page.Offers<string>("report-department"));
        await page.ChooseAsync("report-from", Month.Of(2026, 1));
        await page.Find("[data-testid=report-period]").SubmitAsync();
        Assert.EndsWith("/effektkaeder/rapport?fra=2026-01&til=2026-11",
            fixture.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        await page.Find("[data-testid=monthly-report] form").SubmitAsync();
        Assert.Contains("næste gang for november 2026", page.Find("[data-testid=monthly-report]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=monthly-end]").ClickAsync(new());
        Assert.NotNull(page.Find("[data-testid=monthly-save]"));
    }

    [Fact]
    public async Task A_chain_that_is_not_there_has_no_report()
    {
        await using var fixture = Open(PortalRoles.Manager);
        Assert.Contains("findes ikke", Show(fixture, "ukendt").Find("h1").TextContent, StringComparison.Ordinal);
    }

    private sealed class NoMail : IMailer
    {
        public bool IsConfigured => false;

        public Task SendAsync(MailMessage message, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Mail is not configured.");
    }
}
