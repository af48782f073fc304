using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Catalogue;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Meanings;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Catalogue;

public sealed class CataloguePageTests : IAsyncDisposable
{
    private readonly PageFixture _fixture;
    private readonly FakeCatalogue _catalogue = new();

    public CataloguePageTests() =>
        _fixture = new PageFixture(PortalRoles.Facilitator, services =>
            services.AddSingleton<ICatalogue>(_catalogue).AddSingleton<IMeaningCatalogue>(new FakeMeanings()));

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public void Known_and_unknown_types_are_distinguished_in_words()
    {
        _catalogue.Types.Add(new CatalogueType("d2bed63c", "PKO_PostStatus", "Hvad der blev af et brev.", true, false, 1042, 12, null,
            new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero)));
        _catalogue.Types.Add(new CatalogueType("urn:x", "ukendt type", "", false, true, 1, 0, null, null));
        var rows = _fixture.Render<CataloguePage>().FindAll("[data-testid=catalogue-row]");
        Assert.Equal(["d2bed63c", "urn:x"], rows.Select(r => r.GetAttribute("data-beskedtype")));
        Assert.Contains("Kendt", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1.042 i alt", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("12 det seneste døgn", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Fortrolig", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Fortrolig", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Vi ved endnu ikke, hvad typen fortæller.", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_decides_columns_and_order_and_the_file_has_the_same()
    {
        _catalogue.Types.Add(new CatalogueType("b", "Beta", "", true, false, 5, 1, null, null));
        _catalogue.Types.Add(new CatalogueType("a", "alfa", "", true, false, 9, 0, null, null));
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/beskedkatalog?kol=ialt&sort=-ialt");
        var page = _fixture.Render<CataloguePage>();
        Assert.Equal(["a", "b"], page.FindAll("[data-testid=catalogue-row]").Select(r => r.GetAttribute("data-beskedtype")));
        Assert.Equal(["Beskedtype", "I alt"], page.FindAll("th").Select(h => h.TextContent.Trim()));
        Assert.Equal("/api/beskedkatalog/eksport.xlsx?kol=ialt&sort=-ialt", page.Find("[data-testid=export-xlsx]").GetAttribute("href"));

        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/beskedkatalog?sort=navn");
        page.WaitForState(() => page.FindAll("th").Count > 2);
        Assert.Equal(["a", "b"], page.FindAll("[data-testid=catalogue-row]").Select(r => r.GetAttribute("data-beskedtype")));
    }

    [Fact]
    public async Task A_new_type_shows_by_itself()
    {
        var page = _fixture.Render<CataloguePage>();
        Assert.Contains("Ingen beskedtyper endnu", page.Markup, StringComparison.Ordinal);
        _catalogue.Types.Add(new CatalogueType("urn:x", "ukendt type", "", false, true, 1, 1, null, null));
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=catalogue-row]").Count == 1);
    }

    private sealed class FakeCatalogue : ICatalogue
    {
        public List<CatalogueType> Types { get; } = [];

        public Task<IReadOnlyList<CatalogueType>> ListAsync(Viewer viewer, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CatalogueType>>([.. Types]);
    }
}
