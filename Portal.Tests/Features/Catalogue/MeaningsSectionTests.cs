using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Catalogue;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Platform.Access;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Catalogue;

/// <summary>What statuses mean, as administrators edit it and others read it.</summary>
public sealed class MeaningsSectionTests : IAsyncDisposable
{
    private readonly List<PageFixture> _fixtures = [];
    private readonly FakeMeanings _meanings = new()
    {
        Tables = new(
            [
                new(StoredMeaning.Action, "e225a75c", "Fejlet", "failed", "To modtagere", false, 12, 3, true, true),
                new(StoredMeaning.EventCode, "1", "1", "return", "appsettings: Evidence:PostEventCodes", false, 4, 0, false, true),
                new(StoredMeaning.EventCode, "77", "77", "unknown", "", false, 1042, 0, true, false),
            ],
            [new("afd21f3d", "Strålfors", "To modtagere", true, 9, 1)],
            [new(7, null, new DateOnly(2026, 1, 1), null, "dao", "Presse", 1)],
            [new(1, new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero), "Anders", "Status »Fejlet«", "før", "nu", "svar")]),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var fixture in _fixtures) await fixture.DisposeAsync();
    }

    [Fact]
    public void Everybody_reads_what_a_status_means_and_only_an_administrator_gets_a_button()
    {
        var section = Open(PortalRoles.Caseworker);
        var rows = section.FindAll("[data-testid=meaning-row]");
        Assert.Contains("Brevet kunne ikke afleveres.", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Ikke bekræftet", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("12 beskeder på 30 dage", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Rettes i appsettings", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Ukendt kode", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("1.042 beskeder", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("Anders", section.Find("[data-testid=catalogue-change]").TextContent, StringComparison.Ordinal);
        Assert.Empty(section.FindAll("button"));

        var own = Open(PortalRoles.Administrator);
        Assert.Equal(["Ret Fejlet", "Sig, hvad den betyder Hændelseskode 77"],
            own.FindAll("[data-testid=meaning-edit]").Select(b => string.Join(' ', b.TextContent.Split((char[])[' ', '\n'],
                StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task An_unknown_code_gets_a_meaning()
    {
        var section = Open(PortalRoles.Administrator);
        section.FindAll("[data-testid=meaning-edit]")[1].Click();
        await section.ChooseAsync("meaning-select", "receipt");
        section.Find("input[id$=-source]").Change("Brev fra leverandøren");
        section.Find("input[type=checkbox]").Change(true);
        section.Find("input[id$=-why]").Change("De svarede");
        section.Find("form").Submit();
        Assert.Equal(
            new MeaningEdit(StoredMeaning.EventCode, "77", 0, "receipt", "Brev fra leverandøren", true, "De svarede"),
            Assert.Single(_meanings.Edits));
        Assert.Empty(section.FindAll("form"));
    }

    [Fact]
    public void A_refusal_stands_at_its_field_and_the_form_keeps_what_was_written()
    {
        _meanings.Refusal = new MeaningProblem("to", LocalizedText.Of("RefusedEndsFirst"));
        var section = Open(PortalRoles.Administrator);
        section.Find("[data-testid=carrier-edit]").Click();
        section.Find("input[id$=-to]").Change("01-01-2025");
        section.Find("form").Submit();
        var field = section.Find("input[id$=-to]");
        Assert.Equal(("true", "01-01-2025"), (field.GetAttribute("aria-invalid"), field.GetAttribute("value")));
        Assert.Equal("Perioden slutter, før den begynder.",
            section.Find($"#{field.GetAttribute("aria-describedby")!.Split(' ')[0]}").TextContent);
        Assert.Equal(
            new CarrierEdit(7, 1, null, new DateOnly(2026, 1, 1), new DateOnly(2025, 1, 1), "dao", "Presse", null),
            Assert.Single(_meanings.Edits));
    }

    [Fact]
    public void A_row_that_another_changed_meanwhile_is_sent_with_its_new_version_the_next_time()
    {
        _meanings.Refusal = new MeaningProblem("row", LocalizedText.Of("RefusedChanged"));
        var section = Open(PortalRoles.Administrator);
        section.Find("[data-testid=sender-edit]").Click();
        _meanings.Tables = _meanings.Tables with { Senders = [new("afd21f3d", "Strålfors A/S", "Brev", true, 9, 2)] };
        section.Find("form").Submit();
        Assert.Contains("ændret af en anden", section.Find("[data-testid=row-problem]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Strålfors A/S", section.Find("[data-testid=sender-row] h3").TextContent, StringComparison.Ordinal);
        _meanings.Refusal = null;
        section.Find("form").Submit();
        Assert.Equal([1, 2], _meanings.Edits.Cast<SenderEdit>().Select(e => e.Version));
    }

    private IRenderedComponent<MeaningsSection> Open(string role)
    {
        var fixture = new PageFixture(role, services => services.AddSingleton<IMeaningCatalogue>(_meanings));
        _fixtures.Add(fixture);
        return fixture.Render<MeaningsSection>(p => p.Add(s => s.Viewer, fixture.Viewer));
    }
}
