using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
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
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Physical",
                table: "Letters",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "LatePeriods",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Letters = table.Column<int>(type: "integer", nullable: false),
                    Median = table.Column<long>(type: "bigint", nullable: false),
                    NearlyAll = table.Column<long>(type: "bigint", nullable: false),
                    WorstMedian = table.Column<long>(type: "bigint", nullable: false),
                    HandledAt = table.Column<long>(type: "bigint", nullable: true),
                    HandledBy = table.Column<string>(type: "text", nullable: true),
                    Noted = table.Column<bool>(type: "boolean", nullable: false)
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
