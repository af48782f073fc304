using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Features.Demo;

/// <summary>The demo's stream: invented messages of today, with each letter registered first, as a case system would.</summary>
internal sealed class DemoStream(IReceiver receiver, ILetterRegistry registry, PortalSettings settings, TimeProvider time)
{
    private const string Prefix = "S-";

    private static readonly (string Title, string CaseType, bool Decision)[] Titles =
    [
        ("Afgørelse om huslejenedsættelse", "huslejenaevn", true), ("Partshøring", "huslejenaevn", false),
        ("Afgørelse om istandsættelse ved fraflytning", "huslejenaevn", true), ("Indkaldelse til besigtigelse", "huslejenaevn", false),
        ("Byggetilladelse", "byggesag", true), ("Kvittering for henvendelse", "byggesag", false),
    ];

    private static readonly string[] Names = ["Ebbe Etage", "Frida Facade", "Gorm Gavl", "Hanne Have", "Ib Indgang", "Jytte Jernbane",
        "Karl Kvist", "Lone Loft"];

    // From writing a letter to its first status, and to its handing over to the post.
    private static readonly TimeSpan Written = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OnPaper = TimeSpan.FromDays(2);

    private readonly Viewer _demo = new("demo", "Demo", ViewerRights.RegisterLetters, [settings.Cvr[0]], TypeScope.Everything);
    private readonly HashSet<string> _registered = [];

    // A new seed for each start, so that messages do not repeat.
    private LiveTraffic? _traffic;

    /// <summary>True for a letter of the stream, and not of the demo's cases.</summary>
    public static bool IsOf(LetterView letter) => letter.LetterId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The next message of today's traffic.</summary>
    public byte[] Next()
    {
        var now = time.GetUtcNow();
        return (_traffic ??= new LiveTraffic(unchecked((int)now.UtcTicks), settings.Cvr[0])).Next(now);
    }

    /// <summary>Registers the message's letter when it is new, and receives the message.</summary>
    /// <exception cref="StorageUnavailableException">The message is not stored; call again.</exception>
    public async Task LetInAsync(byte[] bytes, string transport, CancellationToken cancellationToken)
    {
        if (StatusOf(bytes) is var (uuid, status) && _registered.Add(uuid))
        {
            try
            {
                await registry.RegisterAsync(_demo, [Letter(uuid, status)], RegistrationSource.System, cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                _registered.Remove(uuid);
                throw;
            }
        }

        await receiver.ReceiveAsync(new Delivery(bytes, transport, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>The message of a history that was received before, with its letter.</summary>
    public void Skip(byte[] bytes)
    {
        if (StatusOf(bytes) is var (uuid, _)) _registered.Add(uuid);
    }

    private static (string Uuid, PostStatus Status)? StatusOf(byte[] bytes) =>
        HaendelsesbeskedReader.Read(bytes) is EnvelopeReading.Understood { PostStatus: { MessageUUID: { } uuid } status }
            ? (Identifier.Normalise(uuid) ?? uuid, status)
            : null;

    private LetterRegistration Letter(string uuid, PostStatus status)
    {
        var number = Convert.ToInt32(uuid[..6], 16);
        var (title, caseType, decision) = Titles[number % Titles.Length];
        var isPosted = status.TransaktionsStatusKode == KnownHandlinger.Names[KnownHandlinger.ModtagetPostDanmark];
        return new LetterRegistration
        {
            CaseNumber = string.Create(CultureInfo.InvariantCulture, $"26-{1000 + (number % 9000)}"),
            CaseType = caseType,
            LetterId = $"{Prefix}{uuid[..8]}",
            Title = title,
            Recipient = new LetterRecipient(Names[number / Titles.Length % Names.Length], null, null),
            Channel = status.KanalKode == "Digital Post" ? LetterChannel.DigitalPost : LetterChannel.FysiskPost,
            Decision = decision,
            SentAt = (status.TransaktionsDatoTid?.At ?? time.GetUtcNow()) - (isPosted ? OnPaper : Written),
            Identifiers = new LetterIdentifiers { MessageUuid = uuid },
        };
    }
}
