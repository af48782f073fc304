using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>Retention and erasure, with a clock that the test moves.</summary>
public sealed class RetentionTests
{
    private const string One = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Two = "aaaaaaaa-0000-0000-0000-000000000002";
    private static readonly Viewer Administrator = IngestionFixture.Administrator();

    private static byte[] Status(string id, string uuid, string status = "Afleveret Digital Post", string? error = null) =>
        Encoding.UTF8.GetBytes(
            $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>
          <s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{IngestionFixture.Own}</s:URNIdentifikator></k:TilladtModtager>
          <k:ObjektRegistrering><k:ObjektHandling>
          <s:UUIDIdentifikator>{KnownHandlinger.Names.First(n => n.Value == status).Key}</s:UUIDIdentifikator></k:ObjektHandling>
          </k:ObjektRegistrering>
          </k:Filtreringsdata></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
          <p:MessageUUID>{uuid}</p:MessageUUID><p:TransaktionsDatoTid>2026-03-04T11:00:00+01:00</p:TransaktionsDatoTid>
          <p:TransaktionsStatusKode>{status}</p:TransaktionsStatusKode>
          {(error is null ? "" : "<p:FejlDetaljer><p:FejlKode>memo.invalid</p:FejlKode>"
            + $"<p:FejlTekst>{error}</p:FejlTekst></p:FejlDetaljer>")}</p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        IngestionFixture fixture, string uuid = One, string caseNumber = "26-1") =>
        fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(
            Administrator,
            [new LetterRegistration { CaseNumber = caseNumber, CaseType = "huslejenaevn", LetterId = "L-" + uuid, Title = "Afgørelse",
                Recipient = new LetterRecipient("Åse", "0101011234", "CPR"), SentAt = fixture.Time.GetUtcNow(),
                Identifiers = new LetterIdentifiers { MessageUuid = uuid } }],
            default);

    private static Task<ErasedCounts> EraseAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<Eraser>().EraseAsync(default);

    private static async Task<T> DbAsync<T>(IngestionFixture fixture, Func<IngestionDbContext, Task<T>> ask)
    {
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }

    private static Task<int> MatchAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);

    [Fact]
    public async Task A_message_of_no_letter_is_erased_after_its_days_and_not_a_moment_before()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await fixture.ReceiveAsync(Status(One, Two, "Fejlet", "Kvabsovervrangel i postkassen"));
        await MatchAsync(fixture);
        string[] searches = [Two, "Kvabsovervrangel"];
        foreach (var text in searches)
            Assert.Single((await fixture.Messages.ListAsync(Administrator, new MessageFilter { Text = text }, null, 10, default)).Items);
        fixture.Time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(0, (await EraseAsync(fixture)).Total);
        Assert.NotNull(await fixture.Messages.ReadBytesAsync(Administrator, One, default));

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new ErasedCounts(0, 0, 1, 0), await EraseAsync(fixture));
        Assert.Equal(0, (await EraseAsync(fixture)).Total);
        Assert.Null(await fixture.Messages.ReadBytesAsync(Administrator, One, default));
        var left = await fixture.Messages.FindDetailAsync(Administrator, One, default);
        Assert.Equal(
            (1L, fixture.Time.GetUtcNow(), 64), (left!.Message.Sequence, left.Message.ErasedAt!.Value, left.Message.Sha256.Length));
        Assert.Equal((null, null, null), (left.Envelope, left.MaskedXml, left.Message.PostStatus?.MessageUuid));
        foreach (var text in searches)
            Assert.Empty((await fixture.Messages.ListAsync(Administrator, new MessageFilter { Text = text }, null, 10, default)).Items);
    }

    [Fact]
    public async Task What_is_erased_is_not_in_the_file_either()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await fixture.ReceiveAsync(Status(One, Two, "Fejlet", "Kvabsovervrangel i postkassen"));
        await MatchAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromDays(91));
        Assert.True(Holds(fixture, "Kvabsovervrangel") || Holds(fixture, "kvabsovervrangel"));
        await EraseAsync(fixture);
        await fixture.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.False(Holds(fixture, "Kvabsovervrangel"));
        Assert.False(Holds(fixture, "kvabsovervrangel"));
    }

    [Fact]
    public async Task A_letter_that_is_erased_is_not_in_the_file_either()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        var registry = fixture.Services.GetRequiredService<ILetterRegistry>();
        var letter = new LetterRegistration { CaseNumber = "26-1", LetterId = "L-1", Title = "Zwampefjot",
            Recipient = new LetterRecipient("Kvabsovervrangel", "0101011234", "CPR"), SentAt = fixture.Time.GetUtcNow(),
            Identifiers = new LetterIdentifiers { MessageUuid = One } };
        await registry.RegisterAsync(Administrator, [letter], default);
        await registry.RegisterAsync(Administrator, [letter with { Title = "Zwampefjotter" }], default);
        string[] personal = ["Zwampefjot", "Kvabsovervrangel", "0101011234"];
        Assert.All(personal, text => Assert.True(Holds(fixture, text)));
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(new ErasedCounts(1, 0, 0, 0), await EraseAsync(fixture));
        await fixture.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.All(personal, text => Assert.False(Holds(fixture, text)));
    }

    [Fact]
    public async Task The_statuses_of_a_letter_are_kept_five_years_after_the_last_and_erased_together_and_the_verdict_stays()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await RegisterAsync(fixture);
        await fixture.ReceiveAsync(Status(One, One, "Klar"));
        await MatchAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromDays(400));
        await fixture.ReceiveAsync(Status(Two, One));
        await MatchAsync(fixture);
        var before = await DbAsync(fixture, db => db.Letters.AsNoTracking().SingleAsync());

        fixture.Time.SetUtcNow(new DateTimeOffset(2031, 3, 5, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, (await EraseAsync(fixture)).Total);
        fixture.Time.SetUtcNow(new DateTimeOffset(2032, 4, 9, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal(new ErasedCounts(1, 2, 0, 0), await EraseAsync(fixture));
        var after = await DbAsync(fixture, db => db.Letters.AsNoTracking().SingleAsync());
        Assert.Equal(
            ("delivered", before.VerdictAt, fixture.Time.GetUtcNow()), (after.Verdict, after.VerdictAt, after.StatusesErasedAt!.Value));
        Assert.Equal(0, await DbAsync(fixture, db => db.MessageContent.CountAsync()) + await DbAsync(
            fixture, db => db.StatusMatches.CountAsync()) + await DbAsync(fixture, db => db.MessageIdentifiers.CountAsync()));
        Assert.Equal(2, await DbAsync(fixture, db => db.Messages.CountAsync(m => m.ErasedAt != null)));
    }

    [Fact]
    public async Task Nothing_of_a_case_on_hold_is_erased()
    {
        var held = new Held { Cases = { new CaseKey(IngestionFixture.Own, "26-1") } };
        await using var fixture = await IngestionFixture.OpenAsync(more: s => s.AddSingleton<IHeldCases>(held));
        await RegisterAsync(fixture, One, "26-1");
        await RegisterAsync(fixture, Two, "26-2");
        await fixture.ReceiveAsync(Status(One, One));
        await fixture.ReceiveAsync(Status(Two, Two));
        await MatchAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        var forecast = fixture.Services.GetRequiredService<IRetentionForecast>();
        Assert.Equal(new ErasureCounts(1, 1, 0, 0, 1), await forecast.CountAsync(Administrator, fixture.Time.GetUtcNow(), default));
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(fixture));
        Assert.NotNull(await fixture.Messages.ReadBytesAsync(Administrator, One, default));
        Assert.Null(await fixture.Messages.ReadBytesAsync(Administrator, Two, default));
        held.Cases.Clear();
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(fixture));
    }

    [Fact]
    public async Task The_quarantine_is_erased_after_its_own_days()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await fixture.ReceiveAsync("ikke en besked");
        fixture.Time.Advance(TimeSpan.FromDays(181));
        Assert.Equal(new ErasureCounts(0, 0, 0, 1, 0),
            await fixture.Services.GetRequiredService<IRetentionForecast>().CountAsync(Administrator, fixture.Time.GetUtcNow(), default));
        Assert.Equal(new ErasedCounts(0, 0, 0, 1), await EraseAsync(fixture));
        Assert.Equal(0, await DbAsync(fixture, db => db.Quarantine.CountAsync()));
    }

    [Fact]
    public async Task More_than_a_batch_is_erased_in_one_round_and_each_erasure_is_recorded_with_its_rule()
    {
        var record = new Recorded();
        await using var fixture = await IngestionFixture.OpenAsync(more: s => s.AddSingleton<IErasureRecord>(record));
        for (var n = 0; n < Eraser.BatchSize + 5; n++)
            await fixture.ReceiveAsync(Status(Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), "Klar"));
        fixture.Time.Advance(TimeSpan.FromDays(91));
        Assert.Equal(Eraser.BatchSize + 5, (await EraseAsync(fixture)).OtherMessages);
        Assert.Equal(Enumerable.Range(1, Eraser.BatchSize + 5).Select(n => ((long)n, "Retention:OtherMessageDays")), record.Rows);
    }

    [Fact]
    public async Task An_erased_message_that_comes_again_is_known_by_its_hash()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        var message = Status(One, One);
        await fixture.ReceiveAsync(message);
        fixture.Time.Advance(TimeSpan.FromDays(91));
        await EraseAsync(fixture);
        Assert.IsType<DeliveryOutcome.Repeated>(await fixture.ReceiveAsync(message));
        Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(Status(One, Two)));
    }

    [Fact]
    public async Task Only_who_operates_sees_the_forecast()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        Assert.Null(await fixture.Services.GetRequiredService<IRetentionForecast>()
            .CountAsync(Administrator with { Rights = ViewerRights.Cases }, fixture.Time.GetUtcNow(), default));
    }

    private static bool Holds(IngestionFixture fixture, string text)
    {
        SqlitePool.Clear(fixture.Settings.ConnectionString);
        return Directory.EnumerateFiles(fixture.Folder, "portal.db*")
            .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    private sealed class Held : IHeldCases
    {
        public HashSet<CaseKey> Cases { get; } = [];

        public Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlySet<CaseKey>>(Cases);
    }

    private sealed class Recorded : IErasureRecord
    {
        public List<(long Sequence, string Rule)> Rows { get; } = [];

        public StoredLetterErasure OfLetter(StoredLetter letter, DateTimeOffset erasedAt, string rule) =>
            new() { LetterKey = letter.Key, ErasedAt = erasedAt, Rule = rule, Signature = [] };

        public void Record(System.Data.Common.DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule) =>
            Rows.Add((sequence, rule));

        public void Erase(StoredJournalEntry entry, DateTimeOffset erasedAt, string rule) =>
            (entry.Json, entry.ErasedAt, entry.ErasedBy) = (null, erasedAt, rule);
    }
}
