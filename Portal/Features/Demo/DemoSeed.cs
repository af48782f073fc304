using System.Security.Cryptography;
using System.Text;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Features.Demo;

/// <summary>
/// Adds the demo cases through the real interfaces: letters through the registry, statuses through the receiver, as read in from files:
/// they are days old, and a transport that delivered them now would look days behind. Adds only what is missing, so that the next start
/// completes one that was interrupted.
/// </summary>
internal sealed class DemoSeed(
    IReceiver receiver, ILetterRegistry registry, [FromKeyedServices(NotedReaders.Unnoted)] ICaseReader cases,
    DemoQuarantine quarantine, [FromKeyedServices(NotedReaders.Unnoted)] IMessageReader messages, PortalSettings settings,
        TimeProvider time)
{
    private readonly Viewer _demo = new(
        "demo", "Demo", ViewerRights.Messages | ViewerRights.Cases | ViewerRights.RegisterLetters, [settings.Cvr[0]], TypeScope.Everything);

    /// <summary>Registers the missing letters and receives the missing messages.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // Before the letters: what a person closes, holds or retries stays so at the next start.
        if (await cases.FindAsync(_demo, DemoCases.All[0].CaseNumber, cancellationToken) is null)
            await quarantine.RunAsync(cancellationToken);
        foreach (var letter in DemoCases.All) await SeedAsync(letter, now, cancellationToken);
        await ReceiveOnceAsync("uden-brev", Build(DemoCases.All[0], "uden-brev", new DemoStatus(
            default, KnownHandlinger.AfleveretDigitalPost, "Digital Post"), now, stranger: true), cancellationToken);
        await ReceiveOnceAsync("faelles", BuildAmbiguous(now), cancellationToken);
    }

    private async Task SeedAsync(DemoLetter letter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await cases.FindAsync(_demo, letter.CaseNumber, cancellationToken);
        var known = found?.Letters.FirstOrDefault(l => l.LetterId == letter.Key);
        var sentAt = known?.SentAt ?? now - letter.SentAgo;
        if (known is null) await registry.RegisterAsync(_demo, [Register(letter, sentAt)], RegistrationSource.System, cancellationToken);

        for (var i = 0; i < letter.Statuses.Count; i++)
        {
            var status = letter.Statuses[i];
            var name = $"{letter.Key}/{i}";
            if (await messages.FindAsync(_demo, Id(name), cancellationToken) is not null) continue;
            var bytes = Build(letter, name, status, sentAt);
            for (var n = 0; n < status.Deliveries; n++) await ReceiveAsync(bytes, cancellationToken);
        }
    }

    private static LetterRegistration Register(DemoLetter letter, DateTimeOffset sentAt) => new()
    {
        CaseNumber = letter.CaseNumber,
        CaseType = letter.CaseType,
        LetterId = letter.Key,
        Title = letter.Title,
        Recipient = letter.Recipient,
        Channel = letter.Channel,
        Decision = letter.Decision,
        SentAt = sentAt,
        Identifiers = new LetterIdentifiers
        {
            MessageUuid = Id(letter.Key + "/uuid"),
            TransmissionId = Id(letter.Key + "/transmission"),
            CorrelationId = letter.SharedCorrelation is { } shared ? Id(shared) : null,
        },
        Documents = [new LetterDocument("brev.pdf", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letter.Key))))],
    };

    private byte[] Build(DemoLetter letter, string name, DemoStatus status, DateTimeOffset sentAt, bool stranger = false) =>
        PostStatusMessage.Build(new PostStatusStep
        {
            BeskedId = Id(name),
            Cvr = settings.Cvr[0],
            Action = status.Handling,
            At = sentAt + status.After,
            MessageUuid = Id((stranger ? name : letter.Key) + "/uuid"),
            TransmissionId = Id((stranger ? name : letter.Key) + "/transmission"),
            Channel = status.Kanal,
            ErrorCode = status.FejlKode,
            ErrorText = status.FejlTekst,
            EventCode = status.EventCode,
        });

    /// <summary>A status that carries only the identifier that two letters share.</summary>
    private byte[] BuildAmbiguous(DateTimeOffset now) => PostStatusMessage.Build(new PostStatusStep
    {
        BeskedId = Id("faelles"),
        Cvr = settings.Cvr[0],
        Action = KnownHandlinger.ModtagetDigitalPost,
        At = now - TimeSpan.FromHours(3),
        MessageUuid = Id("faelles/uuid"),
        TransmissionId = Id("masse-26-0450"),
    });

    private async Task ReceiveOnceAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        if (await messages.FindAsync(_demo, Id(name), cancellationToken) is null) await ReceiveAsync(bytes, cancellationToken);
    }

    private Task<DeliveryOutcome> ReceiveAsync(byte[] bytes, CancellationToken cancellationToken) =>
        receiver.ReceiveAsync(new Delivery(bytes, DemoHistory.Transport, time.GetUtcNow()), cancellationToken);

    internal static string Id(string name) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("demo/" + name)).AsSpan(0, 16)).ToString();
}
