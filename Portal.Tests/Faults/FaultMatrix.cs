using System.Data.Common;
using System.Globalization;
using System.Text;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>One service × each call that it makes to the database × each sort of fault.</summary>
internal static class FaultMatrix
{
    /// <summary>
    /// Tries every combination, or every <paramref name="every"/>th; each must leave the same rows as a run without a fault: nothing lost,
    /// nothing doubled.
    /// </summary>
    /// <param name="run">One run on a separate database: does its work within the given function, which retries it and counts its calls,
    /// and returns the rows that it left.</param>
    /// <returns>The number of combinations tried.</returns>
    public static async Task<int> TryAllAsync(
        string service, bool postgres, int every, Func<DatabaseFaults, Func<Func<Task>, Task>, Task<string>> run)
    {
        var (calls, clean) = await RunAsync(0, null);
        Assert.True(calls > 0, $"{service} asks nothing of the database.");
        var combinations = 0;
        foreach (var (name, make) in DatabaseFaults.Sorts(postgres))
        {
            for (var at = 1 + (combinations % every); at <= calls; at += every)
            {
                var (_, end) = await RunAsync(at, make);
                Assert.True(clean == end, $"{service}, {name} at call {at} of {calls}:\n{Difference(clean, end)}");
                combinations++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{service} on {(postgres ? "PostgreSQL" : "SQLite")}: {calls} calls, {combinations} combinations, "
            + "processes ended 0, lost 0, doubled 0");
        return combinations;

        async Task<(int Calls, string End)> RunAsync(int at, Func<Exception>? make)
        {
            var faults = new DatabaseFaults();
            var calls = 0;
            var end = await run(faults, async work =>
            {
                (faults.At, faults.Make, faults.Calls) = (at, make, 0);
                for (var tries = 0; ; tries++)
                {
                    try
                    {
                        await work();
                        break;
                    }
                    catch (Exception) when (tries < 2 && make is not null)
                    {
                        // Retried, as the supervised loop would.
                    }
                }

                calls = faults.Calls;
                (faults.At, faults.Make) = (0, null);
            });
            return (calls, end);
        }
    }

    /// <summary>The content of a database as text: each query and its rows.</summary>
    public static async Task<string> ReadAsync(DbConnection connection, params string[] queries)
    {
        var text = new StringBuilder();
        foreach (var sql in queries)
        {
            text.AppendLine(sql);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var n = 0; n < reader.FieldCount; n++)
                    text.Append(Convert.ToString(reader.GetValue(n), CultureInfo.InvariantCulture)).Append('|');
                text.AppendLine();
            }
        }

        return text.ToString();
    }

    private static string Difference(string one, string other)
    {
        var (a, b) = (one.Split('\n'), other.Split('\n'));
        return string.Join('\n', a.Zip(b).Where(p => p.First != p.Second).Take(5).Select(p => $"  {p.First} ≠ {p.Second}")
            .Append($"  {a.Length} lines, {b.Length} lines"));
    }
}
