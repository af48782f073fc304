using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// What limits cost: lists, counts and the end of the log at 1,000,000 messages of 333,333 letters on SQLite, with limits that leave a
/// quarter, a twentieth, a fiftieth, a thousandth, and without. Runs only when asked for, on a Release build: <c>dotnet build Portal.Tests
/// -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class "*LimitBench"
/// --show-live-output on</c>.
/// </summary>
public sealed class LimitBench(ITestOutputHelper output)
{
    private const int Messages = 1_000_000;
    private const int Letters = Messages / 3;
    private const int Rounds = 15;
    private const int PageSize = 100;

    private static readonly ViewerRights Rights = ViewerRights.Messages | ViewerRights.Cases | ViewerRights.Counts;
    private static readonly TypeScope Posts = new(false, false, [KnownBeskedtyper.PostStatus]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Viewer Caseworker(AccessLimits limits) =>
        Viewer.Of("bench", "bench", [new Grant(IngestionFixture.Own, Rights, Posts, limits)]);

    private static AccessLimits Kle(string pattern) => new([pattern], null, null);

    [Fact(Explicit = true)]
    public async Task Lists_with_limits_cost_little_more_than_lists_without()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        var clock = Stopwatch.StartNew();
        await FillAsync(fixture);
        output.WriteLine(Invariant($"{Messages:N0} messages made in {clock.Elapsed.TotalSeconds:F0} s"));
        var services = fixture.Services;
        var (letters, work) = (services.GetRequiredService<ILetterList>(), services.GetRequiredService<IWorklistService>());
        (string What, Func<Viewer, Task> Read)[] reads =
        [
            ("list of messages", v => fixture.Messages.ListAsync(v, MessageFilter.Everything, null, PageSize, Stop)),
            ("number of messages", v => fixture.Messages.CountAsync(v, MessageFilter.Everything, Stop)),
            ("end of the log", v => fixture.Messages.ReadAfterAsync(v, MessageFilter.Everything, Messages - 200, 200, Stop)),
            ("list of letters", v => letters.ReadAsync(v, new LetterQuery(), null, PageSize, Stop)),
            ("number of letters", v => letters.CountAsync(v, new LetterQuery(), Stop)),
            ("worklist", v => work.ReadAsync(v, new WorkQuery(), null, PageSize, Stop)),
        ];
        (string Who, Viewer Viewer)[] viewers =
        [
            ("a quarter", Caseworker(Kle("27.*"))), ("a twentieth", Caseworker(Kle("32.*"))),
            ("a fiftieth", Caseworker(Kle("45.*"))), ("a thousandth", Caseworker(Kle("85.01.01"))),
        ];
        var worst = 0d;
        foreach (var (what, read) in reads)
        {
            var whole = await MedianAsync(read, Caseworker(AccessLimits.None));
            foreach (var (who, viewer) in viewers)
            {
                var limited = await MedianAsync(read, viewer);
                output.WriteLine(Invariant($"{what}: {whole:F1} ms without limits, {limited:F1} ms of {who}, ratio {limited / whole:F2}"));
                if (what == "list of messages") worst = Math.Max(worst, limited / whole);
            }
        }

        Assert.True(worst <= 1.2, $"The list of messages costs {worst:F2} times as much with limits.");
    }

    private static async Task<double> MedianAsync(Func<Viewer, Task> read, Viewer viewer)
    {
        var times = new List<double>();
        for (var round = -3; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await read(viewer);
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    // One letter and one message come the usual way; the others are copies of their rows.
    private static async Task FillAsync(IngestionFixture fixture)
    {
        var registrar = new Viewer("r", "r", ViewerRights.RegisterLetters, [IngestionFixture.Own], TypeScope.None);
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(registrar,
        [
            new LetterRegistration
            {
                CaseNumber = "24-1", LetterId = "L-1", Title = "Afgørelse", Recipient = new LetterRecipient("Anna", null, null),
                SentAt = fixture.Time.GetUtcNow() - TimeSpan.FromDays(1), Kle = "27.45.12",
                Identifiers = new LetterIdentifiers { MessageUuid = "4f1c2d3e-0000-4000-8000-000000000001" },
            },
        ], RegistrationSource.System, Stop);
        await fixture.ReceiveAsync(Stories.Envelopes.With(KnownHandlinger.AfleveretDigitalPost,
            "<MessageUUID>4f1c2d3e-0000-4000-8000-000000000001</MessageUUID>").Bytes);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        var (many, rare, few, some, quarter) =
            (Domain("99.99.99"), Domain("85.01.01"), Domain("45.01.01"), Domain("32.03.01"), Domain("27.45.12"));
        await fixture.SqlAsync(await CopyAsync(fixture, "Letters", Letters, ("Key", "n"), ("LetterId", "'L-' || n"),
            ("LetterIdKey", "'l-' || n"), ("CaseNumber", "'24-' || (n / 3)"), ("CaseNumberKey", "'24-' || (n / 3)"),
            ("SentAt", "t.\"SentAt\" + n * 10000000"),
            ("Kle", $"CASE WHEN n % 1000 = 0 THEN {rare} WHEN n % 50 = 3 THEN {few} WHEN n % 20 = 1 THEN {some} "
                + $"WHEN n % 4 = 2 THEN {quarter} ELSE {many} END")));
        await fixture.SqlAsync(await CopyAsync(fixture, "Messages", Messages, ("Sequence", "n"),
            ("BeskedId", "randomblob(length(t.\"BeskedId\"))"), ("ReceivedAt", "t.\"ReceivedAt\" + n * 100000")));
        await fixture.SqlAsync(await CopyAsync(fixture, "StatusMatches", Messages, ("Sequence", "n"), ("LetterKey", $"1 + n % {Letters}")));

        // Only what a list shows is read: the newest messages, and those of few letters.
        await fixture.SqlAsync($"""
            {(await CopyAsync(fixture, "MessageContent", Messages, ("Sequence", "n"))).TrimEnd(';')}
            AND (n > {Messages - 20_000} OR (n % {Letters} + 1) % 1000 = 0 OR (n % {Letters} + 1) % 50 = 3);
            UPDATE "Volumes" SET "Count" = {Messages} WHERE "Span" = 3600;
            UPDATE "ReaderPositions" SET "Sequence" = {Messages}; ANALYZE;
            """);
    }

    private static int Domain(string number) => Portal.Ingestion.Domain.Kle.CodeOf(number);

    private static async Task<string> CopyAsync(
        IngestionFixture fixture, string table, int count, params (string Column, string Sql)[] with)
    {
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(Stop);
        var columns = await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM pragma_table_info({table})").ToListAsync(Stop);
        var values = columns.Select(c => with.FirstOrDefault(w => w.Column == c).Sql ?? $"t.\"{c}\"");
        return $"""
            INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            WITH RECURSIVE ns(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM ns WHERE n < {count})
            SELECT {string.Join(", ", values)} FROM ns, (SELECT * FROM "{table}" LIMIT 1) t WHERE 1;
            """;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
