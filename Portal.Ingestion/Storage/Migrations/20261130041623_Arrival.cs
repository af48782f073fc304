using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Arrival : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ArrivalTables.Up);
            migrationBuilder.AddColumn<string>(
                name: "Statuses",
                table: "Messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PostedAt",
                table: "Letters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Receipts",
                table: "Letters",
                type: "TEXT",
                nullable: false,
                defaultValue: "all");

            migrationBuilder.AddColumn<int>(
                name: "Rules",
                table: "Letters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "RuleChanges",
                columns: table => new
                {
                    LetterKey = table.Column<long>(type: "INTEGER", nullable: false),
                    RuleSet = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: false),
                    After = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleChanges", x => new { x.LetterKey, x.RuleSet });
                });

            migrationBuilder.CreateTable(
                name: "RuleSets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    FromAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: true),
                    Through = table.Column<long>(type: "INTEGER", nullable: false),
                    Target = table.Column<long>(type: "INTEGER", nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleSets", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Rules",
                table: "Letters",
                column: "Rules");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ArrivalTables.Down);
            migrationBuilder.DropTable(
                name: "RuleChanges");

            migrationBuilder.DropTable(
                name: "RuleSets");

            migrationBuilder.DropIndex(
                name: "IX_Letters_Rules",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Statuses",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "PostedAt",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Receipts",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "Letters");

        }
    }
}
