namespace Portal.Ingestion.Storage.Postgres.Migrations;

/// <summary>
/// What the migration to several statuses per message does by hand: the log is not the tool's (<see cref="MessageLog"/>). The trigger is
/// created again at the start, with the column that is new.
/// </summary>
internal static class ArrivalTables
{
    public const string Up = """
        ALTER TABLE "Messages" ADD COLUMN "Statuses" text NULL;
        DROP TRIGGER IF EXISTS "LetterChangeNoted" ON "Letters";
        """;

    public const string Down = """
        ALTER TABLE "Messages" DROP COLUMN "Statuses";
        DELETE FROM "StatusMatches" WHERE "Part" > 0;
        DELETE FROM "HandMatches" WHERE "Part" > 0;
        """;
}
