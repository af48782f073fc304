using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;

namespace Portal.Features.Demo;

/// <summary>
/// Puts a few deliveries in quarantine: one that was cut short and waits for someone, and three of a cause that is known and held.
/// </summary>
internal sealed class DemoQuarantine(
    IReceiver receiver, IQuarantineCauses causes, IQuarantineHolds holds, PortalSettings settings, TimeProvider time)
{
    private const int Typeless = 3;
    private const int ReviewDays = 14;

    private readonly Viewer _demo =
        new("demo", "Demo", ViewerRights.Quarantine | ViewerRights.Administer, [settings.Cvr[0]], TypeScope.Everything);

    /// <summary>Receives them, and holds the known cause.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ReceiveAsync(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Haendelsesbesked xmlns=\"urn:oio:besked:kuvert:1.0\"><BeskedId>",
                cancellationToken);
        for (var n = 1; n <= Typeless; n++)
        {
            await ReceiveAsync(
                $"""
                <Haendelsesbesked xmlns="urn:oio:besked:kuvert:1.0" xmlns:sd="urn:oio:sagdok:3.0.0"><BeskedId>
                <sd:UUIDIdentifikator>{DemoSeed.Id($"uden-type/{n}")}</sd:UUIDIdentifikator></BeskedId>
                <BeskedVersion>1.0</BeskedVersion><Beskedkuvert><Filtreringsdata/></Beskedkuvert></Haendelsesbesked>
                """,
                cancellationToken);
        }

        var known = (await causes.CausesAsync(_demo, cancellationToken)).FirstOrDefault(c => c.Reason == QuarantineReason.MissingType);
        if (known is null) return;
        await holds.HoldAsync(_demo, known.Reason, known.Detail, new HoldDraft(
            "Leverandøren glemmer beskedtypen fra sit testmiljø og retter det i næste version. Intet brev er berørt.",
                "Anders Administrator",
            DanishTime.DateOf(time.GetUtcNow()).AddDays(ReviewDays), "https://leverandoer.example/sager/4711"), cancellationToken);
    }

    private Task<DeliveryOutcome> ReceiveAsync(string text, CancellationToken cancellationToken) => receiver.ReceiveAsync(
        new Delivery(Encoding.UTF8.GetBytes(text), DemoHistory.Transport, time.GetUtcNow()), cancellationToken);
}
