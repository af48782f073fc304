using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Journal;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>A held cause is not counted until its day. On SQLite; a derived class runs it on PostgreSQL.</summary>
public class QuarantineHoldTests
{
    private static readonly Viewer Adm = IngestionFixture.Administrator();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal virtual Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();

    private static IQuarantineHolds Holds(IngestionFixture fixture) => fixture.Services.GetRequiredService<IQuarantineHolds>();

    private static IQuarantineCauses Causes(IngestionFixture fixture) => fixture.Services.GetRequiredService<IQuarantineCauses>();

    private static string NoId(int n) =>
        $"""<k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0"><k:Beskedkuvert n="{n}"/></k:Haendelsesbesked>""";

    private static DateOnly Today(IngestionFixture fixture) => DanishTime.DateOf(fixture.Time.GetUtcNow());

    private static HoldDraft Draft(IngestionFixture fixture, string? link = null) =>
        new("Leverandøren retter; gælder 010101-1234", "Bo", Today(fixture).AddDays(3), link);

    private static async Task<QuarantineCause> FillAsync(IngestionFixture fixture)
    {
        for (var n = 0; n < 3; n++) await fixture.ReceiveAsync(NoId(n));
        await fixture.ReceiveAsync("<a>");
        return (await Causes(fixture).CausesAsync(Adm, Stop))[0];
    }

    [Fact]
    public async Task A_held_cause_and_its_new_rows_are_not_counted_until_its_day_begins()
    {
        await using var fixture = await OpenAsync();
        var cause = await FillAsync(fixture);
        Assert.True(await Holds(fixture).HoldAsync(Adm, cause.Reason, cause.Detail, Draft(fixture, "https://sag.example/1"), Stop));
        await fixture.ReceiveAsync(NoId(9));

        Assert.Equal(1, await fixture.Quarantine.CountAsync(Adm, Stop));
        Assert.DoesNotContain(await Causes(fixture).CausesAsync(Adm, Stop), c => c.Key == cause.Key);
        var held = Assert.Single(await Holds(fixture).ListAsync(Adm, Stop));
        Assert.Equal((4L, "Bo", "Anders", "Leverandøren retter; gælder 010101-xxxx", false, cause.Key, "https://sag.example/1"),
            (held.Count, held.Owner, held.HeldBy, held.Why, held.IsOver, held.Key, held.Link!.AbsoluteUri));
        Assert.Equal((fixture.Time.GetUtcNow(), Today(fixture).AddDays(3)), (held.HeldAt, held.Until));
        Assert.Equal(
            4, (await Causes(fixture).ListAsync(Adm, new QuarantineSelection { Held = true }, null, 10, Stop)).Items.Count);
        Assert.Equal(5, (await fixture.Quarantine.ListAsync(Adm, null, null, 10, Stop)).Items.Count);

        fixture.Time.Advance(DanishTime.FromLocal(held.Until.ToDateTime(TimeOnly.MinValue)) - fixture.Time.GetUtcNow() - TimeSpan
            .FromTicks(1));
        Assert.Equal(1, await fixture.Quarantine.CountAsync(Adm, Stop));
        fixture.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(5, await fixture.Quarantine.CountAsync(Adm, Stop));
        Assert.True(Assert.Single(await Holds(fixture).ListAsync(Adm, Stop)).IsOver);
    }

    [Fact]
    public async Task Released_by_hand_it_counts_at_once_and_both_are_in_the_log_of_actions()
    {
        await using var fixture = await OpenAsync();
        var cause = await FillAsync(fixture);
        Assert.True(await Holds(fixture).HoldAsync(Adm, cause.Reason, cause.Detail, Draft(fixture), Stop));
        Assert.True(await Holds(fixture).HoldAsync(Adm, cause.Reason, cause.Detail, Draft(fixture) with { Owner = "Eva" }, Stop));
        Assert.Equal("Eva", Assert.Single(await Holds(fixture).ListAsync(Adm, Stop)).Owner);
        Assert.True(await Holds(fixture).ReleaseAsync(Adm, cause.Reason, cause.Detail, Stop));
        Assert.False(await Holds(fixture).ReleaseAsync(Adm, cause.Reason, cause.Detail, Stop));

        Assert.Equal(4, await fixture.Quarantine.CountAsync(Adm, Stop));
        Assert.Empty(await Holds(fixture).ListAsync(Adm, Stop));
        var entries = (await fixture.EntriesAsync()).Where(e => e.Kind.StartsWith("quarantine-", StringComparison.Ordinal)).ToList();
        Assert.Equal(["quarantine-held", "quarantine-released", "quarantine-held", "quarantine-released"], entries.Select(e => e.Kind));
        Assert.All(entries, e => Assert.DoesNotContain("010101-1234", e.Json!, StringComparison.Ordinal));
        Assert.Null((await fixture.VerdictAsync()).First);
    }

    [Fact]
    public async Task A_hold_changed_behind_the_portals_back_is_found_by_verify()
    {
        await using var fixture = await OpenAsync();
        var cause = await FillAsync(fixture);
        await Holds(fixture).HoldAsync(Adm, cause.Reason, cause.Detail, Draft(fixture), Stop);
        Assert.Null((await fixture.VerdictAsync()).First);
        await fixture.DoAsync("""UPDATE "QuarantineHolds" SET "Owner" = 'Ingen'""");
        Assert.Equal(LedgerProblem.ActionChanged, (await fixture.VerdictAsync()).First?.Problem);
        await fixture.DoAsync("""DELETE FROM "QuarantineHolds" """);
        Assert.Equal(LedgerProblem.ActionChanged, (await fixture.VerdictAsync()).First?.Problem);
    }

    [Fact]
    public async Task Without_the_right_at_another_authority_and_without_rows_nothing_is_held()
    {
        await using var fixture = await OpenAsync();
        var cause = await FillAsync(fixture);
        var reads = new Viewer("x", "X", ViewerRights.Quarantine, [IngestionFixture.Own], TypeScope.Everything);
        Assert.False(await Holds(fixture).HoldAsync(reads, cause.Reason, cause.Detail, Draft(fixture), Stop));
        var other = IngestionFixture.Administrator("11111111");
        Assert.False(await Holds(fixture).HoldAsync(other, cause.Reason, cause.Detail, Draft(fixture), Stop));
        Assert.False(await Holds(fixture).HoldAsync(Adm, cause.Reason, "noget andet", Draft(fixture), Stop));
        Assert.False(await Holds(fixture).HoldAsync(Adm, cause.Reason, cause.Detail, Draft(fixture) with { Why = " " }, Stop));

        Assert.True(await Holds(fixture).HoldAsync(Adm, cause.Reason, cause.Detail, Draft(fixture), Stop));
        Assert.Empty(await Holds(fixture).ListAsync(other, Stop));
        Assert.False(await Holds(fixture).ReleaseAsync(other, cause.Reason, cause.Detail, Stop));
        Assert.False(await Holds(fixture).ReleaseAsync(reads, cause.Reason, cause.Detail, Stop));
        Assert.Equal(1, await fixture.Quarantine.CountAsync(Adm, Stop));
    }

    [Fact]
    public async Task A_row_is_found_by_its_id_with_what_became_of_it()
    {
        await using var fixture = await OpenAsync();
        const string Id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        await fixture.ReceiveAsync($"""
            <Haendelsesbesked xmlns="urn:oio:besked:kuvert:1.0" xmlns:sd="urn:oio:sagdok:3.0.0"><BeskedId><sd:UUIDIdentifikator>{Id}
            </sd:UUIDIdentifikator></BeskedId><Beskedkuvert/></Haendelsesbesked>
            """);
        var found = Assert.Single(await fixture.Quarantine.FindAsync(Adm, Id.ToUpperInvariant(), 10, Stop));
        Assert.Equal((QuarantineReason.MissingType, false, false, null as DateTimeOffset?),
            (found.Message.Reason, found.Held, found.Closed, found.ResolvedAt));
        await Holds(fixture).HoldAsync(Adm, found.Message.Reason, found.Message.Detail, Draft(fixture), Stop);
        Assert.True(Assert.Single(await fixture.Quarantine.FindAsync(Adm, Id, 10, Stop)).Held);
        await Causes(fixture).CloseAsync(Adm, new QuarantineSelection { Held = true }, "færdig", Stop);
        Assert.True(Assert.Single(await fixture.Quarantine.FindAsync(Adm, Id, 10, Stop)).Closed);
        Assert.Empty(await fixture.Quarantine.FindAsync(IngestionFixture.Administrator("11111111"), Id, 10, Stop));
        Assert.Empty(await fixture.Quarantine.FindAsync(Adm, "ukendt", 10, Stop));
    }

    [Theory]
    [InlineData("https://leverandoer.example/sag/4711", true)]
    [InlineData("http://leverandoer.example/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://bank.dk@ond.example/", false)]
    [InlineData("/sag/4711", false)]
    [InlineData("https://sag.example/?cpr=010101-1234", false)]
    public void Only_an_https_address_without_a_user_or_a_person_is_a_link(string link, bool taken)
    {
        var today = new DateOnly(2026, 11, 30);
        Assert.Equal(taken, HoldRules.LinkOf(link) is not null);
        Assert.Equal(taken, HoldRules.ProblemsOf(new HoldDraft("x", "Bo", today.AddDays(1), link), today).Count == 0);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(366, true)]
    [InlineData(367, false)]
    public void The_day_of_review_is_ahead_and_within_a_year(int days, bool taken)
    {
        var today = new DateOnly(2026, 11, 30);
        Assert.Equal(taken, HoldRules.ProblemsOf(new HoldDraft("x", "Bo", today.AddDays(days), null), today).Count == 0);
    }
}
