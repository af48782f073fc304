using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ReaderVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Matcher",
                table: "StatusMatches",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Mute",
                table: "StatusMatches",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Target",
                table: "MutedSenders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Through",
                table: "MutedSenders",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Reader",
                table: "MessageKinds",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Matcher",
                table: "Letters",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "Earlier",
                table: "LedgerVerification",
                type: "bigint",
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
