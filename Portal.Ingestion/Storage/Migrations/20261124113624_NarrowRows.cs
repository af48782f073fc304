using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
{
    /// <summary>
    /// From wide rows to narrow ones. The messages of the first layout wait in tables of their own until FirstLayout has read them anew; where
    /// statuses belong is found again by the matcher.
    /// </summary>
    public partial class NarrowRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TABLE "StatusIdentifiers";
                DROP TABLE "StatusMatches";
                DELETE FROM "ReaderPositions" WHERE "Reader" = 'letters';
                DROP INDEX "IX_Messages_BeskedId";
                DROP INDEX "IX_Messages_Beskedtype_Sequence";
                DROP INDEX "IX_Messages_ReceivedAt";
                ALTER TABLE "Messages" RENAME TO "Messages_First";
                ALTER TABLE "MessageContent" RENAME TO "MessageContent_First";
                """);

            migrationBuilder.Sql("""
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
                    "Bytes" INTEGER NOT NULL
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
                    "Hash" BLOB NOT NULL
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
                    "Since" INTEGER NOT NULL
                );
                CREATE INDEX "IX_StatusMatches_LetterKey" ON "StatusMatches" ("LetterKey") WHERE "LetterKey" IS NOT NULL;
                CREATE INDEX "IX_StatusMatches_State_Since" ON "StatusMatches" ("State", "Since") WHERE "State" <> 1;

                CREATE VIRTUAL TABLE "ErrorSearch" USING fts5("Words", content='', tokenize = 'unicode61 remove_diacritics 0');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new System.NotSupportedException("The wide rows of the first layout cannot be made again; restore a backup instead.");
    }
}
