using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class LetterKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Letters_Authority_CaseNumber",
                table: "Letters");

            migrationBuilder.AddColumn<string>(
                name: "CaseNumberKey",
                table: "Letters",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "LetterIdKey",
                table: "Letters",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_CaseNumberKey",
                table: "Letters",
                columns: new[] { "Authority", "CaseNumberKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_LetterIdKey",
                table: "Letters",
                columns: new[] { "Authority", "LetterIdKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Letters_Authority_CaseNumberKey",
                table: "Letters");

            migrationBuilder.DropIndex(
                name: "IX_Letters_Authority_LetterIdKey",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "CaseNumberKey",
                table: "Letters");

            migrationBuilder.DropColumn(
                name: "LetterIdKey",
                table: "Letters");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_CaseNumber",
                table: "Letters",
                columns: new[] { "Authority", "CaseNumber" });
        }
    }
}
