using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Settings;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>What is stored gets the verdicts of new rules, once, and says so.</summary>
public sealed class RuleRefoldTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_whose_verdict_changes_with_the_rules_says_so_and_the_others_do_not()
    {
        await using var fixture = await StoredBeforeAsync();
        Assert.True(await fixture.Refold.CatchUpAsync(Stop) > 0);
        var letter = await fixture.FindAsync();
        Assert.Equal(Verdict.OnItsWay, letter.Verdict);
        var change = Assert.Single(letter.RuleChanges);
        Assert.Equal((Verdict.HandedToPost, Verdict.OnItsWay), (change.Before, change.After));
        Assert.Contains("Afsendt", change.What.Danish, StringComparison.Ordinal);
        Assert.Empty((await fixture.FindAsync("brev-2")).RuleChanges);

        // Once: another start finds nothing to do, and the timeline says it once.
        Assert.Equal(0, await fixture.Refold.CatchUpAsync(Stop));
        Assert.Single((await fixture.FindAsync()).RuleChanges);
    }

    [Fact]
    public async Task A_status_that_arrives_before_the_letter_was_folded_again_is_no_change_of_rules()
    {
        await using var fixture = await StoredBeforeAsync();
        await fixture.StatusAsync(KnownHandlinger.ModtagetPostDanmark, 3);
        var letter = await fixture.FindAsync();
        Assert.Equal(Verdict.HandedToPost, letter.Verdict);
        Assert.Equal((Verdict.HandedToPost, Verdict.OnItsWay), Assert.Single(letter.RuleChanges) is var c ? (c.Before, c.After) : default);
        await fixture.Refold.CatchUpAsync(Stop);
        Assert.Single((await fixture.FindAsync()).RuleChanges);
    }

    [Fact]
    public async Task A_correction_before_the_letter_was_folded_again_is_no_change_of_rules_either()
    {
        await using var fixture = await StoredBeforeAsync();
        await fixture.RegisterAsync(LettersFixture.Letter() with { Receipts = ReceiptsOrdered.None });
        Assert.Equal(Verdict.OnItsWay, Assert.Single((await fixture.FindAsync()).RuleChanges).After);
        fixture.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(Verdict.NoReceipt, (await fixture.FindAsync()).Verdict);
        Assert.DoesNotContain(await fixture.WorkAsync(), r => r.LetterId == "brev-1");
    }

    [Fact]
    public async Task New_letters_and_letters_without_statuses_say_nothing()
    {
        await using var fixture = await StoredBeforeAsync();
        await fixture.RegisterAsync(LettersFixture.Letter("brev-3", "dddd"));
        await fixture.StatusAsync(KnownHandlinger.ModtagetPostDanmark, 3, "dddd");
        await fixture.Refold.CatchUpAsync(Stop);
        Assert.Empty((await fixture.FindAsync("brev-3")).RuleChanges);
    }

    [Fact]
    public async Task Other_meanings_of_event_codes_fold_the_letters_again()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await RulesAsync(fixture, new PortalSettings { PostEventCodes = new Dictionary<string, string> { ["7"] = "tracking" } });
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, codes: "3");
        await using (var db = fixture.CreateDbContext())
        {
            await db.Letters.ExecuteUpdateAsync(l => l.SetProperty(x => x.Verdict, "on-its-way"), Stop);
        }

        await fixture.Refold.CatchUpAsync(Stop);
        await RulesAsync(fixture, fixture.Settings);
        await fixture.Refold.CatchUpAsync(Stop);
        var change = Assert.Single((await fixture.FindAsync()).RuleChanges);
        Assert.Contains("3=receipt", change.What.Danish, StringComparison.Ordinal);
    }

    // A letter that an earlier version gave handed-to-post by »Afsendt«, and one that both versions see alike.
    private static async Task<LettersFixture> StoredBeforeAsync()
    {
        var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", "bbbb"));
        await fixture.StatusAsync(KnownHandlinger.Afsendt);
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 2, "bbbb");
        await using (var db = fixture.CreateDbContext())
        {
            await db.Letters.Where(l => l.LetterId == "brev-1")
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.Verdict, "handed-to-post"), Stop);
            await db.StatusMatches.ExecuteUpdateAsync(m => m.SetProperty(x => x.Matcher, 1), Stop);
        }

        await RulesAsync(fixture, fixture.Settings);
        return fixture;
    }

    private static async Task RulesAsync(LettersFixture fixture, PortalSettings settings)
    {
        await using var db = fixture.CreateDbContext();
        await RuleSets.CurrentAsync(db, settings, fixture.Time.GetUtcNow(), Stop);
    }
}
