using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Evidence.Contested;
using Portal.Ingestion.Letters;
using Portal.Platform.Ui;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Evidence.Contested;

/// <summary>The page "Hvis borgeren bestrider" of a letter.</summary>
public sealed class ContestedPageTests : IAsyncDisposable
{
    private readonly FakeCases _cases = new();
    private readonly PageFixture _fixture;

    public ContestedPageTests() => _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<ContestedPage> Open(string letterId) =>
        _fixture.Render<ContestedPage>(p => p.Add(c => c.CaseNumber, "26-0412").Add(c => c.LetterId, letterId));

    [Theory]
    [InlineData("L-2")]
    [InlineData("l-2")]
    public void It_answers_for_its_own_letter_in_danish(string letterId)
    {
        _cases.Add(FakeCases.Letter(), FakeCases.Letter("L-2") with { Title = "Høring", Verdict = Verdict.HandedToPost });
        var page = Open(letterId);
        var document = page.Find("[data-testid=contested]");
        Assert.Equal("da", document.GetAttribute("lang"));
        Assert.Equal("Høring", page.Find("h1").TextContent);
        Assert.Contains("3. Er brevet kommet retur?", document.TextContent, StringComparison.Ordinal);
        Assert.Contains("sandsynliggjort, ikke bevist", document.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Afgørelse om huslejenedsættelse", document.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, page.FindAll("[data-testid=contested] h2").Count(h => char.IsAsciiDigit(h.TextContent[0])));
    }

    [Theory]
    [InlineData("da", 0)]
    [InlineData("en", 1)]
    public void Only_a_page_in_another_language_says_that_the_text_is_danish(string language, int said)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        _cases.Add(FakeCases.Letter());
        Assert.Equal(said, Open("L-1").FindAll("[data-testid=contested-language]").Count);
    }

    [Fact]
    public void A_letter_that_is_not_there_says_so()
    {
        _cases.Add(FakeCases.Letter());
        Assert.Equal("Brevet findes ikke", Open("L-9").Find("h1").TextContent);
    }

    [Fact]
    public void Its_address_keeps_a_slash_in_number_and_id() =>
        Assert.Equal("/sager/24%2F0117/breve/L%2F1%20a/bestridt", PortalUrls.Contested("24/0117", "L/1 a"));
}
