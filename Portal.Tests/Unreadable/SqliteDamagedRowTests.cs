using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Unreadable;

public sealed class SqliteDamagedRowTests : DamagedRowTests
{
    private static readonly PreparedFolder Filled = new(async folder =>
    {
        await using var fixture = await IngestionFixture.OpenAsync(folder);
        await FillAsync(fixture);
    });

    public static TheoryData<string> Names => [.. Damages.All(postgres: false).Select(d => d.Name)];

    private protected override Task<IngestionFixture> OpenFilledAsync() =>
        IngestionFixture.OpenAsync(prepared: Filled);

    [Theory]
    [MemberData(nameof(Names))]
    public Task No_reader_stops_at_a_damaged_row_and_its_neighbours_are_shown(string damage) =>
        ReadEverythingAsync(Damages.All(postgres: false).Single(d => d.Name == damage));

    [Fact]
    public async Task No_whole_number_of_any_table_fails_the_query_of_its_rows()
    {
        await using var fixture = await OpenFilledAsync();
        var read = typeof(SqliteDamagedRowTests).GetMethod(nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        var damaged = 0;
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        foreach (var table in db.Model.GetEntityTypes())
        {
            foreach (var column in table.GetProperties().Where(p => p.FindRelationalTypeMapping()!.Converter?.ProviderClrType == typeof(int)
                || p.ClrType == typeof(int) || p.ClrType == typeof(int?)))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
                var rows = await SqlAsync(db,
                    $"""UPDATE "{table.GetTableName()}" SET "{column.GetColumnName()}" = 1099511627776 + "{column.GetColumnName()}" """);
                Assert.Equal(rows, await (Task<int>)read.MakeGenericMethod(table.ClrType).Invoke(null, [db])!);
                if (rows > 0) damaged++;
                await transaction.RollbackAsync(TestContext.Current.CancellationToken);
            }
        }

        Assert.InRange(damaged, 15, int.MaxValue);
    }

    private static async Task<int> CountAsync<T>(IngestionDbContext db)
        where T : class => (await db.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).Count;

    private static async Task<int> SqlAsync(IngestionDbContext db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = (sql, db.Database.CurrentTransaction!.GetDbTransaction());
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
