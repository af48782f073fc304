using Portal.Features.Chains.Document;
using Portal.Features.Chains.Pictures;
using Xunit;

namespace Portal.Tests.Features.Chains;

public sealed class ChainColoursTests
{
    [Fact]
    public void The_screen_takes_every_kinds_colours_from_the_table_alone()
    {
        var rules = ChainColours.ScreenRules.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ChainKinds.InOrder.Select(k => $".k-{k.ToWire()} {{ --k: var(--{ChainColours.Of(k).Tone}); --kb: "),
            rules.Select(r => r[..(r.IndexOf("--kb: ", StringComparison.Ordinal) + "--kb: ".Length)]));
        Assert.Contains(".k-note { --k: var(--warn); --kb: color-mix(in srgb, var(--warn) 7%, var(--card)); }", rules);
        Assert.Contains(".k-technology { --k: var(--dim); --kb: var(--card); }", rules);
        Assert.DoesNotContain(
            ".k-", File.ReadAllText(Path.Combine(SourceTree.Root, "Portal", "wwwroot", "chains.css")), StringComparison.Ordinal);
        Assert.Contains(
            "<ChainColourStyle />", File.ReadAllText(Path.Combine(SourceTree.Root, "Portal", "Hosting", "App.razor")),
            StringComparison.Ordinal);
    }
}
