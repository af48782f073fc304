using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Journal;

/// <summary>Which index SQLite takes for the entries of a log that are about something.</summary>
public sealed class JournalQueryTests
{
    [Theory]
    [InlineData("letter", "IX_JournalEntries_LetterKey")]
    [InlineData("status", "IX_JournalEntries_StatusKey")]
    [InlineData("case", "IX_JournalEntries_Authority_CaseKey")]
    public async Task Entries_about_something_are_found_without_reading_the_whole_log(string about, string index)
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        long[] keys = [1, 2];
        var entries = db.EntriesByKey(JournalLog.Actions).Where(e => e.Json != null && e.Index < 1000);
        var query = about switch
        {
            "letter" => entries.Where(e => e.LetterKey != null && EF.Parameter(keys).Contains(e.LetterKey.Value)),
            "status" => entries.Where(e => e.StatusKey != null && EF.Parameter(keys).Contains(e.StatusKey.Value)),
            _ => entries.Where(e => e.Authority == IngestionFixture.Own && e.CaseKey == "26-1" && e.LetterKey == null),
        };
        var plan = await PlanAsync(fixture, query.OrderBy(e => e.Index).ToQueryString());
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Log=?", plan, StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync(IngestionFixture fixture, string query)
    {
        await using var connection = new SqliteConnection(fixture.Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var sql = query.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal));
        command.CommandText = "EXPLAIN QUERY PLAN " + string.Join('\n', sql);
        foreach (var name in Names().Matches(command.CommandText).Select(m => m.Value).Distinct())
            command.Parameters.AddWithValue(name, "[1]");
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return string.Join('\n', steps);
    }

    private static System.Text.RegularExpressions.Regex Names() => new("@\\w+");
}
