using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ReaderVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The index of error texts kept no text, and forgot a message only when it was told the very words again that it was given: a mask that was changed
            // meanwhile would have damaged it. From here on it keeps the text. What it holds is asked of itself: its terms, in their order, are as good to search.
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE "ErrorTerms" USING fts5vocab("ErrorSearch", 'instance');
                CREATE TEMP TABLE "ErrorTexts" AS SELECT "doc" AS "Sequence", group_concat("term", ' ') AS "Words" FROM (SELECT "doc", "term" FROM "ErrorTerms" ORDER BY "doc", "offset") GROUP BY "doc";
                DROP TABLE "ErrorTerms";
                DROP TABLE "ErrorSearch";
                CREATE VIRTUAL TABLE "ErrorSearch" USING fts5("Words", tokenize = 'unicode61 remove_diacritics 0');
                INSERT INTO "ErrorSearch" ("rowid", "Words") SELECT "Sequence", "Words" FROM "ErrorTexts";
                DROP TABLE "ErrorTexts";
                """);

            migrationBuilder.AddColumn<int>(
                name: "Matcher",
                table: "StatusMatches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Mute",
                table: "StatusMatches",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Target",
                table: "MutedSenders",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Through",
                table: "MutedSenders",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Reader",
                table: "MessageKinds",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Matcher",
                table: "Letters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Earlier",
                table: "LedgerVerification",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_StatusMatches_Mute_Sequence",
                table: "StatusMatches",
                columns: new[] { "Mute", "Sequence" },
                filter: "\"Mute\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StatusMatches_Mute_Sequence",
                table: "StatusMatches");

            migrationBuilder.DropColumn(
                name: "Matcher",
                table: "StatusMatches");

            migrationBuilder.DropColumn(
                name: "Mute",
                table: "StatusMatches");

            migrationBuilder.DropColumn(
                name: "Target",
                table: "MutedSenders");

            migrationBuilder.DropColumn(
                name: "Through",
                table: "MutedSenders");

            migrationBuilder.DropColumn(
                name: "Reader",
                table: "MessageKinds");

            migrationBuilder.DropColumn(
                name: "Matcher",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Earlier",
                table: "LedgerVerification");
        }
    }
}
