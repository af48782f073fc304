using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>The page with the evidence document, and its line in the access log.</summary>
public sealed class EvidencePageTests : IAsyncDisposable
{
    private readonly FakeCases _cases = new();
    private readonly FakePdf _pdf = new();
    private readonly PageFixture _fixture;

    public EvidencePageTests()
    {
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddSingleton<IDocumentPdf>(_pdf)
            .AddSingleton<ILedgerProofs>(new FakeLedger()).AddEvidence());
        _cases.Add(EvidenceDocumentTests.Delivered, EvidenceDocumentTests.Delivered with { LetterId = "L-2", Title = "Et andet brev" });
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<EvidencePage> Render(bool isInteractive = true, string? letterId = null)
    {
        _fixture.SetRendererInfo(new RendererInfo(isInteractive ? "Server" : "Static", isInteractive));
        if (letterId is not null)
        {
            var navigation = _fixture.Services.GetRequiredService<NavigationManager>();
            navigation.NavigateTo(navigation.GetUriWithQueryParameter("brev", letterId));
        }

        return _fixture.Render<EvidencePage>(p => p.Add(x => x.CaseNumber, "26-0412"));
    }

    private static string NumberOn(IRenderedComponent<EvidencePage> page) =>
        page.Find("[data-testid=evidence-document]").GetAttribute("data-number")!;

    [Fact]
    public void The_prerendered_page_is_noted_and_the_interactive_one_after_it_is_the_same_visit()
    {
        var prerendered = NumberOn(Render(isInteractive: false));
        Assert.Equal(prerendered, Assert.Single(_fixture.Access.Notes).Note.Reference);
        _fixture.State.TriggerOnPersisting();
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(prerendered, NumberOn(Render()));
        Assert.Single(_fixture.Access.Notes);
    }

    [Fact]
    public void A_page_that_is_reached_by_a_link_is_noted_too()
    {
        var page = Render();
        var (_, note) = Assert.Single(_fixture.Access.Notes);
        Assert.Equal((AccessKind.EvidenceDocument, "26-0412", NumberOn(page)), (note.Kind, note.CaseNumber, note.Reference));
    }

    [Theory]
    [InlineData(3, "p1", "26-0412", null)]
    [InlineData(0, "p2", "26-0412", null)]
    [InlineData(0, "p1", "26-0413", null)]
    [InlineData(0, "p1", "26-0412", "L-1")]
    public void An_old_visit_and_one_of_another_person_case_or_letter_count_for_nothing(
        int minutes, string viewer, string caseNumber, string? letter)
    {
        var noted = new EvidenceVisit(viewer, caseNumber, letter, "BEV-1", _fixture.Time.GetUtcNow().AddMinutes(-minutes));
        _fixture.State.Persist("evidence-visit", noted);
        Assert.NotEqual("BEV-1", NumberOn(Render()));
        Assert.Single(_fixture.Access.Notes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_log_takes_nothing_nothing_of_the_document_is_shown(bool isInteractive)
    {
        _fixture.Access.Fails = true;
        string? markup = null;
        Assert.Throws<InvalidOperationException>(() => markup = Render(isInteractive).Markup);
        Assert.Null(markup);
    }

    [Fact]
    public void The_page_says_what_the_PDF_says()
    {
        var page = Render();
        var text = page.Find("[data-testid=evidence-document]").TextContent;
        foreach (var words in new[] { "Sag 26-0412", "Kort fortalt", "At brevet kom frem", "Loggens offentlige nøgle", "Et andet brev" })
            Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal("/api/sager/26-0412/bevis.pdf", page.Find("[data-testid=download-pdf]").GetAttribute("href"));
    }

    [Fact]
    public void One_letter_can_be_chosen_and_then_its_files_are_of_that_letter()
    {
        Assert.Equal(
            ["/sager/26-0412/bevis?brev=L-1", "/sager/26-0412/bevis?brev=L-2"],
            Render().FindAll("[data-testid=one-letter] a").Select(a => a.GetAttribute("href")));
        var one = Render(letterId: "L-2");
        Assert.DoesNotContain(
            "Afgørelse om huslejenedsættelse", one.Find("[data-testid=evidence-document]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/sager/26-0412/bevis.pdf?brev=L-2", one.Find("[data-testid=download-pdf]").GetAttribute("href"));
        Assert.Equal("/api/sager/26-0412/bevis.zip?brev=L-2", one.Find("[data-testid=download-package]").GetAttribute("href"));
        Assert.Contains("hver sit dokumentnummer", one.Find("[data-testid=own-number]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/sager/26-0412/bevis", one.Find("[data-testid=all-letters]").GetAttribute("href"));
        Assert.Equal("L-2", _fixture.Access.Notes[^1].Note.LetterId);
    }

    [Theory]
    [InlineData(true, null, "Kun ét brev")]
    [InlineData(true, "L-2", "Skriv siden ud fra browseren.")]
    [InlineData(false, null, "prøv igen om et minut")]
    public void A_document_with_numbers_that_is_not_made_says_what_to_do(bool isTooLarge, string? letterId, string advice)
    {
        (_pdf.IsTooLarge, _pdf.IsQueueFull) = (isTooLarge, !isTooLarge);
        var page = Render(letterId: letterId);
        page.Find("[data-testid=full-numbers-check]").Change(true);
        page.Find("[data-testid=full-numbers-purpose]").Input("retssag");
        page.Find("[data-testid=full-numbers] form").Submit();
        Assert.Contains(advice, page.Find("#evidence-purpose-hint").TextContent, StringComparison.Ordinal);
        Assert.Empty(_pdf.Made);
    }

    [Fact]
    public void A_case_that_one_may_not_see_is_not_there_and_is_not_noted()
    {
        _cases.Cases.Clear();
        Assert.Contains("Sagen findes ikke", Render().Markup, StringComparison.Ordinal);
        Assert.Empty(_fixture.Access.Notes);
    }
}
