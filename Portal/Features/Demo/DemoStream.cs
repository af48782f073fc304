using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Features.Demo;

/// <summary>The demo's stream: invented messages, with each letter registered first, as a case system would.</summary>
internal sealed class DemoStream(IReceiver receiver, ILetterRegistry registry, PortalSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(14);

    private static readonly (string Title, string CaseType, bool Decision)[] Titles =
    [
        ("Afgørelse om huslejenedsættelse", "huslejenaevn", true), ("Partshøring", "huslejenaevn", false),
        ("Afgørelse om istandsættelse ved fraflytning", "huslejenaevn", true), ("Indkaldelse til besigtigelse", "huslejenaevn", false),
        ("Byggetilladelse", "byggesag", true), ("Kvittering for henvendelse", "byggesag", false),
    ];

    private static readonly string[] Names = ["Ebbe Etage", "Frida Facade", "Gorm Gavl", "Hanne Have", "Ib Indgang", "Jytte Jernbane",
        "Karl Kvist", "Lone Loft"];

    private readonly Viewer _demo = new("demo", "Demo", ViewerRights.RegisterLetters, [settings.Cvr[0]], TypeScope.Everything);
    private readonly HashSet<string> _registered = [];

    /// <summary>
    /// An endless sequence of messages. It begins two weeks back and runs faster than real time; when it reaches the present, it begins
    /// again with other letters.
    /// </summary>
    public IEnumerable<byte[]> Messages()
    {
        while (true)
        {
            // A new seed each time, so that messages do not repeat.
            var start = time.GetUtcNow() - Back;
            _registered.Clear();
            foreach (var message in new PostStatusTraffic(unchecked((int)start.UtcTicks), start, settings.Cvr[0]).Messages())
            {
                if (start + message.At > time.GetUtcNow()) break;
                yield return message.Bytes;
            }
        }
    }

    /// <summary>Registers the message's letter when it is new, and receives the message as a push.</summary>
    /// <exception cref="StorageUnavailableException">The message is not stored; call again.</exception>
    public async Task LetInAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        if (HaendelsesbeskedReader.Read(bytes) is EnvelopeReading.Understood { PostStatus: { MessageUUID: { } uuid } status }
            && !_registered.Contains(uuid))
        {
            await registry.RegisterAsync(_demo, [Letter(uuid, status)], RegistrationSource.System, cancellationToken);
            _registered.Add(uuid);
        }

        await receiver.ReceiveAsync(new Delivery(bytes, "push", time.GetUtcNow()), cancellationToken);
    }

    private LetterRegistration Letter(string uuid, PostStatus status)
    {
        var number = Convert.ToInt32(uuid[..6], 16);
        var (title, caseType, decision) = Titles[number % Titles.Length];
        return new LetterRegistration
        {
            CaseNumber = string.Create(CultureInfo.InvariantCulture, $"26-{1000 + (number % 9000)}"),
            CaseType = caseType,
            LetterId = $"S-{uuid[..8]}",
            Title = title,
            Recipient = new LetterRecipient(Names[number / Titles.Length % Names.Length], null, null),
            Channel = status.KanalKode == "Digital Post" ? LetterChannel.DigitalPost : LetterChannel.FysiskPost,
            Decision = decision,
            SentAt = (status.TransaktionsDatoTid?.At ?? time.GetUtcNow()) - TimeSpan.FromMinutes(2),
            Identifiers = new LetterIdentifiers { MessageUuid = uuid },
        };
    }
}
