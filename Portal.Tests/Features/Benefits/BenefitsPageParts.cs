using AngleSharp.Dom;
using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Page;
using Portal.Ingestion.Domain;
using Portal.Tests.Features.Chains;

namespace Portal.Tests.Features.Benefits;

/// <summary>What the tests of the page of benefits share: a benefit that counts disputes, a colleague, and where things are.</summary>
internal static class BenefitsPageParts
{
    public static readonly DateTimeOffset January = new(2026, 1, 31, 11, 0, 0, TimeSpan.Zero);

    public static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower, Target = 0,
        Owner = "P. Madsen", EffectFrom = new DateOnly(2026, 1, 1), Baseline = new Baseline(550, new DateOnly(2025, 1, 1),
            new DateOnly(2025, 12, 31), "journal", new DateTimeOffset(2026, 1, 2, 8, 0, 0, TimeSpan.Zero), "Freja"),
    };

    public static readonly Viewer Anna =
        new("anna", "Anna", ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits, [ChainFixture.Own], TypeScope.None);

    public static IRenderedComponent<BenefitsPage> Open(BenefitFixture fixture) =>
        fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));

    public static IElement Row(IRenderedComponent<BenefitsPage> page, string id) => page.Find($"[data-element-id={id}].benefit");

    // On the renderer's thread, as a browser's event is: another person's change may render the page again.
    public static async Task WriteAsync(IRenderedComponent<BenefitsPage> page, string place, string text)
    {
        await page.InvokeAsync(() => page.Find($"{place} [data-testid=note-text]").InputAsync(new() { Value = text }));
        await page.InvokeAsync(() => page.Find($"{place} [data-testid=note-text]").ChangeAsync(new() { Value = text }));
    }

    public static string MessageText(IElement row, string what) => row.QuerySelector($"[data-testid={what}]")!.TextContent.Trim();
}
