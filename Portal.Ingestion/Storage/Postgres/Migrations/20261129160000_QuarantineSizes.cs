using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.Ingestion.Storage.Postgres.Migrations;

/// <summary>
/// The size of what came holds for any size: of a larger message only the beginning is kept, but its length is told. SQLite's columns hold
/// it as they are.
/// </summary>
[DbContext(typeof(PostgresIngestionDbContext))]
[Migration("20261129160000_QuarantineSizes")]
public sealed class QuarantineSizes : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""ALTER TABLE "Quarantine" ALTER COLUMN "Bytes" TYPE bigint;""");
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""ALTER TABLE "Quarantine" ALTER COLUMN "Bytes" TYPE integer USING LEAST("Bytes", 2147483647)::integer;""");
    }
}
