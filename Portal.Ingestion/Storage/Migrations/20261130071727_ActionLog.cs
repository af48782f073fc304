using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ActionsErased",
                table: "LedgerVerification",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "BrokenLog",
                table: "LedgerVerification",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "JournalCheckpoints",
                columns: table => new
                {
                    Log = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalCheckpoints", x => new { x.Log, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "JournalEntries",
                columns: table => new
                {
                    Log = table.Column<int>(type: "INTEGER", nullable: false),
                    Index = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Id = table.Column<string>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: true),
                    Authority = table.Column<string>(type: "TEXT", nullable: true),
                    CaseKey = table.Column<string>(type: "TEXT", nullable: true),
                    LetterKey = table.Column<long>(type: "INTEGER", nullable: true),
                    StatusKey = table.Column<long>(type: "INTEGER", nullable: true),
                    ErasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ErasedBy = table.Column<string>(type: "TEXT", nullable: true),
                    ErasureSignature = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalEntries", x => new { x.Log, x.Index });
                });

            migrationBuilder.CreateTable(
                name: "JournalHeads",
                columns: table => new
                {
                    Log = table.Column<int>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Signature = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Checkpoints = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JournalHeads", x => x.Log);
                });

            migrationBuilder.CreateTable(
                name: "JournalTiles",
                columns: table => new
                {
                    Log = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Hashes = table.Column<byte[]>(type: "BLOB", nullable: false)
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
