using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class LetterSubjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Kle",
                table: "MessageKinds",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kle",
                table: "Letters",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganisationUnit",
                table: "Letters",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kle",
                table: "LetterFigures",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganisationUnit",
                table: "LetterFigures",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SubjectTallies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Kle = table.Column<int>(type: "integer", nullable: true),
                    OrganisationUnit = table.Column<string>(type: "text", nullable: true),
                    CaseType = table.Column<string>(type: "text", nullable: false),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    What = table.Column<string>(type: "text", nullable: false),
                    Span = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SubjectTallies", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_Kle_SentAt",
                table: "Letters",
                columns: new[] { "Authority", "Kle", "SentAt" },
                filter: "\"Kle\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_OrganisationUnit_SentAt",
                table: "Letters",
                columns: new[] { "Authority", "OrganisationUnit", "SentAt" },
                filter: "\"OrganisationUnit\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SubjectTallies_Authority_Month",
                table: "SubjectTallies",
                columns: new[] { "Authority", "Month" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SubjectTallies");

            migrationBuilder.DropIndex(
                name: "IX_Letters_Authority_Kle_SentAt",
                table: "Letters");

            migrationBuilder.DropIndex(
                name: "IX_Letters_Authority_OrganisationUnit_SentAt",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Kle",
                table: "MessageKinds");

            migrationBuilder.DropColumn(
                name: "Kle",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "OrganisationUnit",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "Kle",
                table: "LetterFigures");

            migrationBuilder.DropColumn(
                name: "OrganisationUnit",
                table: "LetterFigures");
        }
    }
}
