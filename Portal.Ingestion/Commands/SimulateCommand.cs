using System.CommandLine;
using System.Globalization;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Ingestion.Commands;

/// <summary>
/// <c>simulate --to URI</c>: sends realistic messages to a push endpoint or a queue. The same seed, start and CVR number give the same
/// bytes.
/// </summary>
internal static class SimulateCommand
{
    private const int ProgressEvery = 500;
    private static readonly DateTimeOffset StandardStart = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    public static Command Create(Terminal terminal)
    {
        var to = new Option<string>("--to") { Description = "Modtagerens adresse: http(s)://…/beskedfordeler/modtag eller "
            + "amqp(s)://bruger:kode@vært/virtuel-vært", Required = true };
        var rate = new Option<double?>("--rate") { Description = "Beskeder i sekundet (uden: så hurtigt modtageren svarer)" };
        var count = new Option<long?>("--count") { Description = "Antal beskeder (uden: til det stoppes)" };
        var seed = new Option<int>("--seed") { Description = "Samme tal giver samme trafik", DefaultValueFactory = _ => 1 };
        var start = new Option<string?>("--start") { Description = "Trafikkens begyndelse, ISO 8601 med zone" };
        var cvr = new Option<string>("--cvr") { Description = "Modtagende myndighed, otte cifre", DefaultValueFactory = _ => "55133018" };
        var key = new Option<string?>("--api-key") { Description = "Sendes som X-Api-Key" };
        var queue = new Option<string?>(
            "--queue") { Description = $"Kø på en AMQP-broker; laves, når den mangler (uden: exchange {AmqpTarget.Exchange})" };
        var command = new Command("simulate", "Sender naturtro beskeder til en modtager") { to, rate, count, seed, start, cvr, key, queue };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(to)!, parsed.GetValue(rate), parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(start),
            parsed.GetValue(cvr)!, parsed.GetValue(key), parsed.GetValue(queue), terminal,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string to, double? rate, long? count, int seed, string? start, string cvr, string? key, string? queue,
        Terminal terminal, CancellationToken cancellationToken)
    {
        var from = StandardStart;
        AmqpTarget? target = null;
        var problem =
            !Uri.TryCreate(to, UriKind.Absolute, out var uri)
            || (uri.Scheme is not ("http" or "https") && (target = AmqpTarget.Parse(uri, queue)) is null)
                ? "--to skal være en adresse, der begynder med http://, https://, amqp:// eller amqps://." :
            queue is not null && target is null ? "--queue hører til en adresse, der begynder med amqp:// eller amqps://." :
            key is not null && target is not null ? "--api-key hører til en adresse, der begynder med http:// eller https://." :
            rate is <= 0 ? "--rate skal være over nul." :
            count is <= 0 ? "--count skal være over nul." :
            cvr.Length != 8 || !cvr.All(char.IsAsciiDigit) ? "--cvr skal være otte cifre." :
            start is not null && !DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out from)
                ? "--start skal være et tidspunkt som 2026-01-05T08:00:00+01:00." :
            null;
        if (problem is not null)
        {
            await terminal.Error.WriteLineAsync(problem);
            return 1;
        }

        var messages = new PostStatusTraffic(seed, from.ToUniversalTime(), cvr).Messages();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var result = target is null
            ? await new TrafficSender(http, TimeProvider.System, terminal.Error.WriteLine)
                .SendAsync(uri!, messages, rate, count, key, new Counter(terminal.Error), cancellationToken)
            : await new AmqpSender(TimeProvider.System)
                .SendAsync(target, messages, rate, count, new Counter(terminal.Error), cancellationToken);
        await terminal.Output.WriteLineAsync(
            $"{result.Sent} sendt: {result.Accepted} modtaget, {result.Refused} afvist, {result.Failed} fejlet");
        return result.Refused + result.Failed == 0 ? 0 : 1;
    }

    private sealed class Counter(TextWriter progress) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value % ProgressEvery == 0) progress.WriteLine($"{value.ToString(CultureInfo.InvariantCulture)} sendt …");
        }
    }
}
