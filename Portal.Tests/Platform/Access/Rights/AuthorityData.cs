using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Tests.Stories;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>One of everything that an authority owns: a case with letters, messages, a row of the quarantine, a chain.</summary>
internal sealed class AuthorityData
{
    private AuthorityData(string cvr) => Cvr = cvr;

    public string Cvr { get; }

    /// <summary>A viewer with every right and type, of this authority alone.</summary>
    public Viewer Everything => new($"chef-{Cvr}", $"Chef {Cvr}", AllRights, [Cvr], TypeScope.Everything);

    public string Case => $"26-{Cvr}";

    /// <summary>The letter that failed, so that it has a row of the worklist.</summary>
    public string Letter => $"brev-{Cvr}";

    /// <summary>A later letter of the case.</summary>
    public string Later => $"brev-{Cvr}-b";

    public string Besked { get; private set; } = "";

    /// <summary>A status that belongs to no letter.</summary>
    public string Waiting { get; private set; } = "";

    public string Quarantined { get; private set; } = "";

    /// <summary>The BeskedId, the reason and the detail of the row in quarantine.</summary>
    public (string Besked, QuarantineReason Reason, string Detail) QuarantinedAs { get; private set; }

    public string LetterRow { get; private set; } = "";

    public string StatusRow { get; private set; } = "";

    public string Chain { get; private set; } = "";

    /// <summary>The code of the chain's workshop, which is open.</summary>
    public string Code { get; private set; } = "";

    /// <summary>A benefit of the chain, measured by hand.</summary>
    public string Element { get; private set; } = "";

    /// <summary>What no answer to another authority may hold.</summary>
    public IReadOnlyList<string> Marks => [.. LetterMarks, Chain];

    /// <summary>Of these, what no answer may hold to a role whose limits they are outside.</summary>
    public IReadOnlyList<string> LetterMarks => [Case, Letter, Besked, Waiting];

    /// <summary>Limits that nothing here is within.</summary>
    public static AccessLimits Elsewhere { get; } = new(["99.*"], null, null);

    /// <summary>Every right.</summary>
    public static ViewerRights AllRights { get; } = Enum.GetValues<ViewerRights>().Aggregate((all, right) => all | right);

    public static async Task<AuthorityData> AddAsync(HostedPortal portal, string cvr, CancellationToken stop)
    {
        var data = new AuthorityData(cvr);
        await data.AddLettersAsync(portal, stop);
        await data.AddQuarantineAsync(portal, stop);
        await data.AddChainAsync(portal.Services, stop);
        return data;
    }

    private async Task AddLettersAsync(HostedPortal portal, CancellationToken stop)
    {
        var uuid = Guid.NewGuid().ToString();
        var sent = DateTimeOffset.UtcNow.AddDays(-10);
        LetterRegistration[] letters = [Registration(Letter, uuid, sent), Registration(Later, Guid.NewGuid().ToString(), sent.AddDays(1))];
        await portal.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(Everything, letters, RegistrationSource.System, stop);
        var at = sent.AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        var (failed, bytes) = Envelopes.Status(uuid, "e225a75c-4b63-46c4-9423-77f5c8762445", at, Cvr);
        var (waiting, others) = Envelopes.Status(Guid.NewGuid().ToString(), "f7161a89-5068-4023-bc80-d7f4daad2a2e", at, Cvr);
        (Besked, Waiting) = (failed, waiting);
        await PushAsync(portal, bytes);
        await PushAsync(portal, others);
        var work = portal.Services.GetRequiredService<IWorklistService>();
        var row = await RunningPortal.EventuallyAsync(
            async () => (await work.ReadAsync(Everything, new WorkQuery { CaseNumber = Case }, null, 10, stop)).Items
                .FirstOrDefault(r => r.Reason == FollowUpReason.Failed),
            found => found is not null);
        LetterRow = row!.Id;
        var message = await portal.Services.GetRequiredService<IMessageReader>().FindAsync(Everything, Waiting, stop);
        StatusRow = WorkRow.OfStatus(message!.Sequence, 0).ToString();
    }

    // The same id with other content is a conflict, whose authority is known.
    private async Task AddQuarantineAsync(HostedPortal portal, CancellationToken stop)
    {
        var (id, bytes) = Envelopes.Status(Guid.NewGuid().ToString(), "f7161a89-5068-4023-bc80-d7f4daad2a2e", "2026-02-13T12:00:00Z", Cvr);
        var (other, different) = Envelopes.Status(
            Guid.NewGuid().ToString(), "f7161a89-5068-4023-bc80-d7f4daad2a2e", "2026-02-13T13:00:00Z", Cvr);
        await PushAsync(portal, bytes);
        var text = System.Text.Encoding.UTF8.GetString(different);
        await PushAsync(portal, System.Text.Encoding.UTF8.GetBytes(
            text.Replace(other.ToUpperInvariant(), id.ToUpperInvariant(), StringComparison.Ordinal)));
        var quarantine = portal.Services.GetRequiredService<IQuarantineReader>();
        var row = (await quarantine.ListAsync(Everything, null, null, 10, stop)).Items.Single();
        (Quarantined, QuarantinedAs) = (row.Id, (row.BeskedId!, row.Reason, row.Detail));
    }

    private async Task AddChainAsync(IServiceProvider services, CancellationToken stop)
    {
        var document = services.GetRequiredService<ChainExamples>().All[0].Document;
        Chain = (await services.GetRequiredService<IChainStore>().CreateAsync(Everything, $"kaede-{Cvr}", document, stop)).Id;
        Element = document.Present.First(e => e.Kind == ChainKind.Benefit).Id;
        var store = services.GetRequiredService<IBenefitStore>();
        await store.SaveIndicatorAsync(Everything, Chain, Element, Indicator("sager"), null, stop);
        await store.AddMeasurementsAsync(
            Everything, Chain, [new NewMeasurement(Element, DateTimeOffset.UtcNow.AddDays(-40), 12, null)], "test", stop);
        Code = await services.GetRequiredService<WorkshopCodes>().MakeAsync(Everything, Chain, stop);
        var session = await services.GetRequiredService<ChainSessions>().OpenAsync(Everything, Chain, stop);
        await session!.ApplyAsync(ChainEditor.Of(Everything, Cvr), ChainOperation.Of(new OpenWorkshop(Code)), stop);
    }

    /// <summary>A number that is measured by hand.</summary>
    public static IndicatorDefinition Indicator(string key) => new()
    {
        Key = key, Name = $"Antal {key}", Unit = "sager", Owner = "Mette Leder",
    };

    private LetterRegistration Registration(string id, string uuid, DateTimeOffset sent) => new()
    {
        CaseNumber = Case, CaseType = "huslejenaevn", LetterId = id, Title = "Afgørelse",
        Recipient = new LetterRecipient("Åse Lejer", "0101011234", "CPR"), SentAt = sent,
        Identifiers = new LetterIdentifiers { MessageUuid = uuid },
    };

    /// <summary>Pushes as a distributor, without a key.</summary>
    public static async Task PushAsync(HostedPortal portal, byte[] envelope)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var body = new ByteArrayContent(envelope) { Headers = { ContentType = new("application/xml") } };
        using var answer = await client.PostAsync(new Uri("/beskedfordeler/modtag", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }
}
