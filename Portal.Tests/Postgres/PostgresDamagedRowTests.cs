using Portal.Tests.Storage;
using Portal.Tests.Unreadable;
using Xunit;

namespace Portal.Tests.Postgres;

/// <summary>A sample in each run, every way in the long one.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresDamagedRowTests(PostgresServer server) : DamagedRowTests
{
    private static readonly string[] Sample =
    [
        "content cut", "kind too high", "identifiers endless length", "letter's registration cut", "quarantine's content zeroed",
    ];

    public static TheoryData<string> Some => [.. Sample];

    public static TheoryData<string> Rest => [.. Damages.All(postgres: true).Select(d => d.Name).Except(Sample)];

    private protected override async Task<IngestionHouse> OpenFilledAsync()
    {
        var house = await server.OpenAsync();
        await FillAsync(house);
        return house;
    }

    [Theory]
    [MemberData(nameof(Some))]
    public Task No_reader_stops_at_a_damaged_row_and_its_neighbours_are_shown(string damage) => ReadEverythingAsync(Damages.All(postgres: true).Single(d => d.Name == damage));

    [Long]
    [Theory]
    [MemberData(nameof(Rest))]
    public Task No_reader_stops_at_any_damaged_row(string damage) => ReadEverythingAsync(Damages.All(postgres: true).Single(d => d.Name == damage));
}
