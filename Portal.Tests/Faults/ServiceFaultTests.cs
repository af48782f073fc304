using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;
using Portal.Ingestion.Supervision;
using Portal.Ingestion.Verification;
using Portal.Ingestion.Verification.Checkpoints;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Each background service × each call that it makes to the database × each sort of exception: the round may fail, but afterwards the
/// service has left the same rows as one without a fault.
/// </summary>
public abstract class ServiceFaultTests
{
    private const int Letters = 12;
    private const int Muted = 4;
    private const string MutedSystem = "cccccccc-0000-4000-8000-000000000001";

    private static readonly Dictionary<string, Func<IServiceProvider, Task>> Works = new()
    {
        ["matching"] = async s => await s.GetRequiredService<LetterMatcher>().CatchUpAsync(default),
        ["figures"] = async s => await s.GetRequiredService<LetterCountingService>().CatchUpAsync(default),
        ["letter-words"] = async s => await Hosted<LetterWordsBackfill>(s).RunAsync(default),
        ["action-log"] = async s => await Hosted<ActionTakeIn>(s).RunAsync(default),
        ["rules"] = async s => await Hosted<RuleRefoldService>(s).CatchUpAsync(default),
        ["meanings"] = async s => await Hosted<MeaningCacheService>(s).ReadAsync(default),
        ["erasing"] = async s => await s.GetRequiredService<Eraser>().EraseAsync(default),
        ["checkpoints"] = async s => await s.GetRequiredService<CheckpointMaker>().MakeAsync(default),
        ["verification"] = async s => await s.GetRequiredService<LedgerVerificationService>().VerifyAsync(default),
        ["quarantine-retries"] = async s =>
        {
            while (await Hosted<RetryRunner>(s).RunNextAsync(default)) ;
        },
        ["receipt-delays"] = async s => await Hosted<DelayMeasuringService>(s).MeasureAsync(default),
        ["mutes"] = async s => await s.GetRequiredService<SenderMutes>().CatchUpAsync(default),
        ["drift-figures"] = async s =>
        {
            await s.GetRequiredService<DatabaseReader>().SampleAsync(default);
            await s.GetRequiredService<OperationsGauges>().MeasureAsync(default);
        },
        ["service-report"] = async s =>
        {
            await Hosted<FailingService>(s).MeetFailureAsync();
            await Hosted<ServiceReporter>(s).ReportAsync(default);
        },
        ["node-report"] = async s => await UntilAsync(() => Hosted<NodeReporter>(s).ReportAsync(default)),
        ["leases"] =
            async s => await UntilAsync(() => s.GetRequiredService<ServiceLeases>().TryTakeAsync("work", TimeSpan.FromHours(1), default)),
    };

    public static TheoryData<string> Services => [.. Works.Keys];

    private protected abstract bool IsPostgres { get; }

    /// <summary>A message side on a copy of the database that <see cref="PrepareAsync"/> filled.</summary>
    private protected abstract Task<IngestionFixture> OpenPreparedAsync(Action<IServiceCollection> more);

    private protected Task<int> TryAllAsync(string service, int every) =>
        FaultMatrix.TryAllAsync(service, IsPostgres, every, async (faults, inRounds) =>
        {
            await using var fixture = await OpenPreparedAsync(services => Add(services, faults));
            fixture.Time.Advance(TimeSpan.FromDays(91));
            await inRounds(() => Works[service](fixture.Services));
            return await EndAsync(fixture);
        });

    // All rows that services write, without their times and writers.
    private static async Task<string> EndAsync(IngestionFixture fixture)
    {
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        string[] queries =
        [
            """SELECT * FROM "StatusMatches" ORDER BY "Sequence" """,
            """SELECT "Key", "Verdict", "VerdictAt", "Contradiction" FROM "Letters" ORDER BY "Key" """,
            """SELECT "LetterKey", "Month", "Verdict", "Span", "Deadline", "OpenSince" FROM "LetterFigures" ORDER BY "LetterKey" """,
            """SELECT * FROM "LetterTallies" ORDER BY 1, 2, 3, 4, 5""",
            """SELECT "LetterKey", "RuleSet", "Before", "After" FROM "RuleChanges" ORDER BY 1, 2""",
            """SELECT COUNT(*) FROM "LetterChanges" """,
            """SELECT "Authority", "EndedAt" IS NULL FROM "LatePeriods" ORDER BY 1""",
            """SELECT "Sequence", LENGTH("Content") FROM "MessageContent" ORDER BY "Sequence" """,
            """SELECT "Sequence", "ErasedAt" IS NULL FROM "Messages" ORDER BY "Sequence" """,
            """SELECT COUNT(*) FROM "LetterWords" """,
            """SELECT "LetterKey" FROM "LetterErasures" ORDER BY 1""",
            """SELECT COUNT(*) FROM "Quarantine" """,
            """SELECT "Position", "Outcome" FROM "QuarantineRetryItems" ORDER BY 1""",
            """SELECT "Reader", "Sequence" FROM "ReaderPositions" ORDER BY 1""",
            """SELECT COUNT(*) FROM "SkippedRows" """,
            """SELECT COUNT(*), MAX("Size") FROM "LedgerCheckpoints" """,
            """SELECT "Name" FROM "Leases" ORDER BY 1""",
            """SELECT COUNT(*) FROM "Transports" """,
            """SELECT "Service", "Failures", "Kind" FROM "ServiceFaults" ORDER BY 1""",
            """SELECT COUNT(*) FROM "DatabaseSamples" """,
        ];
        return await FaultMatrix.ReadAsync(db.Database.GetDbConnection(), queries);
    }

    // Work for all services: letters with waiting statuses, messages past their retention period, quarantine rows to retry.
    private protected static async Task PrepareAsync(string folder, string? server)
    {
        await using var fixture =
            await IngestionFixture.OpenAsync(folder, server: server, more: services => Add(services, new DatabaseFaults()));
        var registry = fixture.Services.GetRequiredService<ILetterRegistry>();
        for (var n = 0; n < 3; n++) await fixture.ReceiveAsync(IngestionFixture.Envelope($"old-{n}"));
        fixture.Time.Advance(TimeSpan.FromDays(91));
        await MuteAsync(fixture);
        for (var n = 0; n < Letters; n++)
        {
            await registry.RegisterAsync(IngestionFixture.Administrator(), [Letter(n, fixture.Time.GetUtcNow())], default);
            await fixture.ReceiveAsync(Status(n));
        }

        for (var n = 0; n < 3; n++) await fixture.ReceiveAsync($"rubbish {n}");
        await fixture.Services.GetRequiredService<IQuarantineRetries>()
            .StartAsync(IngestionFixture.Administrator(), new QuarantineSelection(), default);
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync(
            """DELETE FROM "LetterWords"; DELETE FROM "ReaderPositions" WHERE "Reader" = 'letter-words'""");
        await db.Database.ExecuteSqlRawAsync(
            """DELETE FROM "JournalEntries"; DELETE FROM "JournalTiles"; DELETE FROM "JournalHeads" """);

        // Receipts were late when the program was stopped.
        db.LatePeriods.Add(new StoredLatePeriod
        {
            Authority = IngestionFixture.Own, From = fixture.Time.GetUtcNow().AddHours(-1), SeenAt = fixture.Time.GetUtcNow(),
        });
        await db.SaveChangesAsync();

        // As if an earlier version had stored all of it.
        await db.Database.ExecuteSqlRawAsync(
            """UPDATE "Letters" SET "Rules" = 0; UPDATE "StatusMatches" SET "Matcher" = 1;"""
            + """UPDATE "RuleSets" SET "DoneAt" = NULL, "Target" = (SELECT MAX("Sequence") FROM "Messages")""");
        if (server is null) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    // Mutes a system whose statuses wait for letters, and leaves all of the work to the background service.
    private static async Task MuteAsync(IngestionFixture fixture)
    {
        var services = fixture.Services;
        for (var n = 0; n < Muted; n++) await fixture.ReceiveAsync(Status(Letters + n, MutedSystem));
        await services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        var mutes = new SenderMutes(
            services.GetRequiredService<IDbContextFactory<IngestionDbContext>>(), services.GetRequiredService<MessageKindCache>(),
            services.GetRequiredService<ContentReader>(),
            services.GetRequiredService<WriteGate>(), services.GetRequiredService<LogSignal>(), services.GetRequiredService<ActionLog>(),
            fixture.Time) { ChunksAtOnce = 0 };
        await using var db = await services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        var waiting = await db.StatusMatches.Where(s => s.State == MatchResult.WaitingState).MaxAsync(s => s.Sequence);
        Assert.True(await mutes.MuteAsync(IngestionFixture.Administrator(), $"s-{waiting}", "ikke vores", default));
    }

    private static LetterRegistration Letter(int n, DateTimeOffset now) => new()
    {
        CaseNumber = $"26-{n}", CaseType = "huslejenaevn", LetterId = $"L-{n}", Title = "Afgørelse",
        Recipient = new LetterRecipient("Åse", "0101011234", "CPR"), SentAt = now,
        Identifiers = new LetterIdentifiers { MessageUuid = Uuid(n) },
    };

    private static byte[] Status(int n, string? system = null) => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>bbbbbbbb-0000-0000-0000-{n:D12}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>
          <s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{IngestionFixture.Own}</s:URNIdentifikator></k:TilladtModtager>
          {(system is null ? "" : $"<k:RelateretObjekt><k:ObjektId><s:UUIDIdentifikator>{system}</s:UUIDIdentifikator></k:ObjektId>"
            + "<k:ObjektType><s:UUIDIdentifikator>91aa31b3-c4b3-499e-8689-93b1ef89f319</s:UUIDIdentifikator></k:ObjektType>"
            + "</k:RelateretObjekt>")}
          <k:ObjektRegistrering><k:ObjektHandling>
          <s:UUIDIdentifikator>{(n % 3 == 0 ? KnownHandlinger.Fejlet : KnownHandlinger.AfleveretDigitalPost)}</s:UUIDIdentifikator>
          </k:ObjektHandling></k:ObjektRegistrering>
          </k:Filtreringsdata></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
          <p:MessageUUID>{Uuid(n)}</p:MessageUUID>
          <p:TransaktionsDatoTid>2026-06-03T12:00:00+02:00</p:TransaktionsDatoTid></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static string Uuid(int n) => $"aaaaaaaa-0000-0000-0000-{n:D12}";

    private protected static void Add(IServiceCollection services, DatabaseFaults faults) => services
        .AddNode(NodeIdentity.Worker).AddHostedService<FailingService>().AddQuarantineRetries().AddLedgerUpkeep().AddLetterMatching()
        .AddSingleton<IDbContextFactory<IngestionDbContext>>(provider => new FaultyContexts(provider, faults));

    // A round that returns false instead of throwing is repeated.
    private static async Task UntilAsync(Func<Task<bool>> round)
    {
        for (var n = 0; n < 3; n++)
        {
            if (await round()) return;
        }
    }

    private static T Hosted<T>(IServiceProvider services) => services.GetServices<IHostedService>().OfType<T>().Single();

    // A service that fails, so that there is something to report; its pause ends only when the test moves the clock.
    private sealed class FailingService(TimeProvider time) : SupervisedService(time, NullLogger.Instance)
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string Name => "troubled";

        public async Task MeetFailureAsync()
        {
            if (!_failed.Task.IsCompleted) await StartAsync(default);
            await _failed.Task;
        }

        protected override Task RunRoundAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();

        protected override Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override void OnFailed(Exception problem) => _failed.TrySetResult();
    }

    private sealed class FaultyContexts(IServiceProvider provider, DatabaseFaults faults) : IDbContextFactory<IngestionDbContext>
    {
        private readonly Func<IngestionDbContext> _make = Maker(provider, faults);

        public IngestionDbContext CreateDbContext() => _make();

        private static Func<IngestionDbContext> Maker(IServiceProvider provider, DatabaseFaults faults)
        {
            if (provider.GetRequiredService<PortalSettings>().Provider == DatabaseProvider.Sqlite)
            {
                var options = With(provider.GetRequiredService<DbContextOptions<IngestionDbContext>>());
                return () => new IngestionDbContext(options);
            }

            var server = With(provider.GetRequiredService<DbContextOptions<PostgresIngestionDbContext>>());
            return () => new PostgresIngestionDbContext(server);

            DbContextOptions<T> With<T>(DbContextOptions<T> options)
                where T : DbContext => new DbContextOptionsBuilder<T>(options).AddInterceptors(faults, faults.Commits).Options;
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteServiceFaultTests : ServiceFaultTests
{
    private static readonly PreparedFolder Given = new(folder => PrepareAsync(folder, null));

    private protected override bool IsPostgres => false;

    private protected override Task<IngestionFixture> OpenPreparedAsync(Action<IServiceCollection> more) =>
        IngestionFixture.OpenAsync(more: more, prepared: Given);

    [Theory]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 5);

    [Theory, Long]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_at_any_call_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 1);
}
