using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class QuarantineHolds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Cause",
                table: "QuarantineRetryItems",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "HeldBack",
                table: "QuarantineRetryItems",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "SameCause",
                table: "QuarantineRetryItems",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Step",
                table: "QuarantineRetryItems",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ContinuedByName",
                table: "QuarantineRetries",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "QuarantineHolds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Detail = table.Column<string>(type: "text", nullable: false),
                    Why = table.Column<string>(type: "text", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    Link = table.Column<string>(type: "text", nullable: true),
                    HeldAt = table.Column<long>(type: "bigint", nullable: false),
                    HeldBy = table.Column<string>(type: "text", nullable: false),
                    HeldByName = table.Column<string>(type: "text", nullable: false),
                    ReleasedAt = table.Column<long>(type: "bigint", nullable: true),
                    ReleasedByName = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantineHolds", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_QuarantineHolds_Authority_Until",
                table: "QuarantineHolds",
                columns: new[] { "Authority", "Until" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "QuarantineHolds");

            migrationBuilder.DropColumn(
                name: "Cause",
                table: "QuarantineRetryItems");

            migrationBuilder.DropColumn(
                name: "HeldBack",
                table: "QuarantineRetryItems");

            migrationBuilder.DropColumn(
                name: "SameCause",
                table: "QuarantineRetryItems");

            migrationBuilder.DropColumn(
                name: "Step",
                table: "QuarantineRetryItems");

            migrationBuilder.DropColumn(
                name: "ContinuedByName",
                table: "QuarantineRetries");
        }
    }
}
