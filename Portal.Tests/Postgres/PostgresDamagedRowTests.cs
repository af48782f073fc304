using Portal.Tests.Ingestion.Log;
using Portal.Tests.Unreadable;
using Xunit;

namespace Portal.Tests.Postgres;

/// <summary>A sample of the damages in each run, all of them in the long one.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresDamagedRowTests(PostgresServer server) : DamagedRowTests
{
    private const string Made = "prepared_damages";

    private static readonly string[] Sample =
    [
        "content cut", "kind too high", "identifiers endless length", "letter's registration cut", "quarantine's content zeroed",
    ];

    // Filled once: the tests of a run share one server.
    private static PreparedFolder? _filled;

    public static TheoryData<string> Some => [.. Sample];

    public static TheoryData<string> Rest => [.. Damages.All(postgres: true).Select(d => d.Name).Except(Sample)];

    // Opened anew over a copy, so that no cache holds what is then damaged.
    private protected override Task<IngestionFixture> OpenFilledAsync() => server.OpenCopyAsync(
        Made,
        _filled ??= new PreparedFolder(async folder =>
        {
            await using var fixture = await IngestionFixture.OpenAsync(folder, server: server.ConnectionString(Made, "Pooling=false"));
            await FillAsync(fixture);
        }),
        _ => { });

    [Theory]
    [MemberData(nameof(Some))]
    public Task No_reader_stops_at_a_damaged_row_and_its_neighbours_are_shown(string damage) =>
        ReadEverythingAsync(Damages.All(postgres: true).Single(d => d.Name == damage));

    [Long]
    [Theory]
    [MemberData(nameof(Rest))]
    public Task No_reader_stops_at_any_damaged_row(string damage) =>
        ReadEverythingAsync(Damages.All(postgres: true).Single(d => d.Name == damage));
}
