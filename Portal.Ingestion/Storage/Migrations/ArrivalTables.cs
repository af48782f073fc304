namespace Portal.Ingestion.Storage.Migrations;

/// <summary>
/// What the migration to several statuses per message does by hand: the table of matches gets one row for each part of a message and stays
/// its own index, which the tool cannot say; that of hand matches gets the same key, and the tool would rebuild it outside the migration's
/// transaction, where a kill leaves half of it. The trigger is created again at the start, with the column that is new.
/// </summary>
internal static class ArrivalTables
{
    public const string Up = """
        DROP TRIGGER IF EXISTS "LetterChangeNoted";
        CREATE TABLE "NewStatusMatches" (
            "Sequence" INTEGER NOT NULL,
            "Part" INTEGER NOT NULL DEFAULT 0,
            "Kind" INTEGER NOT NULL,
            "State" INTEGER NOT NULL,
            "LetterKey" INTEGER NULL,
            "Since" INTEGER NOT NULL,
            "Matcher" INTEGER NOT NULL DEFAULT 0,
            "Mute" INTEGER NULL,
            PRIMARY KEY ("Sequence", "Part")
        ) WITHOUT ROWID;
        INSERT INTO "NewStatusMatches" ("Sequence", "Part", "Kind", "State", "LetterKey", "Since", "Matcher", "Mute")
            SELECT "Sequence", 0, "Kind", "State", "LetterKey", "Since", "Matcher", "Mute" FROM "StatusMatches" ORDER BY "Sequence";
        DROP TABLE "StatusMatches";
        ALTER TABLE "NewStatusMatches" RENAME TO "StatusMatches";
        CREATE TABLE "NewHandMatches" (
            "Sequence" INTEGER NOT NULL,
            "Part" INTEGER NOT NULL DEFAULT 0,
            "LetterKey" INTEGER NOT NULL,
            "At" INTEGER NOT NULL,
            "ById" TEXT NOT NULL,
            "ByName" TEXT NOT NULL,
            CONSTRAINT "PK_HandMatches" PRIMARY KEY ("Sequence", "Part")
        );
        INSERT INTO "NewHandMatches" ("Sequence", "Part", "LetterKey", "At", "ById", "ByName")
            SELECT "Sequence", 0, "LetterKey", "At", "ById", "ByName" FROM "HandMatches";
        DROP TABLE "HandMatches";
        ALTER TABLE "NewHandMatches" RENAME TO "HandMatches";
        """
        + Indexes;

    // Further parts of a message have no place in the older table: they are lost, as they were before.
    public const string Down = """
        CREATE TABLE "OldStatusMatches" (
            "Sequence" INTEGER NOT NULL PRIMARY KEY,
            "Kind" INTEGER NOT NULL,
            "State" INTEGER NOT NULL,
            "LetterKey" INTEGER NULL,
            "Since" INTEGER NOT NULL,
            "Matcher" INTEGER NOT NULL DEFAULT 0,
            "Mute" INTEGER NULL
        );
        INSERT INTO "OldStatusMatches" ("Sequence", "Kind", "State", "LetterKey", "Since", "Matcher", "Mute")
            SELECT "Sequence", "Kind", "State", "LetterKey", "Since", "Matcher", "Mute" FROM "StatusMatches" WHERE "Part" = 0;
        DROP TABLE "StatusMatches";
        ALTER TABLE "OldStatusMatches" RENAME TO "StatusMatches";
        CREATE TABLE "OldHandMatches" (
            "Sequence" INTEGER NOT NULL CONSTRAINT "PK_HandMatches" PRIMARY KEY,
            "LetterKey" INTEGER NOT NULL,
            "At" INTEGER NOT NULL,
            "ById" TEXT NOT NULL,
            "ByName" TEXT NOT NULL
        );
        INSERT INTO "OldHandMatches" ("Sequence", "LetterKey", "At", "ById", "ByName")
            SELECT "Sequence", "LetterKey", "At", "ById", "ByName" FROM "HandMatches" WHERE "Part" = 0;
        DROP TABLE "HandMatches";
        ALTER TABLE "OldHandMatches" RENAME TO "HandMatches";
        """
        + Indexes;

    private const string Indexes = """
        CREATE INDEX "IX_StatusMatches_LetterKey" ON "StatusMatches" ("LetterKey") WHERE "LetterKey" IS NOT NULL;
        CREATE INDEX "IX_StatusMatches_State_Since" ON "StatusMatches" ("State", "Since") WHERE "State" <> 1;
        CREATE INDEX "IX_StatusMatches_Mute_Sequence" ON "StatusMatches" ("Mute", "Sequence") WHERE "Mute" IS NOT NULL;
        """;
}
