using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Test messages: different statuses of about 6.4 KB in the distributor's form.</summary>
internal static class BenchMessages
{
    // Enough to exclude JIT compilation, since a worker runs for weeks.
    private const int WarmCount = 20_000;
    private const int RubbishEvery = 100;

    private static readonly (string Action, string Channel)[] Steps =
    [
        (KnownHandlinger.Klar, "Digital Post"), (KnownHandlinger.ModtagetDigitalPost, "Digital Post"),
        (KnownHandlinger.AfleveretDigitalPost, "Digital Post"),
    ];

    // As long as real credentials.
    private static readonly string Credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("SERIALNUMBER=CVR:11111111-FID:22222222 + "
        + "CN=Målesystem (funktionscertifikat), O=Målingen // CVR:11111111, C=DK")) + ".MTIzNDU2Nzg5MA==."
        + Convert.ToBase64String(Encoding.UTF8.GetBytes("CN=Udsteder af prøver XIV CA, O=Udsteder, C=DK"));

    /// <summary>
    /// Generates messages. The <paramref name="flavour"/> <c>rubbish</c> makes one in a hundred unreadable; any other value is a seed.
    /// </summary>
    public static List<byte[]> Of(int count, string? flavour = null)
    {
        var messages = Stream(flavour ?? "bench").Take(count).ToList();
        for (var n = 0; flavour == "rubbish" && n < count; n += RubbishEvery) messages[n] = messages[n][..^(100 + (n / RubbishEvery))];
        return messages;
    }

    /// <summary>Messages for the warm-up.</summary>
    public static List<byte[]> Warm() => [.. Stream("warm" + Environment.ProcessId).Take(WarmCount)];

    /// <summary>Endless messages; the same flavour gives the same ones.</summary>
    public static IEnumerable<byte[]> Stream(string flavour)
    {
        var start = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
        for (var n = 0; ; n++)
        {
            var letter = n / Steps.Length;
            var (action, channel) = Steps[n % Steps.Length];
            yield return PostStatusMessage.Build(
                new PostStatusStep
                {
                    BeskedId = Id(flavour, "b", n), Cvr = "55133018", Action = action, Channel = channel,
                    At = start.AddMilliseconds(n * 37L),
                    MessageUuid = Id(flavour, "u", letter), TransmissionId = Id(flavour, "t", letter), MessageId = Id(flavour, "m", letter),
                },
                new EnvelopeStyle(),
                person: null,
                Credentials);
        }
    }

    private static string Id(string flavour, string part, int n) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{flavour}/{part}/{n}")).AsSpan(0, 16)).ToString();
}
