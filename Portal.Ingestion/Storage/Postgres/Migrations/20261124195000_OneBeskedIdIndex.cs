using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.Ingestion.Storage.Postgres.Migrations;

/// <summary>
/// The wide rows' own index of BeskedIds goes: an index of random keys costs a page for each message when the log is large, and the narrow table
/// beside it has one already that must be there.
/// </summary>
[DbContext(typeof(PostgresIngestionDbContext))]
[Migration("20261124195000_OneBeskedIdIndex")]
public sealed class OneBeskedIdIndex : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""DROP INDEX "IX_Messages_BeskedId";""");
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""CREATE INDEX "IX_Messages_BeskedId" ON "Messages" ("BeskedId");""");
    }
}
