namespace Portal.Ingestion.Storage.Migrations;

/// <summary>
/// What the start makes by hand, since the model cannot say it: tables that are their own index (WITHOUT ROWID), numbers of kinds that are
/// used again (no AUTOINCREMENT), and the full-text index of error texts. Times are UTC ticks. A later change of these tables is a migration
/// of its own, written by the tool.
/// </summary>
internal static class MessageLog
{
    public const string Create = """
        CREATE TABLE "Messages" (
            "Sequence" INTEGER NOT NULL PRIMARY KEY,
            "BeskedId" BLOB NOT NULL,
            "Kind" INTEGER NOT NULL,
            "ReceivedAt" INTEGER NOT NULL,
            "CreatedAt" INTEGER NULL,
            "RegisteredAt" INTEGER NULL,
            "StatusAt" INTEGER NULL,
            "Deliveries" INTEGER NOT NULL,
            "Identifiers" BLOB NULL,
            "ErrorText" TEXT NULL,
            "Sha256" BLOB NOT NULL,
            "Bytes" INTEGER NOT NULL,
            "ErasedAt" INTEGER NULL
        );
        CREATE UNIQUE INDEX "IX_Messages_BeskedId" ON "Messages" ("BeskedId");
        CREATE INDEX "IX_Messages_Kind_Sequence" ON "Messages" ("Kind", "Sequence");
        CREATE INDEX "IX_Messages_ReceivedAt" ON "Messages" ("ReceivedAt");

        CREATE TABLE "MessageContent" (
            "Sequence" INTEGER NOT NULL PRIMARY KEY,
            "Encoding" INTEGER NOT NULL,
            "Content" BLOB NOT NULL
        );

        CREATE TABLE "MessageKinds" (
            "Id" INTEGER NOT NULL PRIMARY KEY,
            "Transport" TEXT NOT NULL,
            "Authority" TEXT NOT NULL,
            "OtherAuthorities" TEXT NULL,
            "Beskedtype" TEXT NOT NULL,
            "ResponsibleAuthority" TEXT NULL,
            "Action" TEXT NULL,
            "ActionName" TEXT NULL,
            "Sensitivity" TEXT NULL,
            "Classified" INTEGER NOT NULL,
            "IsPostStatus" INTEGER NOT NULL,
            "Channel" TEXT NULL,
            "StatusText" TEXT NULL,
            "EventCodes" TEXT NULL,
            "ErrorCode" TEXT NULL,
            "PayloadTrouble" TEXT NULL,
            "Abridged" INTEGER NOT NULL,
            "Hash" BLOB NOT NULL,
            "Reader" INTEGER NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX "IX_MessageKinds_Hash" ON "MessageKinds" ("Hash");

        CREATE TABLE "Volumes" (
            "Span" INTEGER NOT NULL,
            "Bucket" INTEGER NOT NULL,
            "Kind" INTEGER NOT NULL,
            "Count" INTEGER NOT NULL,
            PRIMARY KEY ("Span", "Bucket", "Kind")
        ) WITHOUT ROWID;

        CREATE TABLE "Dictionaries" (
            "Id" INTEGER NOT NULL PRIMARY KEY,
            "MadeAt" INTEGER NOT NULL,
            "Content" BLOB NOT NULL
        );

        CREATE TABLE "MessageIdentifiers" (
            "Bucket" INTEGER NOT NULL,
            "Key" INTEGER NOT NULL,
            "Sequence" INTEGER NOT NULL,
            PRIMARY KEY ("Bucket", "Key", "Sequence")
        ) WITHOUT ROWID;

        CREATE TABLE "StatusMatches" (
            "Sequence" INTEGER NOT NULL PRIMARY KEY,
            "Kind" INTEGER NOT NULL,
            "State" INTEGER NOT NULL,
            "LetterKey" INTEGER NULL,
            "Since" INTEGER NOT NULL,
            "Matcher" INTEGER NOT NULL DEFAULT 0,
            "Mute" INTEGER NULL
        );
        CREATE INDEX "IX_StatusMatches_LetterKey" ON "StatusMatches" ("LetterKey") WHERE "LetterKey" IS NOT NULL;
        CREATE INDEX "IX_StatusMatches_State_Since" ON "StatusMatches" ("State", "Since") WHERE "State" <> 1;
        CREATE INDEX "IX_StatusMatches_Mute_Sequence" ON "StatusMatches" ("Mute", "Sequence") WHERE "Mute" IS NOT NULL;

        CREATE VIRTUAL TABLE "ErrorSearch" USING fts5("Words", tokenize = 'unicode61 remove_diacritics 0');
        """;

    public const string Drop = """
        DROP TABLE "ErrorSearch";
        DROP TABLE "StatusMatches";
        DROP TABLE "MessageIdentifiers";
        DROP TABLE "Dictionaries";
        DROP TABLE "Volumes";
        DROP TABLE "MessageKinds";
        DROP TABLE "MessageContent";
        DROP TABLE "Messages";
        """;
}
