using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Journal;

/// <summary>Changes of what people did, made behind the portal's back in one table or alike in all, are found and named.</summary>
public abstract class ActionTamperTests
{
    private static readonly string[] Tables =
    [
        "JournalEntries", "JournalTiles", "JournalHeads", "JournalCheckpoints", "Letters", "LetterVersions", "LetterIdentifiers",
        "HandMatches", "StatusMatches", "WorkEntries", "Incidents", "CaseHolds", "CaseHoldEntries", "MutedSenders",
    ];

    /// <summary>A change of the database, the expected finding, and its leaf.</summary>
    private static readonly (string Sql, LedgerProblem Problem, long Leaf)[] Tamperings =
    [
        // Leaves: 1 begun, 2-4 letters, 5-10 matches, 11 note, 12 owner, 13-15 holds, 16-18 incidents, 19 mute.
        ("""UPDATE "WorkEntries" SET "Text" = 'Ringede aldrig' WHERE "Action" = 'Noted'""", LedgerProblem.ActionChanged, 11),
        ("""UPDATE "WorkEntries" SET "ByName" = 'Bo', "ById" = 'bo' WHERE "Action" = 'Noted'""", LedgerProblem.ActionChanged, 11),
        ("""DELETE FROM "WorkEntries" WHERE "Action" = 'Noted'""", LedgerProblem.ActionChanged, 11),
        ("""UPDATE "WorkEntries" SET "ById" = '' WHERE "Action" = 'Noted'""", LedgerProblem.ActionChanged, 11),
        ("""INSERT INTO "WorkEntries" ("Id", "Rank", "Key", "Authority", "Action", "At", "ById", "ByName") SELECT 99, "Rank", "Key", """
            + """ "Authority", "Action", "At", "ById", "ByName" FROM "WorkEntries" WHERE "Action" = 'Noted'""",
            LedgerProblem.ActionChanged, 19),
        ("""UPDATE "HandMatches" SET "ByName" = 'Bo'""", LedgerProblem.ActionChanged, 9),
        ("""DELETE FROM "LetterVersions" WHERE "LetterKey" = 1""", LedgerProblem.ActionChanged, 2),
        ("""UPDATE "LetterVersions" SET "RegistrationJson" = (SELECT "RegistrationJson" FROM "Letters" WHERE "Key" = 1)""",
            LedgerProblem.ActionChanged, 2),
        ("""UPDATE "Letters" SET "RegisteredBy" = 'Bo' WHERE "Key" = 2""", LedgerProblem.ActionChanged, 3),

        // The recipient's number alike in the column and in the registration: the mask is the same, the keyed hash is not.
        ("""UPDATE "Letters" SET "RecipientId" = '0101019999', "RegistrationJson" = """
            + """REPLACE("RegistrationJson", '0101011234', '0101019999') WHERE "Key" = 2""", LedgerProblem.ActionChanged, 3),
        ("""UPDATE "Letters" SET "Version" = 1, "RegistrationJson" = (SELECT "RegistrationJson" FROM "LetterVersions"), """
            + """ "Title" = 'Afgørelse om husleje for 010101-1234' WHERE "Key" = 1; DELETE FROM "LetterVersions" """,
            LedgerProblem.ActionChanged, 4),
        ("""DELETE FROM "CaseHolds" """, LedgerProblem.ActionChanged, 15),
        ("""UPDATE "CaseHoldEntries" SET "Reason" = 'Andet' WHERE "Id" = 2""", LedgerProblem.ActionChanged, 14),
        ("""DELETE FROM "CaseHolds"; DELETE FROM "CaseHoldEntries" WHERE "Id" = 3""", LedgerProblem.ActionChanged, 15),
        ("""UPDATE "Incidents" SET "Text" = 'Intet' WHERE "Id" = 1""", LedgerProblem.ActionChanged, 16),
        ("""UPDATE "Incidents" SET "WithdrawnAt" = "NotedAt", "WithdrawnBy" = 'Anna' WHERE "Id" = 1""", LedgerProblem.ActionChanged, 16),
        ("""UPDATE "Incidents" SET "WithdrawnAt" = NULL, "WithdrawnBy" = NULL WHERE "Id" = 2""", LedgerProblem.ActionChanged, 18),
        ("""UPDATE "MutedSenders" SET "Reason" = 'Andet'""", LedgerProblem.ActionChanged, 19),

        // The log's own tables.
        ("""UPDATE "JournalEntries" SET "Json" = REPLACE("Json", 'Ringede', 'Skrev') WHERE "Index" = 10""", LedgerProblem.BytesChanged, 11),
        ("""UPDATE "JournalEntries" SET "Json" = NULL WHERE "Index" = 10""", LedgerProblem.Removed, 11),
        ("""UPDATE "JournalEntries" SET "Json" = NULL, "ErasedAt" = 1, "ErasedBy" = 'Retention:EvidenceYears' WHERE "Index" = 10""",
            LedgerProblem.ErasureForged, 11),
        ("""UPDATE "JournalEntries" SET "At" = "At" - 36000000000 WHERE "Index" = 10""", LedgerProblem.RecordChanged, 11),
        ("""UPDATE "JournalEntries" SET "LetterKey" = 1 WHERE "Index" = 10""", LedgerProblem.ActionChanged, 11),
        ("""UPDATE "JournalEntries" SET "Authority" = '12345678' WHERE "Index" = 10""", LedgerProblem.ActionChanged, 11),
        ("""DELETE FROM "JournalEntries" WHERE "Index" = 10""", LedgerProblem.Removed, 11),
        ("""DELETE FROM "JournalEntries" WHERE "Index" >= 10""", LedgerProblem.TailCut, 11),
        ("""INSERT INTO "JournalEntries" ("Log", "Index", "Kind", "Id", "At", "Sha256", "Json") SELECT "Log", 19, "Kind", "Id", "At", """
            + """ "Sha256", "Json" FROM "JournalEntries" WHERE "Index" = 10""", LedgerProblem.Inserted, 20),
        ("""UPDATE "JournalEntries" SET "Index" = 99 WHERE "Index" = 10; UPDATE "JournalEntries" SET "Index" = 10 WHERE "Index" = 11; """
            + """UPDATE "JournalEntries" SET "Index" = 11 WHERE "Index" = 99""", LedgerProblem.Reordered, 11),
        ("""UPDATE "JournalTiles" SET "Hashes" = (SELECT "Root" FROM "JournalHeads" WHERE "Log" = 1)""", LedgerProblem.TileChanged, 1),
        ("""DELETE FROM "JournalTiles" """, LedgerProblem.TileChanged, 1),
        ("""UPDATE "JournalHeads" SET "Size" = 10 WHERE "Log" = 1""", LedgerProblem.HeadChanged, 10),
        ("""DELETE FROM "JournalHeads" """, LedgerProblem.HeadChanged, 19),
        ("""UPDATE "JournalCheckpoints" SET "Size" = 3""", LedgerProblem.CheckpointChanged, 3),
        ("""DELETE FROM "JournalCheckpoints" """, LedgerProblem.CheckpointChanged, 1),
    ];

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Each_change_is_found_and_named_by_log_and_leaf()
    {
        await using var fixture = await FilledAsync();
        foreach (var (sql, problem, leaf) in Tamperings)
        {
            await fixture.DoAsync(sql);
            var found = (await fixture.VerdictAsync()).First;
            Assert.Equal((sql, problem, leaf, "handlinger"), (sql, found?.Problem, found?.Sequence, found?.Log));
            Assert.StartsWith($"loggen over handlinger, blad {leaf}: ", found!.Why, StringComparison.Ordinal);
            await RestoreAsync(fixture);
        }

        Assert.Null((await fixture.VerdictAsync()).First);
    }

    [Fact]
    public async Task A_note_changed_alike_in_every_table_with_its_fingerprint_is_found_by_the_tree()
    {
        await using var fixture = await FilledAsync();
        var entry = (await fixture.EntriesAsync()).Single(e => e.Kind == "work-noted");
        const string Changed = "Ringede ikke";
        var json = entry.Json!.Replace(ActionLogFixture.Note, Changed, StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        await fixture.DoAsync($"""UPDATE "WorkEntries" SET "Text" = '{Changed}' WHERE "Action" = 'Noted'""");
        await fixture.DoAsync($"""UPDATE "JournalEntries" SET "Json" = '{json}', "Sha256" = '{hash}' WHERE "Index" = {entry.Index}""");
        Assert.Equal(
            (LedgerProblem.RecordChanged, entry.Index + 1, "handlinger"), ActionLogTests.At((await fixture.VerdictAsync()).First));
    }

    private async Task<IngestionFixture> FilledAsync()
    {
        var fixture = await OpenAsync();
        await ActionLogFixture.ActAsync(fixture);
        await fixture.CheckpointActionsAsync();
        Assert.Null((await fixture.VerdictAsync()).First);
        foreach (var table in Tables) await fixture.DoAsync($"""CREATE TABLE "Was{table}" AS SELECT * FROM "{table}" """);
        return fixture;
    }

    private static Task<int> RestoreAsync(IngestionFixture fixture) => fixture.DoAsync(
        string.Join(';', Tables.Select(t => $"""DELETE FROM "{t}"; INSERT INTO "{t}" SELECT * FROM "Was{t}" """)));
}

public sealed class SqliteActionTamperTests : ActionTamperTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresActionTamperTests(PostgresServer server) : ActionTamperTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
