using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Access;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Access;

/// <summary>
/// Lines of the access log that are cut, reordered, edited, moved or removed behind the portal's back are found and named.
/// </summary>
public abstract class AccessTamperTests
{
    private static readonly string[] Tables = ["JournalEntries", "JournalTiles", "JournalHeads", "JournalCheckpoints"];

    /// <summary>A change of the database, the expected finding, and its leaf. Ten lines of log 2.</summary>
    private static readonly (string Sql, LedgerProblem Problem, long Leaf)[] Tamperings =
    [
        ("""UPDATE "JournalEntries" SET "Json" = REPLACE("Json", 'Sofie', 'Ingen') WHERE "Log" = 2 AND "Index" = 3""",
            LedgerProblem.BytesChanged, 4),
        ("""UPDATE "JournalEntries" SET "Kind" = 'case-list' WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.RecordChanged, 4),
        ("""UPDATE "JournalEntries" SET "At" = "At" - 36000000000 WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.RecordChanged, 4),
        ("""UPDATE "JournalEntries" SET "Authority" = '12345678' WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.RecordChanged, 4),
        ("""UPDATE "JournalEntries" SET "CaseKey" = '26-9' WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.RecordChanged, 4),
        ("""UPDATE "JournalEntries" SET "CaseKey" = NULL WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.RecordChanged, 4),
        ("""UPDATE "JournalEntries" SET "Json" = NULL WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.Removed, 4),
        ("""UPDATE "JournalEntries" SET "Json" = NULL, "ErasedAt" = 1, "ErasedBy" = 'Retention:AccessLogYears' """
            + """WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.ErasureForged, 4),
        ("""DELETE FROM "JournalEntries" WHERE "Log" = 2 AND "Index" = 3""", LedgerProblem.Removed, 4),
        ("""DELETE FROM "JournalEntries" WHERE "Log" = 2 AND "Index" >= 8""", LedgerProblem.TailCut, 9),
        ("""UPDATE "JournalEntries" SET "Index" = 99 WHERE "Log" = 2 AND "Index" = 3; """
            + """UPDATE "JournalEntries" SET "Index" = 3 WHERE "Log" = 2 AND "Index" = 4; """
            + """UPDATE "JournalEntries" SET "Index" = 4 WHERE "Log" = 2 AND "Index" = 99""", LedgerProblem.Reordered, 4),
        ("""INSERT INTO "JournalEntries" ("Log", "Index", "Kind", "Id", "At", "Sha256", "Json", "Authority") SELECT "Log", 10, "Kind", """
            + """ "Id", "At", "Sha256", "Json", "Authority" FROM "JournalEntries" WHERE "Log" = 2 AND "Index" = 3""",
            LedgerProblem.Inserted, 11),
        ("""UPDATE "JournalTiles" SET "Hashes" = (SELECT "Root" FROM "JournalHeads" WHERE "Log" = 2) WHERE "Log" = 2""",
            LedgerProblem.TileChanged, 1),
        ("""UPDATE "JournalHeads" SET "Size" = 9 WHERE "Log" = 2""", LedgerProblem.HeadChanged, 9),
        ("""DELETE FROM "JournalHeads" WHERE "Log" = 2""", LedgerProblem.HeadChanged, 10),
        ("""DELETE FROM "JournalCheckpoints" WHERE "Log" = 2""", LedgerProblem.CheckpointChanged, 1),
    ];

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Each_change_is_found_and_named_by_log_and_leaf()
    {
        await using var fixture = await FilledAsync();
        foreach (var table in Tables) await fixture.DoAsync($"""CREATE TABLE "Was{table}" AS SELECT * FROM "{table}" """);
        foreach (var (sql, problem, leaf) in Tamperings)
        {
            await fixture.DoAsync(sql);
            var found = (await fixture.VerdictAsync()).First;
            Assert.Equal((sql, problem, leaf, "adgang"), (sql, found?.Problem, found?.Sequence, found?.Log));
            Assert.StartsWith($"adgangsloggen, blad {leaf}: ", found!.Why, StringComparison.Ordinal);
            await fixture.DoAsync(string.Join(
                ';', Tables.Select(t => $"""DELETE FROM "{t}"; INSERT INTO "{t}" SELECT * FROM "Was{t}" """)));
        }

        Assert.Null((await fixture.VerdictAsync()).First);
    }

    [Fact]
    public async Task A_tail_cut_off_with_its_tree_and_head_is_found_by_a_checkpoint_kept_outside()
    {
        await using var fixture = await OpenAsync();
        var journal = fixture.Services.GetRequiredService<IAccessJournal>();
        await journal.AppendAsync([Line(0), Line(1)], default);
        foreach (var table in Tables) await fixture.DoAsync($"""CREATE TABLE "Was{table}" AS SELECT * FROM "{table}" """);
        await journal.AppendAsync([Line(2)], default);
        var kept = (await journal.HeadAsync(default)).Checkpoint.Head;
        foreach (var table in Tables)
            await fixture.DoAsync($"""DELETE FROM "{table}"; INSERT INTO "{table}" SELECT * FROM "Was{table}" """);
        Assert.Null((await fixture.VerdictAsync()).First);
        Assert.Equal((LedgerProblem.TailCut, 3, "adgang"),
            ActionLogTests.At((await fixture.VerdictAsync(new GivenCheckpoint("det gemte checkpoint", kept))).First));
    }

    [Fact]
    public async Task Its_checkpoint_names_its_own_origin_and_is_signed_with_the_logs_key()
    {
        await using var fixture = await FilledAsync();
        var head = await fixture.Services.GetRequiredService<IAccessJournal>().HeadAsync(default);
        var messages = fixture.Services.GetRequiredService<LedgerKey>().Verifier;
        Assert.Equal(($"{messages.Name}/adgang", 10L), (head.Checkpoint.Head.Origin, head.Checkpoint.Head.Size));
        Assert.True(head.Checkpoint.Note.IsSignedBy(JournalLog.Access.KeyOf(messages)));
        Assert.Equal(10, (await fixture.VerdictAsync()).Journals.Single(j => j.Log == "adgang").Size);
    }

    private async Task<IngestionFixture> FilledAsync()
    {
        var fixture = await OpenAsync();
        await fixture.Services.GetRequiredService<IAccessJournal>().AppendAsync([.. Enumerable.Range(0, 10).Select(Line)], default);
        await fixture.Services.GetRequiredService<JournalCheckpoints>().MakeAsync(JournalLog.Access, default);
        Assert.Null((await fixture.VerdictAsync()).First);
        return fixture;
    }

    private static AccessRecord Line(int n) => new(
        "case-opened", IngestionFixture.Own, new DateTimeOffset(2026, 3, 4, 10, 0, n, TimeSpan.Zero), "p1", "Sofie")
    {
        CaseNumber = $"26-{n:D4}",
    };
}

public sealed class SqliteAccessTamperTests : AccessTamperTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresAccessTamperTests(PostgresServer server) : AccessTamperTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
