using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Figures;

/// <summary>
/// Triggers by which the database records every change of a letter and of its worklist row, so that matching, registering, assigning by
/// hand, solving and erasing need not each do it. Created at start and not by a migration, since a later migration that rebuilds the table
/// drops its triggers.
/// </summary>
internal static class LetterTriggers
{
    private const string Columns =
        """ "Verdict", "VerdictAt", "EvidenceDeadline", "Contradiction", "ContradictionAt", "SentAt", "CaseType" """;

    /// <summary>Creates missing triggers within the caller's transaction; when any was missing, every letter is counted again.</summary>
    public static async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var sqlite = db.Database.IsSqlite();
        if (await ExistsAsync(db, sqlite, cancellationToken)) return;
        foreach (var statement in sqlite ? Sqlite : PostgreSql)
        {
#pragma warning disable EF1002 // The SQL is constant.
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
#pragma warning restore EF1002
        }

        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO "LetterChanges" ("LetterKey") SELECT "Key" FROM "Letters" """, cancellationToken);
    }

    private static readonly string[] Sqlite =
    [
        """CREATE TRIGGER IF NOT EXISTS "LetterNoted" AFTER INSERT ON "Letters" BEGIN INSERT INTO "LetterChanges" """
            + """("LetterKey") VALUES (NEW."Key"); END""",
        $"""CREATE TRIGGER IF NOT EXISTS "LetterChangeNoted" AFTER UPDATE OF{Columns}ON "Letters" BEGIN INSERT INTO "LetterChanges" """
            + $"""("LetterKey") VALUES (NEW."Key"); END""",
        """CREATE TRIGGER IF NOT EXISTS "LetterWorkNoted" AFTER INSERT ON "WorkItems" WHEN NEW."Rank" = 0 BEGIN INSERT """
            + """INTO "LetterChanges" ("LetterKey") VALUES (NEW."Key"); END""",
        """CREATE TRIGGER IF NOT EXISTS "LetterWorkChangeNoted" AFTER UPDATE OF "SolvedAt" ON "WorkItems" WHEN NEW."Rank" = 0 BEGIN """
            + """INSERT INTO "LetterChanges" ("LetterKey") VALUES (NEW."Key"); END""",
    ];

    private static readonly string[] PostgreSql =
    [
        """CREATE OR REPLACE FUNCTION "NoteLetter"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN INSERT INTO "LetterChanges" """
            + """("LetterKey") VALUES (NEW."Key"); RETURN NULL; END $body$""",
        """CREATE OR REPLACE TRIGGER "LetterNoted" AFTER INSERT ON "Letters" FOR EACH ROW EXECUTE FUNCTION "NoteLetter"()""",
        $"""CREATE OR REPLACE TRIGGER "LetterChangeNoted" AFTER UPDATE OF{Columns}ON "Letters" FOR EACH ROW """
            + $"""EXECUTE FUNCTION "NoteLetter"()""",
        """CREATE OR REPLACE TRIGGER "LetterWorkNoted" AFTER INSERT ON "WorkItems" FOR EACH ROW WHEN (NEW."Rank" = 0) """
            + """EXECUTE FUNCTION "NoteLetter"()""",
        """CREATE OR REPLACE TRIGGER "LetterWorkChangeNoted" AFTER UPDATE OF "SolvedAt" ON "WorkItems" FOR EACH ROW WHEN (NEW."Rank" = """
            + """0) EXECUTE FUNCTION "NoteLetter"()""",
    ];

    private static async Task<bool> ExistsAsync(IngestionDbContext db, bool sqlite, CancellationToken cancellationToken)
    {
        var query = sqlite
            ? db.Database.SqlQueryRaw<string>(
                """SELECT name AS "Value" FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'Letter%Noted'""")
            : db.Database.SqlQueryRaw<string>("""SELECT tgname::text AS "Value" FROM pg_trigger WHERE tgname LIKE 'Letter%Noted'""");
        return (await query.ToListAsync(cancellationToken)).Count >= 4;
    }
}
