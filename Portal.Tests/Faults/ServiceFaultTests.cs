using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Ledger;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Services;
using Portal.Ingestion.Storage;
using Portal.Tests.Storage;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Each background service × each call that it makes of the database × each sort of exception: the round may fail, and afterwards the same service comes
/// to the same end as one that met nothing.
/// </summary>
public sealed class ServiceFaultTests(ITestOutputHelper output)
{
    private const int Letters = 12;
    private static readonly PreparedFolder Given = new(PrepareAsync);

    private static readonly (string Name, Func<Exception> Make)[] Sorts =
    [
        ("outage", () => new SqliteException("database is locked", 5)),
        ("transient", () => new TimeoutException()),
        ("unknown", () => new KeyNotFoundException()),
    ];

    private static readonly Dictionary<string, Func<IServiceProvider, Task>> Works = new()
    {
        ["matching"] = async s => await s.GetRequiredService<LetterMatcher>().CatchUpAsync(default),
        ["figures"] = async s => await s.GetRequiredService<FigureKeeper>().CatchUpAsync(default),
        ["letter-words"] = async s => await Hosted<LetterWordsBackfill>(s).RunAsync(default),
        ["erasing"] = async s => await s.GetRequiredService<Eraser>().EraseAsync(default),
        ["checkpoints"] = async s => await s.GetRequiredService<CheckpointMaker>().MakeAsync(default),
        ["verification"] = async s => await s.GetRequiredService<LedgerWatch>().VerifyAsync(default),
        ["quarantine-retries"] = async s =>
        {
            while (await Hosted<RetryRunner>(s).RunNextAsync(default)) ;
        },
        ["node-report"] = async s => await UntilAsync(() => Hosted<NodeReporter>(s).ReportAsync(default)),
        ["leases"] = async s => await UntilAsync(() => s.GetRequiredService<ServiceLeases>().TryTakeAsync("work", TimeSpan.FromHours(1), default)),
    };

    public static TheoryData<string> Services => [.. Works.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 5);

    [Theory, Long]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_at_any_call_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 1);

    private async Task TryAllAsync(string service, int every)
    {
        var (calls, clean) = await RunAsync(service, 0, null);
        Assert.True(calls > 0);
        var combinations = 0;
        foreach (var (name, make) in Sorts)
        {
            for (var at = 1 + (combinations % every); at <= calls; at += every)
            {
                var (_, end) = await RunAsync(service, at, make);
                Assert.True(clean == end, $"{service}, {name} at call {at} of {calls}:\n{Difference(clean, end)}");
                combinations++;
            }
        }

        output.WriteLine($"{service}: {calls} calls, {combinations} combinations");
    }

    private static async Task<(int Calls, string End)> RunAsync(string service, int at, Func<Exception>? make)
    {
        var faults = new Faults();
        await using var house = await OpenAsync(faults, null);
        (faults.At, faults.Make, faults.Calls) = (at, make, 0);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Works[service](house.Services);
                break;
            }
            catch (Exception) when (tries < 2 && make is not null)
            {
                // The supervised loop tries again.
            }
        }

        var calls = faults.Calls;
        (faults.At, faults.Make) = (0, null);
        return (calls, await EndAsync(house));
    }

    // Everything that services write, but when and by whom.
    private static async Task<string> EndAsync(IngestionHouse house)
    {
        var text = new StringBuilder();
        await using var connection = new SqliteConnection(house.Settings.ConnectionString);
        await connection.OpenAsync();
        string[] queries =
        [
            """SELECT * FROM "StatusMatches" ORDER BY "Sequence" """,
            """SELECT "Key", "Verdict", "VerdictAt", "Contradiction" FROM "Letters" ORDER BY "Key" """,
            """SELECT "LetterKey", "Month", "Verdict", "Span", "Deadline", "OpenSince" FROM "LetterFigures" ORDER BY "LetterKey" """,
            """SELECT * FROM "LetterTallies" ORDER BY 1, 2, 3, 4, 5""",
            """SELECT COUNT(*) FROM "LetterChanges" """,
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
            """SELECT COUNT(*) FROM "Doors" """,
        ];
        foreach (var sql in queries)
        {
            text.AppendLine(sql);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var n = 0; n < reader.FieldCount; n++) text.Append(Convert.ToString(reader.GetValue(n), CultureInfo.InvariantCulture)).Append('|');
                text.AppendLine();
            }
        }

        return text.ToString();
    }

    private static string Difference(string one, string other)
    {
        var (a, b) = (one.Split('\n'), other.Split('\n'));
        return string.Join('\n', a.Zip(b).Where(p => p.First != p.Second).Take(5).Select(p => $"  {p.First} ≠ {p.Second}").Append($"  {a.Length} lines, {b.Length} lines"));
    }

    // Letters whose statuses wait, messages whose time is over, rows of the quarantine that are to be tried again.
    private static async Task PrepareAsync(string folder)
    {
        await using var house = await OpenAsync(new Faults(), folder);
        var registry = house.Services.GetRequiredService<ILetterRegistry>();
        for (var n = 0; n < 3; n++) await house.ReceiveAsync(IngestionHouse.Envelope($"old-{n}"));
        house.Time.Advance(TimeSpan.FromDays(91));
        for (var n = 0; n < Letters; n++)
        {
            await registry.RegisterAsync(IngestionHouse.Administrator(), [Letter(n, house.Time.GetUtcNow())], default);
            await house.ReceiveAsync(Status(n));
        }

        for (var n = 0; n < 3; n++) await house.ReceiveAsync($"rubbish {n}");
        await house.Services.GetRequiredService<IQuarantineRetries>().StartAsync(IngestionHouse.Administrator(), new QuarantineSelection(), default);
        await house.SqlAsync("""DELETE FROM "LetterWords"; DELETE FROM "ReaderPositions" WHERE "Reader" = 'letter-words'; PRAGMA wal_checkpoint(TRUNCATE)""");
    }

    private static LetterRegistration Letter(int n, DateTimeOffset now) => new()
    {
        CaseNumber = $"26-{n}", CaseType = "huslejenaevn", LetterId = $"L-{n}", Title = "Afgørelse", Recipient = new LetterRecipient("Åse", "0101011234", "CPR"), SentAt = now,
        Identifiers = new LetterIdentifiers { MessageUuid = Uuid(n) },
    };

    private static byte[] Status(int n) => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>bbbbbbbb-0000-0000-0000-{n:D12}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype><s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{IngestionHouse.Own}</s:URNIdentifikator></k:TilladtModtager>
          <k:ObjektRegistrering><k:ObjektHandling><s:UUIDIdentifikator>{(n % 3 == 0 ? KnownHandlinger.Fejlet : KnownHandlinger.AfleveretDigitalPost)}</s:UUIDIdentifikator></k:ObjektHandling></k:ObjektRegistrering>
          </k:Filtreringsdata></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types"><p:MessageUUID>{Uuid(n)}</p:MessageUUID>
          <p:TransaktionsDatoTid>2026-06-03T12:00:00+02:00</p:TransaktionsDatoTid></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static string Uuid(int n) => $"aaaaaaaa-0000-0000-0000-{n:D12}";

    private static async Task<IngestionHouse> OpenAsync(Faults faults, string? folder)
    {
        var house = await IngestionHouse.OpenAsync(folder, prepared: folder is null ? Given : null, more: services => services
            .AddNode(NodeIdentity.Worker).AddQuarantineRetries().AddLedgerUpkeep().AddLetterMatching()
            .AddSingleton<IDbContextFactory<IngestionDbContext>>(provider => new FaultyContexts(provider.GetRequiredService<DbContextOptions<IngestionDbContext>>(), faults)));
        if (folder is null) house.Time.Advance(TimeSpan.FromDays(91));
        return house;
    }

    // What answers no instead of throwing is asked again in the next round.
    private static async Task UntilAsync(Func<Task<bool>> round)
    {
        for (var n = 0; n < 3; n++)
        {
            if (await round()) return;
        }
    }

    private static T Hosted<T>(IServiceProvider services) => services.GetServices<IHostedService>().OfType<T>().Single();

    private sealed class FaultyContexts(DbContextOptions<IngestionDbContext> options, Faults faults) : IDbContextFactory<IngestionDbContext>
    {
        private readonly DbContextOptions<IngestionDbContext> _options = new DbContextOptionsBuilder<IngestionDbContext>(options).AddInterceptors(faults, faults.Commits).Options;

        public IngestionDbContext CreateDbContext() => new(_options);
    }

    /// <summary>Counts the calls of the database, and lets one of them fail.</summary>
    private sealed class Faults : DbCommandInterceptor
    {
        private int _calls;

        public Faults() => Commits = new CommitFaults(this);

        public CommitFaults Commits { get; }

        public int At { get; set; }

        public Func<Exception>? Make { get; set; }

        public int Calls
        {
            get => Volatile.Read(ref _calls);
            set => Volatile.Write(ref _calls, value);
        }

        public void Call()
        {
            if (Interlocked.Increment(ref _calls) == At && Make is { } make) throw make();
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Call();
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Call();
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            Call();
            return base.ScalarExecutingAsync(command, eventData, result, cancellationToken);
        }

        /// <summary>The same for commits.</summary>
        public sealed class CommitFaults(Faults faults) : DbTransactionInterceptor
        {
            public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
            {
                faults.Call();
                return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
            }
        }
    }
}
