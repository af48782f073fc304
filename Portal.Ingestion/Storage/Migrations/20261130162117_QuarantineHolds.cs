using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
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
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "HeldBack",
                table: "QuarantineRetryItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "SameCause",
                table: "QuarantineRetryItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Step",
                table: "QuarantineRetryItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ContinuedByName",
                table: "QuarantineRetries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "QuarantineHolds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Link = table.Column<string>(type: "TEXT", nullable: true),
                    HeldAt = table.Column<long>(type: "INTEGER", nullable: false),
                    HeldBy = table.Column<string>(type: "TEXT", nullable: false),
                    HeldByName = table.Column<string>(type: "TEXT", nullable: false),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReleasedByName = table.Column<string>(type: "TEXT", nullable: true)
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
