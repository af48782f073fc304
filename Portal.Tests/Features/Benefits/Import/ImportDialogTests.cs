using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Features.Benefits.Import;
using Portal.Features.Chains.Document;
using Xunit;

namespace Portal.Tests.Features.Benefits.Import;

/// <summary>The dialog that imports a benefit overview.</summary>
public sealed class ImportDialogTests
{
    private static Task<BenefitFixture> OpenAsync() => BenefitFixture.OpenAsync(ChainApply.Apply(
        ChainDocument.Empty with { Title = "Post" },
        ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, "Mindre spildtid")).Changes));

    private static void Choose(IRenderedComponent<ImportDialog> dialog, byte[] file, string name = "gevinster.xlsx")
    {
        dialog.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(file, name));
        dialog.WaitForState(() => dialog.FindAll("[data-testid=overview-reading]").Count == 0);
    }

    [Fact]
    public async Task What_happens_to_each_row_is_shown_before_it_is_saved()
    {
        await using var fixture = await OpenAsync();
        ImportOutcome? saved = null;
        var closed = 0;
        var dialog = fixture.Render<ImportDialog>(p => p.Add(d => d.ChainId, fixture.Chain).Add(d => d.OnSaved, outcome => saved = outcome)
            .Add(d => d.OnClose, () => closed++));
        Assert.True(dialog.Find("[data-testid=overview-save]").HasAttribute("disabled"));
        Choose(dialog, HandMade.Of(["Gevinst", "Ejer", "Bemærk"], ["Mindre spildtid", "L. Holm", "x"],
            ["Mindre porto", "K. Jensen", null]));
        dialog.WaitForAssertion(() => Assert.Equal(["Change", "Add"],
            dialog.FindAll("[data-testid=overview-row]").Select(r => r.GetAttribute("data-action"))));
        Assert.Contains("Ejer: – → L. Holm", dialog.Markup, StringComparison.Ordinal);
        Assert.Contains("Bemærk", dialog.Find("[data-testid=overview-unused]").TextContent, StringComparison.Ordinal);
        await dialog.Find("[data-testid=overview-save]").ClickAsync(new());
        dialog.WaitForAssertion(() => Assert.Equal((new ImportOutcome(1, 1, null), 1), (saved, closed)));
    }

    [Fact]
    public async Task A_file_with_errors_cannot_be_saved_and_a_wrong_file_says_why()
    {
        await using var fixture = await OpenAsync();
        var dialog = fixture.Render<ImportDialog>(p => p.Add(d => d.ChainId, fixture.Chain));
        Choose(dialog, HandMade.Of(["Gevinst", "Type"], ["Mindre spildtid", "tja"]));
        dialog.WaitForAssertion(() => Assert.Equal("Wrong", dialog.Find("[data-testid=overview-row]").GetAttribute("data-action")));
        Assert.True(dialog.Find("[data-testid=overview-save]").HasAttribute("disabled"));
        Choose(dialog, [1, 2, 3]);
        dialog.WaitForAssertion(() => Assert.Contains(
            "kan ikke læses som et regneark", dialog.Find("[data-testid=overview-problem]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_whose_name_says_another_kind_is_not_read_whatever_it_holds()
    {
        await using var fixture = await OpenAsync();
        var dialog = fixture.Render<ImportDialog>(p => p.Add(d => d.ChainId, fixture.Chain));
        var good = HandMade.Of(["Gevinst", "Ejer"], ["Mindre spildtid", "L. Holm"]);
        Choose(dialog, good, "gevinster.xlsx.exe");
        dialog.WaitForAssertion(() => Assert.Contains(
            ".xlsx", dialog.Find("[data-testid=overview-wrong]").TextContent, StringComparison.Ordinal));
        Assert.Empty(dialog.FindAll("[data-testid=overview-row]"));
        Choose(dialog, good, "GEVINSTER.XLSX");
        dialog.WaitForAssertion(() => Assert.Single(dialog.FindAll("[data-testid=overview-row]")));
    }
}
