using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>Keeping and deleting, with a clock that is moved.</summary>
public sealed class RetentionTests
{
    private const string One = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Two = "aaaaaaaa-0000-0000-0000-000000000002";
    private static readonly Viewer Administrator = IngestionHouse.Administrator();

    private static byte[] Status(string id, string uuid, string status = "Afleveret Digital Post", string? error = null) => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype><s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{IngestionHouse.Own}</s:URNIdentifikator></k:TilladtModtager>
          <k:ObjektRegistrering><k:ObjektHandling><s:UUIDIdentifikator>{KnownHandlinger.Names.First(n => n.Value == status).Key}</s:UUIDIdentifikator></k:ObjektHandling></k:ObjektRegistrering>
          </k:Filtreringsdata></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types"><p:MessageUUID>{uuid}</p:MessageUUID><p:TransaktionsDatoTid>2026-03-04T11:00:00+01:00</p:TransaktionsDatoTid>
          <p:TransaktionsStatusKode>{status}</p:TransaktionsStatusKode>{(error is null ? "" : $"<p:FejlDetaljer><p:FejlKode>memo.invalid</p:FejlKode><p:FejlTekst>{error}</p:FejlTekst></p:FejlDetaljer>")}</p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IngestionHouse house, string uuid = One, string caseNumber = "26-1") => house.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(
        Administrator,
        [new LetterRegistration { CaseNumber = caseNumber, CaseType = "huslejenaevn", LetterId = "L-" + uuid, Title = "Afgørelse", Recipient = new LetterRecipient("Åse", "0101011234", "CPR"), SentAt = house.Time.GetUtcNow(), Identifiers = new LetterIdentifiers { MessageUuid = uuid } }],
        default);

    private static Task<ErasedCounts> EraseAsync(IngestionHouse house) => house.Services.GetRequiredService<Eraser>().EraseAsync(default);

    private static async Task<T> DbAsync<T>(IngestionHouse house, Func<IngestionDbContext, Task<T>> ask)
    {
        await using var db = await house.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }

    private static Task<int> MatchAsync(IngestionHouse house) => house.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);

    [Fact]
    public async Task A_message_of_no_letter_is_erased_after_its_days_and_not_a_moment_before()
    {
        await using var house = await IngestionHouse.OpenAsync();
        await house.ReceiveAsync(Status(One, Two, "Fejlet", "Kvabsovervrangel i postkassen"));
        await MatchAsync(house);
        string[] searches = [Two, "Kvabsovervrangel"];
        foreach (var text in searches) Assert.Single((await house.Messages.ListAsync(Administrator, new MessageFilter { Text = text }, null, 10, default)).Items);
        house.Time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(0, (await EraseAsync(house)).Total);
        Assert.NotNull(await house.Messages.ReadBytesAsync(Administrator, One, default));

        house.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new ErasedCounts(0, 0, 1, 0), await EraseAsync(house));
        Assert.Equal(0, (await EraseAsync(house)).Total);
        Assert.Null(await house.Messages.ReadBytesAsync(Administrator, One, default));
        var left = await house.Messages.FindDetailAsync(Administrator, One, default);
        Assert.Equal((1L, house.Time.GetUtcNow(), 64), (left!.Message.Sequence, left.Message.ErasedAt!.Value, left.Message.Sha256.Length));
        Assert.Equal((null, null, null), (left.Envelope, left.MaskedXml, left.Message.PostStatus?.MessageUuid));
        foreach (var text in searches) Assert.Empty((await house.Messages.ListAsync(Administrator, new MessageFilter { Text = text }, null, 10, default)).Items);
    }

    [Fact]
    public async Task What_is_erased_is_not_in_the_file_either()
    {
        await using var house = await IngestionHouse.OpenAsync();
        await house.ReceiveAsync(Status(One, Two, "Fejlet", "Kvabsovervrangel i postkassen"));
        await MatchAsync(house);
        house.Time.Advance(TimeSpan.FromDays(91));
        Assert.True(Holds(house, "Kvabsovervrangel") || Holds(house, "kvabsovervrangel"));
        await EraseAsync(house);
        await house.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.False(Holds(house, "Kvabsovervrangel"));
        Assert.False(Holds(house, "kvabsovervrangel"));
    }

    [Fact]
    public async Task A_letter_that_is_erased_is_not_in_the_file_either()
    {
        await using var house = await IngestionHouse.OpenAsync();
        var registry = house.Services.GetRequiredService<ILetterRegistry>();
        var letter = new LetterRegistration { CaseNumber = "26-1", LetterId = "L-1", Title = "Zwampefjot", Recipient = new LetterRecipient("Kvabsovervrangel", "0101011234", "CPR"), SentAt = house.Time.GetUtcNow(), Identifiers = new LetterIdentifiers { MessageUuid = One } };
        await registry.RegisterAsync(Administrator, [letter], default);
        await registry.RegisterAsync(Administrator, [letter with { Title = "Zwampefjotter" }], default);
        string[] personal = ["Zwampefjot", "Kvabsovervrangel", "0101011234"];
        Assert.All(personal, text => Assert.True(Holds(house, text)));
        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(new ErasedCounts(1, 0, 0, 0), await EraseAsync(house));
        await house.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.All(personal, text => Assert.False(Holds(house, text)));
    }

    [Fact]
    public async Task The_statuses_of_a_letter_stand_five_years_after_the_last_and_go_together_and_the_verdict_stays()
    {
        await using var house = await IngestionHouse.OpenAsync();
        await RegisterAsync(house);
        await house.ReceiveAsync(Status(One, One, "Klar"));
        await MatchAsync(house);
        house.Time.Advance(TimeSpan.FromDays(400));
        await house.ReceiveAsync(Status(Two, One));
        await MatchAsync(house);
        var before = await DbAsync(house, db => db.Letters.AsNoTracking().SingleAsync());

        house.Time.SetUtcNow(new DateTimeOffset(2031, 3, 5, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, (await EraseAsync(house)).Total);
        house.Time.SetUtcNow(new DateTimeOffset(2032, 4, 9, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal(new ErasedCounts(1, 2, 0, 0), await EraseAsync(house));
        var after = await DbAsync(house, db => db.Letters.AsNoTracking().SingleAsync());
        Assert.Equal(("delivered", before.VerdictAt, house.Time.GetUtcNow()), (after.Verdict, after.VerdictAt, after.StatusesErasedAt!.Value));
        Assert.Equal(0, await DbAsync(house, db => db.MessageContent.CountAsync()) + await DbAsync(house, db => db.StatusMatches.CountAsync()) + await DbAsync(house, db => db.MessageIdentifiers.CountAsync()));
        Assert.Equal(2, await DbAsync(house, db => db.Messages.CountAsync(m => m.ErasedAt != null)));
    }

    [Fact]
    public async Task Nothing_of_a_case_on_hold_is_erased()
    {
        var held = new Held { Cases = { new CaseKey(IngestionHouse.Own, "26-1") } };
        await using var house = await IngestionHouse.OpenAsync(more: s => s.AddSingleton<IHeldCases>(held));
        await RegisterAsync(house, One, "26-1");
        await RegisterAsync(house, Two, "26-2");
        await house.ReceiveAsync(Status(One, One));
        await house.ReceiveAsync(Status(Two, Two));
        await MatchAsync(house);
        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        var forecast = house.Services.GetRequiredService<IRetentionForecast>();
        Assert.Equal(new ErasureCounts(1, 1, 0, 0, 1), await forecast.CountAsync(Administrator, house.Time.GetUtcNow(), default));
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(house));
        Assert.NotNull(await house.Messages.ReadBytesAsync(Administrator, One, default));
        Assert.Null(await house.Messages.ReadBytesAsync(Administrator, Two, default));
        held.Cases.Clear();
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(house));
    }

    [Fact]
    public async Task The_quarantine_is_erased_after_its_own_days()
    {
        await using var house = await IngestionHouse.OpenAsync();
        await house.ReceiveAsync("ikke en besked");
        house.Time.Advance(TimeSpan.FromDays(181));
        Assert.Equal(new ErasureCounts(0, 0, 0, 1, 0), await house.Services.GetRequiredService<IRetentionForecast>().CountAsync(Administrator, house.Time.GetUtcNow(), default));
        Assert.Equal(new ErasedCounts(0, 0, 0, 1), await EraseAsync(house));
        Assert.Equal(0, await DbAsync(house, db => db.Quarantine.CountAsync()));
    }

    [Fact]
    public async Task More_than_a_batch_is_erased_in_one_round_and_each_erasure_is_recorded_with_its_rule()
    {
        var record = new Recorded();
        await using var house = await IngestionHouse.OpenAsync(more: s => s.AddSingleton<IErasureRecord>(record));
        for (var n = 0; n < Eraser.BatchSize + 5; n++) await house.ReceiveAsync(Status(Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), "Klar"));
        house.Time.Advance(TimeSpan.FromDays(91));
        Assert.Equal(Eraser.BatchSize + 5, (await EraseAsync(house)).OtherMessages);
        Assert.Equal(Enumerable.Range(1, Eraser.BatchSize + 5).Select(n => ((long)n, "Retention:OtherMessageDays")), record.Rows);
    }

    [Fact]
    public async Task An_erased_message_that_comes_again_is_known_by_its_hash()
    {
        await using var house = await IngestionHouse.OpenAsync();
        var message = Status(One, One);
        await house.ReceiveAsync(message);
        house.Time.Advance(TimeSpan.FromDays(91));
        await EraseAsync(house);
        Assert.IsType<DeliveryOutcome.Repeated>(await house.ReceiveAsync(message));
        Assert.IsType<DeliveryOutcome.Quarantined>(await house.ReceiveAsync(Status(One, Two)));
    }

    [Fact]
    public async Task Only_who_operates_sees_the_forecast()
    {
        await using var house = await IngestionHouse.OpenAsync();
        Assert.Null(await house.Services.GetRequiredService<IRetentionForecast>().CountAsync(Administrator with { Rights = ViewerRights.Cases }, house.Time.GetUtcNow(), default));
    }

    private static bool Holds(IngestionHouse house, string text)
    {
        SqliteConnection.ClearAllPools();
        return Directory.EnumerateFiles(house.Folder, "portal.db*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
    }

    private sealed class Held : IHeldCases
    {
        public HashSet<CaseKey> Cases { get; } = [];

        public Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<CaseKey>>(Cases);
    }

    private sealed class Recorded : IErasureRecord
    {
        public List<(long Sequence, string Rule)> Rows { get; } = [];

        public StoredLetterErasure OfLetter(StoredLetter letter, DateTimeOffset erasedAt, string rule) => new() { LetterKey = letter.Key, ErasedAt = erasedAt, Rule = rule, Signature = [] };

        public void Record(System.Data.Common.DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule) => Rows.Add((sequence, rule));
    }
}
