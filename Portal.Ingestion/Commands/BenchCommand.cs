using System.CommandLine;
using System.Globalization;
using Npgsql;
using Portal.Ingestion.Commands.Bench;

namespace Portal.Ingestion.Commands;

/// <summary>
/// <c>bench</c>: measures the cost of durable ingestion as ratios of rates from the same run, since machines differ. Every measurement runs
/// in a separate process, in alternation, and the median of the rounds counts. The broker and the PostgreSQL server are given as arguments;
/// SQLite needs none.
/// </summary>
internal static class BenchCommand
{
    private const int Least = 1000;

    public static Command Create(Terminal terminal)
    {
        var count = new Option<int>("--count") { Description = "Beskeder i hver måling", DefaultValueFactory = _ => 20_000 };
        var rounds = new Option<int>("--rounds") { Description = "Runder; medianen tæller", DefaultValueFactory = _ => 3 };
        var stored =
            new Option<int>("--stored") { Description = "Mål også med så mange beskeder gemt i forvejen", DefaultValueFactory = _ => 0 };
        var amqp = new Option<string?>("--amqp") { Description = "En RabbitMQ at måle med, fx amqp://guest:guest@localhost:5672/" };
        var postgres = new Option<string?>("--postgres") { Description = "En PostgreSQL-server at måle med: forbindelsesstreng med en "
            + "bruger, der må lave databaser (de fjernes igen)" };
        var command = new Command("bench", "Måler modtagelsen ved siden af en ren forbruger, "
            + "en ren indsættelse og én SaveChanges pr. besked") { count, rounds, stored, amqp, postgres };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(count), parsed.GetValue(rounds), parsed.GetValue(stored), parsed.GetValue(amqp), parsed.GetValue(postgres),
            terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        int count, int rounds, int stored, string? amqp, string? postgres, Terminal terminal, CancellationToken cancellationToken)
    {
        var problem =
            count < Least ? $"--count skal være mindst {Least.ToString(CultureInfo.InvariantCulture)}." :
            rounds < 1 ? "--rounds skal være mindst 1." :
            stored < 0 ? "--stored skal være 0 eller mere." :
            amqp is not null && (!Uri.TryCreate(amqp, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps"))
                ? "--amqp skal være en adresse, der begynder med amqp:// eller amqps://." :
            postgres is not null && !IsServer(postgres)
                ? "--postgres skal have formen »Host=vært;Database=postgres;Username=bruger;Password=kode«." :
            null;
        if (problem is not null)
        {
            await terminal.Error.WriteLineAsync(problem);
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            await using var plan = new BenchPlan(folder, count, rounds, stored, amqp, postgres);
            await plan.RunAsync(cancellationToken);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsServer(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
