using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
{
    /// <inheritdoc />
    public partial class LatePeriods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ArrivalDelay",
                table: "Letters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Physical",
                table: "Letters",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "LatePeriods",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Letters = table.Column<int>(type: "INTEGER", nullable: false),
                    Median = table.Column<long>(type: "INTEGER", nullable: false),
                    NearlyAll = table.Column<long>(type: "INTEGER", nullable: false),
                    WorstMedian = table.Column<long>(type: "INTEGER", nullable: false),
                    HandledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HandledBy = table.Column<string>(type: "TEXT", nullable: true),
                    Noted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LatePeriods", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_VerdictAt_ArrivalDelay",
                table: "Letters",
                columns: new[] { "Authority", "VerdictAt", "ArrivalDelay" },
                filter: "\"ArrivalDelay\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_LatePeriods_Authority",
                table: "LatePeriods",
                column: "Authority",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_LatePeriods_Authority_EndedAt",
                table: "LatePeriods",
                columns: new[] { "Authority", "EndedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LatePeriods");

            migrationBuilder.DropIndex(
                name: "IX_Letters_Authority_VerdictAt_ArrivalDelay",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "ArrivalDelay",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Physical",
                table: "Letters");
        }
    }
}
