using Bunit;
using Portal.Features.Ledger;
using Portal.Ingestion.Verification;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Ledger;

public sealed class UnchangedSealTests
{
    [Fact]
    public async Task A_message_that_was_checked_now_says_when_and_offers_its_proof()
    {
        await using var fixture = new PageFixture();
        var seal = fixture.Render<UnchangedSeal>(p => p.Add(s => s.BeskedIds, ["bd12c645-0000-0000-0000-000000000001"]));
        Assert.Contains("Uændret siden modtagelsen", seal.Markup, StringComparison.Ordinal);
        Assert.Contains(
            "23.11.2026 14:01:00", seal.Find("time").GetAttribute("title") + seal.Find("time").TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/beskeder/bd12c645-0000-0000-0000-000000000001/bevis", seal.Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task Of_several_messages_the_worst_one_is_reported()
    {
        await using var fixture = new PageFixture();
        fixture.Ledger.Known["b"] = MessageIntegrity.Erased;
        var seal = fixture.Render<UnchangedSeal>(p => p.Add(s => s.BeskedIds, ["a", "b"]));
        Assert.Equal("erased", seal.Find("[data-testid=unchanged-seal]").GetAttribute("data-integrity"));
        fixture.Ledger.Known["c"] = MessageIntegrity.Broken;
        seal = fixture.Render<UnchangedSeal>(p => p.Add(s => s.BeskedIds, ["a", "c", "b"]));
        Assert.Equal("broken", seal.Find("[data-testid=unchanged-seal]").GetAttribute("data-integrity"));
        Assert.Empty(seal.FindAll("a"));
    }
}
