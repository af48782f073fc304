using System.Text.RegularExpressions;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>On a telephone a row of a list is a card: its cells stand below each other, each with its column's heading.</summary>
public sealed partial class TableLabelTests
{
    [Fact]
    public void Each_cell_of_a_list_says_its_heading_on_a_telephone()
    {
        var lists = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "Portal"), "*.razor", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .SelectMany(f => Table().Matches(f.Text).Select(m => (f.Name, m.Value))).ToList();
        Assert.True(lists.Count > 12, $"{lists.Count} lists were found.");
        Assert.Empty(lists.SelectMany(l => Cell().Matches(l.Value).Select(m => m.Value)
            .Where(cell => !cell.Contains("data-label", StringComparison.OrdinalIgnoreCase)
                && !cell.Contains("DataLabel", StringComparison.Ordinal) && !cell.Contains("colspan", StringComparison.Ordinal))
            .Select(cell => $"{l.Name}: {cell}")));
    }

    [GeneratedRegex("<table class=\"list.*?</table>|<MudSimpleTable[^>]*\"cards.*?</MudSimpleTable>|<MudTable .*?</MudTable>",
        RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex("<(?:td|MudTd)(?: [^\n]*?)?>")]
    private static partial Regex Cell();
}
