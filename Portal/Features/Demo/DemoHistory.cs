using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Features.Demo;

/// <summary>
/// What came before the demo is opened: the six days before the first start, with every kind of story once, and the end of letters that
/// were
/// on their way when the portal was last stopped, so that a pause of a day does not make their evidence missing. Read in as files are.
/// </summary>
internal sealed class DemoHistory(
    [FromKeyedServices(NotedReaders.Unnoted)] IMessageReader messages, [FromKeyedServices(NotedReaders.Unnoted)] ILetterList letters,
    IReceiver receiver, PortalSettings settings, TimeProvider time)
{
    /// <summary>The transport of deliveries that are read in, not pushed.</summary>
    public const string Transport = "replay";

    // The part of the traffic before its everyday begins.
    private static readonly TimeSpan Days = TimeSpan.FromDays(6);
    private static readonly TimeSpan Travelled = TimeSpan.FromMinutes(5);
    private const int Seed = 20261124;
    private const int MostUnderWay = 1000;

    private readonly Viewer _demo = new(
        "demo", "Demo", ViewerRights.Messages | ViewerRights.Cases, [settings.Cvr[0]], TypeScope.Everything);

    /// <summary>Receives what is missing.</summary>
    public async Task RunAsync(DemoStream stream, CancellationToken cancellationToken)
    {
        foreach (var message in From(await StartAsync(cancellationToken)))
        {
            if (await messages.FindAsync(_demo, IdOf(message.Bytes), cancellationToken) is null)
                await stream.LetInAsync(message.Bytes, Transport, cancellationToken);
            else stream.Skip(message.Bytes);
        }

        foreach (var verdict in (Verdict[])[Verdict.OnItsWay, Verdict.EvidenceMissing])
        {
            var underWay = await letters.ReadAsync(_demo, new LetterQuery(verdict), null, MostUnderWay, cancellationToken);
            foreach (var letter in underWay.Items.Where(DemoStream.IsOf))
                await receiver.ReceiveAsync(new Delivery(Arrival(letter), Transport, time.GetUtcNow()), cancellationToken);
        }
    }

    // The ids depend on the seed alone and the times on the start, which the first message tells: so a second start makes the same bytes.
    private async Task<DateTimeOffset> StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = From(now - Days).First();
        var known = await messages.FindAsync(_demo, IdOf(first.Bytes), cancellationToken);
        return known?.PostStatus?.At ?? now - Days;
    }

    private IEnumerable<SimulatedMessage> From(DateTimeOffset start) =>
        new PostStatusTraffic(Seed, start, settings.Cvr[0]).Messages().TakeWhile(m => m.At < Days);

    private byte[] Arrival(LetterView letter) => PostStatusMessage.Build(new PostStatusStep
    {
        BeskedId = DemoSeed.Id($"ankomst/{letter.LetterId}"), Cvr = settings.Cvr[0], Action = KnownHandlinger.AfleveretDigitalPost,
        At = letter.SentAt + Travelled, MessageUuid = letter.Identifiers.MessageUuid!, TransmissionId = letter.Identifiers.MessageUuid!,
        Channel = "Digital Post",
    });

    private static string IdOf(byte[] bytes) => HaendelsesbeskedReader.Read(bytes) is EnvelopeReading.Understood understood
        ? understood.Besked.BeskedId
        : throw new InvalidOperationException("A simulated message cannot be read.");
}
