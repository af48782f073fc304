using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ActionLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Actions",
                table: "LedgerVerification",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ActionsErased",
                table: "LedgerVerification",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "BrokenLog",
                table: "LedgerVerification",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "JournalCheckpoints",
                columns: table => new
                {
                    Log = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    Note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalCheckpoints", x => new { x.Log, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "JournalEntries",
                columns: table => new
                {
                    Log = table.Column<int>(type: "integer", nullable: false),
                    Index = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Id = table.Column<string>(type: "text", nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "text", nullable: false),
                    Json = table.Column<string>(type: "text", nullable: true),
                    Authority = table.Column<string>(type: "text", nullable: true),
                    CaseKey = table.Column<string>(type: "text", nullable: true),
                    LetterKey = table.Column<long>(type: "bigint", nullable: true),
                    StatusKey = table.Column<long>(type: "bigint", nullable: true),
                    ErasedAt = table.Column<long>(type: "bigint", nullable: true),
                    ErasedBy = table.Column<string>(type: "text", nullable: true),
                    ErasureSignature = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalEntries", x => new { x.Log, x.Index });
                });

            migrationBuilder.CreateTable(
                name: "JournalHeads",
                columns: table => new
                {
                    Log = table.Column<int>(type: "integer", nullable: false),
                    Origin = table.Column<string>(type: "text", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Root = table.Column<byte[]>(type: "bytea", nullable: false),
                    Signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    Checkpoints = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalHeads", x => x.Log);
                });

            migrationBuilder.CreateTable(
                name: "JournalTiles",
                columns: table => new
                {
                    Log = table.Column<int>(type: "integer", nullable: false),
                    Level = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Hashes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalTiles", x => new { x.Log, x.Level, x.Number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_Authority_CaseKey",
                table: "JournalEntries",
                columns: new[] { "Authority", "CaseKey" },
                filter: "\"CaseKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_LetterKey",
                table: "JournalEntries",
                column: "LetterKey",
                filter: "\"LetterKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_Log_Id",
                table: "JournalEntries",
                columns: new[] { "Log", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_JournalEntries_StatusKey",
                table: "JournalEntries",
                column: "StatusKey",
                filter: "\"StatusKey\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "JournalCheckpoints");

            migrationBuilder.DropTable(
                name: "JournalEntries");

            migrationBuilder.DropTable(
                name: "JournalHeads");

            migrationBuilder.DropTable(
                name: "JournalTiles");

            migrationBuilder.DropColumn(
                name: "Actions",
                table: "LedgerVerification");

            migrationBuilder.DropColumn(
                name: "ActionsErased",
                table: "LedgerVerification");

            migrationBuilder.DropColumn(
                name: "BrokenLog",
                table: "LedgerVerification");
        }
    }
}
