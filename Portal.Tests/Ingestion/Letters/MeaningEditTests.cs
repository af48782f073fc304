using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Rules;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>An administrator says what statuses mean: what is refused, what is logged, and what stored letters then say.</summary>
public sealed class MeaningEditTests
{
    private static readonly Viewer Administrator = Of(PortalRoles.Administrator);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_is_logged_and_stored_letters_are_folded_by_it_and_say_so()
    {
        await using var fixture = await SeededAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, codes: "09");
        Assert.Equal(Verdict.OnItsWay, (await fixture.FindAsync()).Verdict);
        Assert.Null(await fixture.Meanings.SaveAsync(Administrator, Code("9", "return"), Stop));

        // As after a kill between edit and fold: the rules are stored, the letter's row is not folded yet, and what is read is right.
        await using (var db = fixture.CreateDbContext())
        {
            Assert.Equal("on-its-way", (await db.Letters.SingleAsync(Stop)).Verdict);
            Assert.Null((await db.RuleSets.OrderBy(r => r.Id).LastAsync(Stop)).DoneAt);
        }

        Assert.Equal(Verdict.Returned, (await fixture.FindAsync()).Verdict);
        Assert.True(await fixture.Refold.CatchUpAsync(Stop) > 0);
        await using (var db = fixture.CreateDbContext()) Assert.Equal("returned", (await db.Letters.SingleAsync(Stop)).Verdict);
        var change = Assert.Single((await fixture.FindAsync()).RuleChanges);
        Assert.Equal((Verdict.OnItsWay, Verdict.Returned), (change.Before, change.After));
        Assert.Contains("»9«", change.What.Danish, StringComparison.Ordinal);
        Assert.Contains("Brevet kom retur", change.What.Danish, StringComparison.Ordinal);
        Assert.Equal(0, await fixture.Refold.CatchUpAsync(Stop));

        var logged = Assert.Single((await fixture.Meanings.ReadAsync(Administrator, Stop)).Changes);
        Assert.Equal(("Hændelseskode 9", null, "Anders"), (logged.What, logged.Before, logged.By));
        Assert.Contains("Brevet kom retur", logged.After, StringComparison.Ordinal);
        Assert.Equal("Leverandøren svarede", logged.Why);
    }

    [Fact]
    public async Task Rules_that_come_while_earlier_ones_are_applied_are_applied_too()
    {
        await using var fixture = await SeededAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, codes: "9");
        await using (var db = fixture.CreateDbContext())
        {
            // Messages that the rules before had to read again and had not reached.
            await db.RuleSets.ExecuteUpdateAsync(r => r.SetProperty(x => x.Target, 7).SetProperty(x => x.Through, 3), Stop);
        }

        await fixture.Meanings.SaveAsync(Administrator, Code("9", "return"), Stop);
        await fixture.Meanings.SaveAsync(Administrator, Code("9", "receipt") with { Version = 1 }, Stop);
        await using (var db = fixture.CreateDbContext())
        {
            var rules = await db.RuleSets.OrderBy(r => r.Id).LastAsync(Stop);
            Assert.Equal((3, 7L, 3L), (rules.Id, rules.Target, rules.Through));
        }

        await fixture.Refold.CatchUpAsync(Stop);
        await using (var db = fixture.CreateDbContext())
        {
            Assert.Equal("delivered", (await db.Letters.SingleAsync(Stop)).Verdict);
            Assert.NotNull((await db.RuleSets.OrderBy(r => r.Id).LastAsync(Stop)).DoneAt);
        }
    }

    [Fact]
    public async Task Of_two_edits_of_the_same_row_the_second_is_told()
    {
        await using var fixture = await SeededAsync();
        Assert.Null(await fixture.Meanings.SaveAsync(Administrator, Code("9", "return"), Stop));
        Assert.Equal("row", (await fixture.Meanings.SaveAsync(Administrator, Code("9", "receipt"), Stop))?.Field);
        Assert.Single((await fixture.Meanings.ReadAsync(Administrator, Stop)).Changes);

        var edits = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            n => fixture.Meanings.SaveAsync(Administrator, Sender($"Navn {n}"), Stop)));
        Assert.Single(edits, e => e is null);
    }

    [Fact]
    public async Task A_source_alone_makes_no_new_rules()
    {
        await using var fixture = await SeededAsync();
        Assert.Null(await fixture.Meanings.SaveAsync(
            Administrator, new MeaningEdit(StoredMeaning.Action, KnownHandlinger.Fejlet, 1, "failed", "KMD's svar", true, null), Stop));
        var row = (await fixture.Meanings.ReadAsync(Administrator, Stop)).Statuses.Single(s => s.Key == KnownHandlinger.Fejlet);
        Assert.True(row.Confirmed);
        await using var db = fixture.CreateDbContext();
        Assert.Equal(1, await db.RuleSets.CountAsync(Stop));
    }

    [Theory]
    [InlineData(StoredMeaning.Action, KnownHandlinger.ModtagetDigitalPost, "delivered", "fordi", "meaning")]
    [InlineData(StoredMeaning.Action, KnownHandlinger.Afsendt, "delivered", "fordi", "meaning")]
    [InlineData(StoredMeaning.Action, KnownHandlinger.OpdateringPostDanmark, "delivered", "fordi", "meaning")]
    [InlineData(StoredMeaning.Action, KnownHandlinger.Fejlet, "unknown", " ", "why")]
    [InlineData(StoredMeaning.Action, KnownHandlinger.Fejlet, "slettet", "fordi", "meaning")]
    [InlineData(StoredMeaning.EventCode, "9", "delivered", "fordi", "meaning")]
    [InlineData(StoredMeaning.EventCode, " ", "return", "fordi", "key")]
    [InlineData(StoredMeaning.EventCode, "01", "receipt", "fordi", "row")]
    public async Task Such_a_meaning_is_refused_and_nothing_is_stored(string kind, string key, string meaning, string why, string field)
    {
        await using var fixture = await SeededAsync();
        var version = kind == StoredMeaning.Action ? 1 : 0;
        var refused = await fixture.Meanings.SaveAsync(
            Administrator, new MeaningEdit(kind, key, version, meaning, "Kilde", false, why), Stop);
        Assert.Equal(field, refused?.Field);
        Assert.Empty((await fixture.Meanings.ReadAsync(Administrator, Stop)).Changes);
    }

    [Theory]
    [InlineData("2026-05-01", "2026-04-30", null, "to")]
    [InlineData("2025-12-30", "2025-12-31", null, "from")]
    [InlineData("2027-01-01", null, null, "from")]
    [InlineData(null, null, null, "from")]
    [InlineData("2025-12-31", "2025-12-31", null, null)]
    [InlineData("2026-01-01", null, "afd21f3d-11c7-4f51-b2a6-f31d6480a9fb", null)]
    [InlineData("2026-01-01", null, "aaaaaaaa-11c7-4f51-b2a6-f31d6480a9fb", "sender")]
    public async Task Two_carriers_for_a_period_and_a_period_that_ends_first_are_refused(
        string? from, string? to, string? sender, string? field)
    {
        await using var fixture = await SeededAsync();
        var edit = new CarrierEdit(0, 0, sender, Day(from), Day(to), "Bud", "Kilde", null);
        Assert.Equal(field, (await fixture.Meanings.SaveAsync(Administrator, edit, Stop))?.Field);
    }

    [Theory]
    [InlineData(PortalRoles.Facilitator)]
    [InlineData(PortalRoles.Caseworker)]
    [InlineData(PortalRoles.Manager)]
    public async Task Others_than_administrators_may_not_edit(string role)
    {
        await using var fixture = await SeededAsync();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => fixture.Meanings.SaveAsync(Of(role), Code("9", "return"), Stop));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => fixture.Meanings.SaveAsync(Of(role), Sender("Post"), Stop));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => fixture.Meanings.SaveAsync(
            Of(role), new CarrierEdit(1, 1, null, null, null, "Bud", "Kilde", null, Remove: true), Stop));
    }

    [Fact]
    public async Task A_removed_carrier_stays_removed_at_the_next_start()
    {
        await using var fixture = await SeededAsync();
        var dao = (await fixture.Meanings.ReadAsync(Administrator, Stop)).Carriers.Single(c => c.Name == "dao");
        await fixture.Meanings.SaveAsync(
            Administrator, new CarrierEdit(dao.Id, dao.Version, null, null, null, "", "", "Ny aftale", Remove: true), Stop);
        await using (var db = fixture.CreateDbContext()) await ShippedMeanings.AddAsync(db, Stop);
        var tables = await fixture.Meanings.ReadAsync(Administrator, Stop);
        Assert.DoesNotContain(tables.Carriers, c => c.Name == "dao");
        Assert.Equal("Ny aftale", Assert.Single(tables.Changes).Why);
    }

    [Fact]
    public async Task A_posted_letter_names_the_carrier_of_its_day_and_the_sender_by_its_UUID()
    {
        await using var fixture = await SeededAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.ModtagetPostDanmark, responsible: "AFD21F3D-11c7-4f51-b2a6-f31d6480a9fb");
        var letter = await fixture.FindAsync();
        var posted = Assert.Single(letter.Events);
        Assert.Equal(("PostNord", "Strålfors"), (posted.Carrier, posted.Channel));
        Assert.Equal("Overgivet til postvirksomheden (PostNord).", posted.Explanation?.Danish);
        Assert.StartsWith("Overgivet til postvirksomheden (PostNord) ", letter.Explanation.Danish, StringComparison.Ordinal);
    }

    private static async Task<LettersFixture> SeededAsync()
    {
        var fixture = await LettersFixture.OpenAsync();
        await using var db = fixture.CreateDbContext();
        await ShippedMeanings.AddAsync(db, Stop);
        await RuleSets.CurrentAsync(db, fixture.Settings, fixture.Time.GetUtcNow(), Stop);
        return fixture;
    }

    private static Viewer Of(string role) => new("adm", "Anders", PortalRoles.RightsOf(role), [LettersFixture.Own], TypeScope.Everything);

    private static MeaningEdit Code(string code, string meaning) =>
        new(StoredMeaning.EventCode, code, 0, meaning, "Brev fra leverandøren", true, "Leverandøren svarede");

    private static SenderEdit Sender(string name) => new("ae5b9a93-c923-40d7-a41a-1eec18374e27", 1, name, "Kilde", false, null);

    private static DateOnly? Day(string? day) =>
        day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
