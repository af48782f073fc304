using Bunit;
using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>
/// Revealing a person number (»Vis«): it takes a reason, is logged before it is shown, and is not shown when it cannot be logged.
/// </summary>
public sealed class RevealNumberTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    public RevealNumberTests()
    {
        Assert.True(CprNumber.TryParse("0101011234", out var number));
        _fixture.Source.Numbers["L-1"] = number;
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<RevealNumber> Render(string letterId = "L-1") => _fixture.Render<RevealNumber>(
        p => p.Add(x => x.CaseNumber, "26-0412").Add(x => x.LetterId, letterId).Add(x => x.Version, DateTimeOffset.UnixEpoch));

    [Fact]
    public void A_reason_is_asked_for_and_logged_with_case_and_letter_and_then_it_is_shown()
    {
        var part = Render();
        Assert.DoesNotContain("0101", part.Markup, StringComparison.Ordinal);
        part.Find("[data-testid=reveal-number]").Click();
        Assert.Empty(_fixture.Access.Notes);
        part.Find("[data-testid=reveal-purpose]").Input("Ringer til lejeren");
        part.Find("[data-testid=reveal-form]").Submit();
        Assert.Equal("010101-1234", part.Find("[data-testid=person-number]").TextContent);
        var (viewer, note) = Assert.Single(_fixture.Access.Notes);
        Assert.Equal((_fixture.Viewer.Id, AccessKind.PersonNumber, "26-0412", "L-1", "Ringer til lejeren"),
            (viewer.Id, note.Kind, note.CaseNumber, note.LetterId, note.Purpose));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ja")]
    [InlineData("\u0001\u0002\u0003\u0004")]
    public void Without_a_reason_nothing_is_shown_or_logged_and_it_says_so(string purpose)
    {
        var part = Render();
        part.Find("[data-testid=reveal-number]").Click();
        part.Find("[data-testid=reveal-purpose]").Input(purpose);
        part.Find("[data-testid=reveal-form]").Submit();
        Assert.NotEmpty(part.Find("[role=alert]").TextContent);
        Assert.Equal("true", part.Find("[data-testid=reveal-purpose]").GetAttribute("aria-invalid"));
        Assert.Empty(_fixture.Access.Notes);
        Assert.DoesNotContain("0101", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_number_in_the_reason_is_masked_in_the_log()
    {
        var part = Render();
        part.Find("[data-testid=reveal-number]").Click();
        part.Find("[data-testid=reveal-purpose]").Input("Sammenligner med 0101011234");
        part.Find("[data-testid=reveal-form]").Submit();
        Assert.DoesNotContain("1234", Assert.Single(_fixture.Access.Notes).Note.Purpose, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("26-0412", "L-1", 1)]
    [InlineData("26-0412", "L-2", 0)]
    [InlineData("26-0413", "L-1", 0)]
    public void A_number_that_is_shown_is_taken_away_when_the_letter_is_corrected_or_is_another(
        string caseNumber, string letterId, int correctedAt)
    {
        var part = Render();
        part.Find("[data-testid=reveal-number]").Click();
        part.Find("[data-testid=reveal-purpose]").Input("Ringer til lejeren");
        part.Find("[data-testid=reveal-form]").Submit();
        Assert.Equal("010101-1234", part.Find("[data-testid=person-number]").TextContent);
        part.Render(p => p.Add(x => x.CaseNumber, caseNumber).Add(x => x.LetterId, letterId)
            .Add(x => x.Version, DateTimeOffset.UnixEpoch.AddSeconds(correctedAt)));
        Assert.DoesNotContain("1234", part.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(part.FindAll("[data-testid=reveal-number]"));
    }

    [Fact]
    public void A_page_that_is_drawn_again_keeps_the_number_that_was_asked_for()
    {
        var part = Render();
        part.Find("[data-testid=reveal-number]").Click();
        part.Find("[data-testid=reveal-purpose]").Input("Ringer til lejeren");
        part.Find("[data-testid=reveal-form]").Submit();
        part.Render(p => p.Add(x => x.LetterId, "L-1"));
        Assert.Equal("010101-1234", part.Find("[data-testid=person-number]").TextContent);
    }

    [Fact]
    public void What_cannot_be_logged_is_not_shown()
    {
        _fixture.Access.Fails = true;
        var part = Render();
        part.Find("[data-testid=reveal-number]").Click();
        part.Find("[data-testid=reveal-purpose]").Input("Ringer til lejeren");
        part.Find("[data-testid=reveal-form]").Submit();
        Assert.Contains("Din tekst er bevaret", part.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ringer til lejeren", part.Find("[data-testid=reveal-purpose]").GetAttribute("value"));
        Assert.DoesNotContain("010101-1234", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_that_holds_no_number_any_more_says_so()
    {
        var part = Render("L-2");
        part.Find("[data-testid=reveal-number]").Click();
        part.Find("[data-testid=reveal-purpose]").Input("Ringer til lejeren");
        part.Find("[data-testid=reveal-form]").Submit();
        Assert.NotEmpty(part.Find("[role=alert]").TextContent);
    }
}
