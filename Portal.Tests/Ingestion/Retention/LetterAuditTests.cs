using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>
/// A full verification checks the letters too. Letter 1 is erased; letter 2 was erased and registered again; letter 3 has a correction and,
/// as message number 2, a status.
/// </summary>
public abstract class LetterAuditTests
{
    private const string Blank = """{"CaseNumber":"24-0117","CaseType":"huslejenaevn","LetterId":"brev-3","Title":"Slettet","Recipient":"""
        + """{"Name":"Slettet","Id":null,"IdType":null},"Channel":"DigitalPost","Decision":true,"SentAt":"2026-03-04T09:00:00+00:"""
        + """00","Identifiers":{"MessageUuid":null},"Documents":[]}""";
    private const string Emptied = $"""UPDATE "Letters" SET "Title" = 'Slettet', "RecipientName" = 'Slettet', "RecipientId" = """
        + $"""NULL, "RecipientIdType" = NULL, "RecipientHash" = NULL, "RegistrationJson" = '{Blank}' WHERE "Key" = 3""";
    private static readonly string[] Tables = ["Letters", "LetterErasures", "LetterIdentifiers", "LetterVersions"];

    /// <summary>A change of the database, and the expected finding and letter.</summary>
    private static readonly (string Sql, LedgerProblem Problem, int Letter)[] Tamperings =
    [
        ("""UPDATE "LetterErasures" SET "ErasedAt" = "ErasedAt" + 1 WHERE "LetterKey" = 1""", LedgerProblem.ErasureForged, 1),
        ("""UPDATE "LetterErasures" SET "Rule" = 'Retention:OtherMessageDays' WHERE "LetterKey" = 1""", LedgerProblem.ErasureForged, 1),
        ("""UPDATE "LetterErasures" SET "Signature" = (SELECT "Signature" FROM "LedgerHead") WHERE "LetterKey" = 1""",
            LedgerProblem.ErasureForged, 1),
        ("""UPDATE "LetterErasures" SET "Signature" = (SELECT "Signature" FROM "LetterErasures" WHERE "LetterKey" = 1) """
            + """WHERE "LetterKey" = 2""", LedgerProblem.ErasureForged, 2),
        ("""DELETE FROM "LetterErasures" WHERE "LetterKey" = 1""", LedgerProblem.LetterEmptied, 1),
        ("""DELETE FROM "LetterErasures" WHERE "LetterKey" = 2""", LedgerProblem.LetterEmptied, 2),
        ("""UPDATE "LetterErasures" SET "LetterKey" = 9 WHERE "LetterKey" = 2""", LedgerProblem.LetterEmptied, 2),
        ("""INSERT INTO "LetterErasures" SELECT 3, "ErasedAt", "Rule", "Signature" FROM "LetterErasures" WHERE "LetterKey" = 1""",
            LedgerProblem.ErasureForged, 3),
        ("""INSERT INTO "LetterErasures" SELECT 9, "ErasedAt", "Rule", "Signature" FROM "LetterErasures" WHERE "LetterKey" = 1""",
            LedgerProblem.LetterRemoved, 9),
        (Emptied, LedgerProblem.LetterEmptied, 3),
        ($"""{Emptied}; DELETE FROM "LetterIdentifiers" WHERE "LetterKey" = 3; DELETE FROM "LetterVersions" WHERE "LetterKey" = 3""",
            LedgerProblem.LetterEmptied, 3),
        ($"""UPDATE "LetterVersions" SET "RegistrationJson" = '{Blank}' WHERE "LetterKey" = 3""", LedgerProblem.LetterEmptied, 3),
        ("""UPDATE "Letters" SET "Title" = 'Slettet', "RecipientName" = 'Slettet', "RecipientId" = NULL WHERE "Key" = 3""",
            LedgerProblem.LetterChanged, 3),
        ("""UPDATE "Letters" SET "RegistrationJson" = '{}' WHERE "Key" = 3""", LedgerProblem.LetterChanged, 3),
        ("""UPDATE "Letters" SET "SentAt" = "SentAt" - 864000000000 WHERE "Key" = 3""", LedgerProblem.LetterChanged, 3),
        ("""UPDATE "Letters" SET "Title" = 'Ny titel' WHERE "Key" = 1""", LedgerProblem.LetterChanged, 1),
        ("""UPDATE "LetterIdentifiers" SET "LetterKey" = 2 WHERE "LetterKey" = 3""", LedgerProblem.LetterChanged, 2),
        ("""DELETE FROM "LetterIdentifiers" WHERE "LetterKey" = 3""", LedgerProblem.LetterChanged, 3),
        ("""DELETE FROM "Letters" WHERE "Key" = 3""", LedgerProblem.LetterRemoved, 3),
        ("""DELETE FROM "Letters" WHERE "Key" = 1""", LedgerProblem.LetterRemoved, 1),
    ];

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Each_change_of_a_letters_rows_is_found_and_named_without_telling_whose_it_is()
    {
        await using var fixture = await FilledAsync();
        Assert.Null(await fixture.VerifyAsync());
        await DoAsync(fixture, string.Join(';', Tables.Select(t => $"""CREATE TABLE "Was{t}" AS SELECT * FROM "{t}" """)));
        foreach (var (sql, problem, letter) in Tamperings)
        {
            await DoAsync(fixture, sql);
            var found = await fixture.VerifyAsync();
            Assert.Equal((sql, problem, 2), (sql, found?.Problem, found?.Sequence ?? 0));
            Assert.StartsWith($"brev nr. {letter} i databasen ", found!.Why, StringComparison.Ordinal);
            Assert.DoesNotContain("brev-", found.Why, StringComparison.Ordinal);
            await DoAsync(
                fixture, string.Join(';', Tables.Select(t => $"""DELETE FROM "{t}"; INSERT INTO "{t}" SELECT * FROM "Was{t}" """)));
        }

        Assert.Null(await fixture.VerifyAsync());
    }

    [Fact]
    public async Task What_a_verdict_rests_on_cannot_be_changed_next_to_the_bytes_without_being_found()
    {
        await using var fixture = await FilledAsync();
        string[] tables = ["Messages", "MessageKinds", "StatusMatches", "HandMatches"];
        await DoAsync(fixture, string.Join(';', tables.Select(t => $"""CREATE TABLE "Was{t}" AS SELECT * FROM "{t}" """)));
        (string Sql, LedgerProblem Problem)[] tamperings =
        [
            ("""UPDATE "Messages" SET "StatusAt" = "StatusAt" - 864000000000 WHERE "Sequence" = 2""", LedgerProblem.RecordChanged),
            ("""UPDATE "Messages" SET "StatusAt" = NULL WHERE "Sequence" = 2""", LedgerProblem.RecordChanged),
            ("""UPDATE "Messages" SET "Identifiers" = NULL WHERE "Sequence" = 2""", LedgerProblem.RecordChanged),
            ("""UPDATE "Messages" SET "ErasedAt" = "ReceivedAt" WHERE "Sequence" = 2""", LedgerProblem.RecordChanged),
            ("""UPDATE "Messages" SET "Kind" = 999 WHERE "Sequence" = 2""", LedgerProblem.RecordChanged),
            ("""UPDATE "MessageKinds" SET "StatusText" = 'Afleveret Digital Post', "Action" = NULL""", LedgerProblem.RecordChanged),
            ("""UPDATE "StatusMatches" SET "State" = 0, "LetterKey" = NULL WHERE "Sequence" = 2""", LedgerProblem.StatusMoved),
            ("""UPDATE "StatusMatches" SET "LetterKey" = 2 WHERE "Sequence" = 2""", LedgerProblem.StatusMoved),
            ("""UPDATE "StatusMatches" SET "LetterKey" = 1 WHERE "Sequence" = 2""", LedgerProblem.StatusMoved),
            ("""DELETE FROM "StatusMatches" WHERE "Sequence" = 2""", LedgerProblem.StatusMoved),
            ("""INSERT INTO "HandMatches" ("Sequence", "Part", "LetterKey", "At", "ById", "ByName") VALUES (2, 0, 2, 1, 'x', 'x')""",
                LedgerProblem.StatusMoved),
        ];
        foreach (var (sql, problem) in tamperings)
        {
            await DoAsync(fixture, sql);
            var found = await fixture.VerifyAsync();
            Assert.Equal((sql, problem, 2), (sql, found?.Problem, found?.Sequence ?? 0));
            await DoAsync(
                fixture, string.Join(';', tables.Select(t => $"""DELETE FROM "{t}"; INSERT INTO "{t}" SELECT * FROM "Was{t}" """)));
        }

        Assert.Null(await fixture.VerifyAsync());
    }

    private async Task<IngestionFixture> FilledAsync()
    {
        var fixture = await OpenAsync();
        await RegisterAsync(fixture, 1);
        await RegisterAsync(fixture, 2);
        await StatusAsync(fixture, 1);
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(2, (await fixture.Services.GetRequiredService<Eraser>().EraseAsync(default)).Letters);
        fixture.Time.Advance(TimeSpan.FromDays(1));
        await RegisterAsync(fixture, 2);
        await RegisterAsync(fixture, 3);
        await RegisterAsync(fixture, 3, "Afgørelse om husleje, rettet");
        await StatusAsync(fixture, 3);
        return fixture;
    }

    private static string Uuid(int n) => $"aaaaaaaa-0000-0000-0000-{n:D12}";

    private static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        IngestionFixture fixture, int n, string title = "Afgørelse om husleje") => fixture.Services.GetRequiredService<ILetterRegistry>()
            .RegisterAsync(LettersFixture.Caseworker(), [LettersFixture.Letter(
                $"brev-{n}", Uuid(n), $"sag-{n}") with { Title = title, SentAt = fixture.Time.GetUtcNow() }], default);

    private static async Task StatusAsync(IngestionFixture fixture, int n)
    {
        await fixture.ReceiveAsync(Stories.Envelopes.With(KnownHandlinger.Fejlet,
            $"<MessageUUID>{Uuid(n)}</MessageUUID><TransaktionsDatoTid>2026-03-04T11:00:00Z</TransaktionsDatoTid>").Bytes);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
    }

    private static Task<int> DoAsync(IngestionFixture fixture, string sql) => fixture.DbAsync(async db =>
    {
        // Not ExecuteSqlRaw: EF takes the braces in the SQL for placeholders.
        await using var command = db.Database.GetDbConnection().CreateCommand();
        await db.Database.OpenConnectionAsync();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    });
}

public sealed class SqliteLetterAuditTests : LetterAuditTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresLetterAuditTests(PostgresServer server) : LetterAuditTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
