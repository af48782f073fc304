using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>
/// A start checks its database: whether it exists, is new, belongs to these keys and has a known migration history. On SQLite; a derived
/// class runs it on PostgreSQL.
/// </summary>
public class DatabaseStartTests : IDisposable
{
    private const string CprNumberOfLetter = "0101011234";

    /// <summary>Opens the message side in a folder; the same folder is the same database.</summary>
    internal virtual Task<IngestionFixture> OpenAsync(string folder, bool create = true) =>
        IngestionFixture.OpenAsync(folder, create: create);

    private readonly List<string> _folders = [];

    public void Dispose()
    {
        foreach (var folder in _folders.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("dbstart").FullName);
        return _folders[^1];
    }

    [Fact]
    public async Task Both_keys_are_there_after_the_first_start_and_the_database_says_that_it_is_new()
    {
        var folder = NewFolder();
        await using (var first = await OpenAsync(folder)) Assert.True(first.Services.GetRequiredService<IngestionDatabase>().MadeNew);
        Assert.True(File.Exists(Path.Combine(folder, "ledger.key")));
        Assert.True(File.Exists(Path.Combine(folder, "search.key")));
        await using (var second = await OpenAsync(folder)) Assert.False(second.Services.GetRequiredService<IngestionDatabase>().MadeNew);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_or_a_missing_search_key_stops_the_start_and_the_right_one_starts_it(bool missing)
    {
        var folder = NewFolder();
        await (await OpenAsync(folder)).DisposeAsync();
        var path = Path.Combine(folder, "search.key");
        var own = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        if (missing) File.Delete(path);
        else await File.WriteAllBytesAsync(path, RandomNumberGenerator.GetBytes(32), TestContext.Current.CancellationToken);

        var problem = await Assert.ThrowsAsync<ConfigurationProblemException>(() => OpenAsync(folder));
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(missing ? "mangler" : "er ikke den", problem.Message, StringComparison.Ordinal);
        Assert.Equal(missing, !File.Exists(path));

        await File.WriteAllBytesAsync(path, own, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await (await OpenAsync(folder)).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("own", null)]
    [InlineData("another", "er ikke den")]
    [InlineData("missing", "mangler")]
    public async Task A_database_from_before_the_check_takes_the_key_that_its_letters_are_found_with(string key, string? refused)
    {
        var folder = NewFolder();
        await using (var fixture = await OpenAsync(folder))
        {
            await RegisterAsync(fixture, "brev-1");
            await ForgetCheckAsync(fixture);
        }

        var path = Path.Combine(folder, "search.key");
        if (key == "missing") File.Delete(path);
        if (key == "another")
            await File.WriteAllBytesAsync(path, RandomNumberGenerator.GetBytes(32), TestContext.Current.CancellationToken);
        if (refused is not null)
        {
            Assert.Contains(refused, (await Assert.ThrowsAsync<ConfigurationProblemException>(() => OpenAsync(folder))).Message,
                StringComparison.Ordinal);
        }
        else
        {
            await using var again = await OpenAsync(folder);
            Assert.Equal(1, await FoundAsync(again));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Letters_that_another_node_hashed_with_its_own_key_are_found_again()
    {
        var folder = NewFolder();
        await using (var fixture = await OpenAsync(folder))
        {
            await RegisterAsync(fixture, "brev-1");
            await RegisterAsync(fixture, "brev-2");
            await using var db = await DbAsync(fixture);
            var other = await db.Letters.SingleAsync(l => l.LetterId == "brev-2", TestContext.Current.CancellationToken);
            other.RecipientHash = RandomNumberGenerator.GetBytes(32);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await ForgetCheckAsync(fixture);
        }

        await using (var again = await OpenAsync(folder))
        {
            await using var db = await DbAsync(again);
            var hashes = await db.Letters.Select(l => l.RecipientHash).ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(2, hashes.Count);
            Assert.Single(hashes.Select(h => Convert.ToHexString(h!)).Distinct());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_that_is_not_there_stops_the_start_where_none_may_be_made_and_none_is_made()
    {
        var folder = NewFolder();
        var problem = await Assert.ThrowsAsync<ConfigurationProblemException>(() => OpenAsync(folder, create: false));
        Assert.Contains("Database:CreateIfMissing", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
        await (await OpenAsync(folder)).DisposeAsync();
        await (await OpenAsync(folder, create: false)).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("29991231000000_Future", "nyere version")]
    [InlineData("20261124002928_Start", "før den første udgivelse")]
    public async Task A_database_with_another_history_is_refused_in_one_line_and_left_as_it_is(string migration, string why)
    {
        var folder = NewFolder();
        await using (var fixture = await OpenAsync(folder)) await NameAsync(fixture, migration, only: why != "nyere version");

        for (var start = 0; start < 2; start++)
        {
            var problem = await Assert.ThrowsAsync<ConfigurationProblemException>(() => OpenAsync(folder));
            Assert.Contains(why, problem.Message, StringComparison.Ordinal);
            Assert.Contains(migration, problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', problem.Message);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("29991231000000_Future", "nyere version")]
    [InlineData("20261124112316_Start", "før den første udgivelse")]
    public async Task The_portals_own_tables_with_another_history_are_refused_too(string migration, string why)
    {
        var folder = NewFolder();
        await using var fixture = await IngestionFixture.OpenAsync(folder, more: services => services.AddPortalStorage());
        var portal = fixture.Services.GetRequiredService<PortalDatabase>();
        await portal.PrepareAsync(TestContext.Current.CancellationToken);
        if (why != "nyere version") await fixture.SqlAsync($"""DELETE FROM "{PortalDbContext.HistoryTable}" """);
        await fixture.SqlAsync(
            $"""INSERT INTO "{PortalDbContext.HistoryTable}" ("MigrationId", "ProductVersion") VALUES ('{migration}', '1.0.0')""");
        Assert.Contains(why, (await Assert.ThrowsAsync<ConfigurationProblemException>(
            () => portal.PrepareAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    // Leaves the migration history as a program with this migration would.
    private static async Task NameAsync(IngestionFixture fixture, string migration, bool only)
    {
        await using var db = await DbAsync(fixture);
        if (only) await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__IngestionMigrations" """, TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "__IngestionMigrations" ("MigrationId", "ProductVersion") VALUES ({migration}, '1.0.0')""",
            TestContext.Current.CancellationToken);
    }

    private static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IngestionFixture fixture, string id) =>
        fixture.Services.GetRequiredService<ILetterRegistry>()
            .RegisterAsync(LettersFixture.Caseworker(), [LettersFixture.Letter(id, id)], TestContext.Current.CancellationToken);

    private static async Task<int> FoundAsync(IngestionFixture fixture)
    {
        Assert.True(CprNumber.TryParse(CprNumberOfLetter, out var cpr));
        return (await fixture.Services.GetRequiredService<ICaseReader>()
            .SearchByCprAsync(LettersFixture.Caseworker(), cpr, TestContext.Current.CancellationToken)).Count;
    }

    private static async Task ForgetCheckAsync(IngestionFixture fixture)
    {
        await using var db = await DbAsync(fixture);
        Assert.Equal(1, await db.DatabaseFacts.ExecuteDeleteAsync(TestContext.Current.CancellationToken));
    }

    private static Task<IngestionDbContext> DbAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
}
