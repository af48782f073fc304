using Portal.Tests.Storage;
using Xunit;

namespace Portal.Tests.Unreadable;

public sealed class SqliteDamagedRowTests : DamagedRowTests
{
    private static readonly PreparedFolder Filled = new(async folder =>
    {
        await using (var house = await IngestionHouse.OpenAsync(folder)) await FillAsync(house);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    });

    public static TheoryData<string> Names => [.. Damages.All(postgres: false).Select(d => d.Name)];

    private protected override async Task<IngestionHouse> OpenFilledAsync()
    {
        var folder = Directory.CreateTempSubdirectory("damaged").FullName;
        await Filled.CopyToAsync(folder);
        return await IngestionHouse.OpenAsync(folder);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task No_reader_stops_at_a_damaged_row_and_its_neighbours_are_shown(string damage) => ReadEverythingAsync(Damages.All(postgres: false).Single(d => d.Name == damage));
}
