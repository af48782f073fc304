using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters.Delays;

/// <summary>Late receipts over received messages, on each database; the derived classes choose it.</summary>
public abstract class StoredDelaysTests
{
    private const string Other = "12345678";
    private static readonly Viewer Anna = LettersFixture.Caseworker();
    private static readonly Viewer Bo = LettersFixture.Caseworker(Other);

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Rows_wait_while_receipts_are_late_and_come_by_themselves_when_time_passes_or_it_is_over()
    {
        await using var fixture = await OpenAsync();
        await RegisterAsync(fixture, "venter", fixture.Time.GetUtcNow().AddHours(-25));
        await RegisterAsync(fixture, "længe", fixture.Time.GetUtcNow().AddHours(-31));
        await RegisterAsync(fixture, "fysisk", fixture.Time.GetUtcNow().AddDays(-20), LetterChannel.FysiskPost);
        Assert.Equal(["fysisk", "længe", "venter"], await RowsAsync(fixture));

        var delay = new TimeSpan(25, 10, 0);
        await ArriveAsync(fixture, 20, delay);
        await MeasureAsync(fixture);
        Assert.Equal(["fysisk", "længe"], await RowsAsync(fixture));
        Assert.Equal(Verdict.EvidenceMissing, (await LettersAsync(fixture)).Single(l => l.LetterId == "venter").Verdict);
        var late = Assert.Single(await Delays(fixture).LateAsync(Anna, default));
        Assert.Equal((IngestionFixture.Own, 20, delay, delay, 1L),
            (late.Authority, late.Figures.Letters, late.Figures.Median, late.Figures.NearlyAll, late.Waiting));

        // Later than nearly all the others: nothing but time has passed.
        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["fysisk", "længe"], await RowsAsync(fixture));
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["fysisk", "længe", "venter"], await RowsAsync(fixture));

        await RegisterAsync(fixture, "ny", fixture.Time.GetUtcNow().AddHours(-24.5));
        Assert.Equal(["fysisk", "længe", "venter"], await RowsAsync(fixture));
        await ArriveAsync(fixture, 60, TimeSpan.FromMinutes(2));
        await MeasureAsync(fixture);
        Assert.Equal(["fysisk", "længe", "ny", "venter"], await RowsAsync(fixture));
        Assert.Empty(await Delays(fixture).LateAsync(Anna, default));
    }

    [Fact]
    public async Task Nineteen_letters_and_half_the_deadline_are_not_late()
    {
        await using var fixture = await OpenAsync();
        await ArriveAsync(fixture, 19, TimeSpan.FromHours(30));
        await MeasureAsync(fixture);
        Assert.Empty(await Delays(fixture).LateAsync(Anna, default));
        await ArriveAsync(fixture, 1, TimeSpan.FromHours(30));
        await MeasureAsync(fixture);
        Assert.Single(await Delays(fixture).LateAsync(Anna, default));

        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30), cvr: Other);
        await ArriveAsync(fixture, 21, TimeSpan.FromHours(12), cvr: Other);
        await MeasureAsync(fixture);
        Assert.Empty(await Delays(fixture).LateAsync(Bo, default));
    }

    [Fact]
    public async Task An_authority_sees_and_waits_for_its_own_letters_only()
    {
        await using var fixture = await OpenAsync();
        foreach (var cvr in (string[])[IngestionFixture.Own, Other])
            await RegisterAsync(fixture, "brev", fixture.Time.GetUtcNow().AddHours(-25), cvr: cvr);
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30));
        await ArriveAsync(fixture, 30, TimeSpan.FromHours(1), cvr: Other);
        await MeasureAsync(fixture);
        Assert.Empty(await RowsAsync(fixture));
        Assert.Equal(["brev"], await RowsAsync(fixture, Bo));
        Assert.Empty(await Delays(fixture).LateAsync(Bo, default));
        Assert.Equal((20, TimeSpan.FromHours(30)), await HourAsync(fixture, IngestionFixture.Own));
        Assert.Equal((30, TimeSpan.FromHours(1)), await HourAsync(fixture, Other));
        Assert.Empty(await Delays(fixture).HoursAsync(Anna, default));
        Assert.Empty(await Delays(fixture).LateAsync(Viewer.Nobody, default));
    }

    [Fact]
    public async Task Neither_physical_letters_nor_clocks_ahead_nor_what_a_person_matched_make_receipts_late()
    {
        await using var fixture = await OpenAsync();
        var now = fixture.Time.GetUtcNow();
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30), channel: LetterChannel.FysiskPost);
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30), now.AddMinutes(10));
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30), now.AddMinutes(-61));
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(80), channel: LetterChannel.Automatisk, inside:
            "<ForsendelseHaendelseSamling><ForsendelseHaendelse><ForsendelseHaendelseTypeKode>3</ForsendelseHaendelseTypeKode>"
                + "</ForsendelseHaendelse></ForsendelseHaendelseSamling>", action: KnownHandlinger.OpdateringPostDanmark);
        await ArriveAsync(fixture, 19, TimeSpan.FromHours(30));
        await RegisterAsync(fixture, "i hånden", now.AddHours(-30));
        await StatusAsync(fixture, Guid.NewGuid(), KnownHandlinger.AfleveretDigitalPost, now.AddMinutes(-1));
        await MatchAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var hands = fixture.Services.GetRequiredService<IHandMatching>();
        await using (var db = await Contexts(fixture).CreateDbContextAsync())
        {
            var waiting = await db.StatusMatches.SingleAsync(m => m.State == 0);
            Assert.Equal(HandOutcome.Done, await hands.AssignAsync(Anna, $"s-{waiting.Sequence}", "i hånden", "set i loggen", default));
        }

        await MeasureAsync(fixture);
        Assert.Equal(Verdict.Delivered, (await LettersAsync(fixture)).Single(l => l.LetterId == "i hånden").Verdict);
        Assert.Empty(await Delays(fixture).LateAsync(Anna, default));
    }

    [Fact]
    public async Task A_period_that_is_over_is_offered_until_somebody_notes_or_dismisses_it_also_after_a_restart()
    {
        await using var fixture = await OpenAsync();
        var began = fixture.Time.GetUtcNow();
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30));
        await MeasureAsync(fixture);
        Assert.Empty(await Delays(fixture).OfferedAsync(Anna, default));
        fixture.Time.Advance(TimeSpan.FromMinutes(30));
        await MeasureAsync(fixture);

        // As after a restart: another watch, another reader, the same database.
        var (watch, reader) = (NewWatch(fixture), ActivatorUtilities.CreateInstance<ReceiptDelays>(fixture.Services));
        Assert.Equal(began, Assert.Single(await reader.LateAsync(Anna, default)).Since);
        fixture.Time.Advance(TimeSpan.FromMinutes(31));
        await watch.MeasureAsync(default);
        var period = Assert.Single(await reader.OfferedAsync(Anna, default));
        Assert.Equal((began, began.AddMinutes(30), TimeSpan.FromHours(30)), (period.From, period.To, period.WorstMedian));
        Assert.Empty(await reader.OfferedAsync(Bo, default));
        Assert.False(await reader.DismissAsync(Bo, period.Id, default));

        // Late again within the hour: the same period goes on.
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(40));
        await watch.MeasureAsync(default);
        Assert.Equal(began, Assert.Single(await reader.LateAsync(Anna, default)).Since);
        Assert.Empty(await reader.OfferedAsync(Anna, default));
        fixture.Time.Advance(TimeSpan.FromHours(3));
        Assert.Empty(await reader.LateAsync(Anna, default));
        await watch.MeasureAsync(default);
        period = Assert.Single(await reader.OfferedAsync(Anna, default));
        Assert.Equal((began.AddMinutes(61), TimeSpan.FromHours(40)), (period.To, period.WorstMedian));

        var notes = fixture.Services.GetRequiredService<ICaseNotes>();
        await notes.NoteIncidentAsync(Anna, new IncidentDraft(period.From, period.To, LetterChannel.DigitalPost,
            period.IncidentText.Danish) { LatePeriod = period.Id }, default);
        Assert.Empty(await reader.OfferedAsync(Anna, default));
        Assert.Contains("40 timer og 0 minutter", Assert.Single(await notes.IncidentsAsync(Anna, default)).Text, StringComparison.Ordinal);

        await ArriveAsync(fixture, 20, TimeSpan.FromHours(20));
        await watch.MeasureAsync(default);
        fixture.Time.Advance(TimeSpan.FromHours(2));
        await watch.MeasureAsync(default);
        Assert.True(await reader.DismissAsync(Anna, Assert.Single(await reader.OfferedAsync(Anna, default)).Id, default));
        Assert.Empty(await reader.OfferedAsync(Anna, default));
    }

    [Fact]
    public async Task A_row_that_waited_and_got_its_receipt_is_not_told_as_ended()
    {
        await using var fixture = await OpenAsync();
        var now = fixture.Time.GetUtcNow();
        var (waited, shown) = (Guid.NewGuid(), Guid.NewGuid());
        await RegisterAsync(fixture, "venter", now.AddHours(-26), uuid: waited);
        await RegisterAsync(fixture, "vist", now.AddHours(-40), uuid: shown);
        await ArriveAsync(fixture, 20, TimeSpan.FromHours(30));
        await MeasureAsync(fixture);
        foreach (var uuid in (Guid[])[waited, shown]) await StatusAsync(fixture, uuid, KnownHandlinger.AfleveretDigitalPost, now);
        await MatchAsync(fixture);
        Assert.Empty(await RowsAsync(fixture));
        var ended = (await fixture.Services.GetRequiredService<IWorklistService>().EndedAsync(Anna, 100, default)).Select(e => e.LetterId);
        Assert.Equal(["vist"], ended.Intersect(["venter", "vist"]));
    }

    private static IReceiptDelays Delays(IngestionFixture fixture) => fixture.Services.GetRequiredService<IReceiptDelays>();

    private static IDbContextFactory<IngestionDbContext> Contexts(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>();

    private static DelayMeasuringService NewWatch(IngestionFixture fixture) =>
        ActivatorUtilities.CreateInstance<DelayMeasuringService>(fixture.Services);

    private static async Task MeasureAsync(IngestionFixture fixture)
    {
        using var watch = NewWatch(fixture);
        await watch.MeasureAsync(default);
    }

    // The list, and that the count on every page agrees with it.
    private static async Task<IEnumerable<string?>> RowsAsync(IngestionFixture fixture, Viewer? viewer = null)
    {
        var rows = await fixture.Services.GetRequiredService<IWorklistService>()
            .ReadAsync(viewer ?? Anna, new WorkQuery(FollowUpReason.EvidenceMissing), null, 100, default);
        Assert.Equal(
            await fixture.Services.GetRequiredService<IWorklistService>().CountAsync(viewer ?? Anna, new WorkQuery(), default),
            await fixture.Services.GetRequiredService<ICaseReader>().AttentionCountAsync(viewer ?? Anna, default));
        Assert.Equal(rows.Items.Count, await fixture.Services.GetRequiredService<IWorklistService>()
            .CountAsync(viewer ?? Anna, new WorkQuery(FollowUpReason.EvidenceMissing), default));
        return rows.Items.Select(r => r.LetterId).Order(StringComparer.Ordinal);
    }

    private static async Task<(int Letters, TimeSpan Median)> HourAsync(IngestionFixture fixture, string cvr)
    {
        var hours = Assert.Single(await Delays(fixture).HoursAsync(IngestionFixture.Administrator(cvr), default)).Hours;
        Assert.Equal(HourlyDelay.Hours, hours.Count);
        return (hours.Sum(h => h.Figures.Letters), hours.Max(h => h.Figures.Median));
    }

    private static async Task<IReadOnlyList<LetterView>> LettersAsync(IngestionFixture fixture) =>
        (await fixture.Services.GetRequiredService<ICaseReader>().FindAsync(Anna, "24-0117", default))!.Letters;

    private static Task RegisterAsync(IngestionFixture fixture, string id, DateTimeOffset sentAt,
        LetterChannel channel = LetterChannel.DigitalPost, string cvr = IngestionFixture.Own, Guid? uuid = null) =>
        RegisterAsync(fixture, cvr, [Letter(id, sentAt, channel, uuid ?? Guid.NewGuid())]);

    private static async Task RegisterAsync(IngestionFixture fixture, string cvr, LetterRegistration[] letters) =>
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(LettersFixture.Caseworker(cvr), letters, default);

    private static LetterRegistration Letter(string id, DateTimeOffset sentAt, LetterChannel channel, Guid uuid) =>
        LettersFixture.Letter(id, uuid.ToString()) with { SentAt = sentAt, Channel = channel };

    /// <summary>Letters that arrived at a moment, now by default, after this delay.</summary>
    private static async Task ArriveAsync(IngestionFixture fixture, int count, TimeSpan delay, DateTimeOffset? at = null,
        LetterChannel channel = LetterChannel.DigitalPost, string cvr = IngestionFixture.Own,
        string action = KnownHandlinger.AfleveretDigitalPost, string inside = "")
    {
        var arrival = at ?? fixture.Time.GetUtcNow();
        Guid[] uuids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
        await RegisterAsync(fixture, cvr, [.. uuids.Select(u => Letter($"brev-{u}", arrival - delay, channel, u))]);
        foreach (var uuid in uuids) await StatusAsync(fixture, uuid, action, arrival, cvr, inside);
        await MatchAsync(fixture);
    }

    private static async Task StatusAsync(IngestionFixture fixture, Guid uuid, string action, DateTimeOffset at,
        string cvr = IngestionFixture.Own, string inside = "") =>
        await fixture.ReceiveAsync(Stories.Envelopes.With(action,
            $"<MessageUUID>{uuid}</MessageUUID><TransaktionsDatoTid>{at:O}</TransaktionsDatoTid>{inside}", cvr).Bytes);

    private static Task<int> MatchAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
}
