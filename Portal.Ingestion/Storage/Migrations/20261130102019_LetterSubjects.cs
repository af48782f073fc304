using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kle",
                table: "Letters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganisationUnit",
                table: "Letters",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kle",
                table: "LetterFigures",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganisationUnit",
                table: "LetterFigures",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SubjectTallies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    Kle = table.Column<int>(type: "INTEGER", nullable: true),
                    OrganisationUnit = table.Column<string>(type: "TEXT", nullable: true),
                    CaseType = table.Column<string>(type: "TEXT", nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", nullable: false),
                    Span = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<long>(type: "INTEGER", nullable: false)
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
