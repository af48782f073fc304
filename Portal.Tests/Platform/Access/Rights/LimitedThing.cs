using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>A case of one letter with one message, inside or outside the limits of <see cref="TicketLimit"/>.</summary>
internal sealed record LimitedThing(AuthorityData Owner, bool IsInside)
{
    /// <summary>The organisation unit of those inside.</summary>
    public const string UnitInside = "5a1b0c9e-0000-4000-8000-000000000001";

    private const string UnitOutside = "77c00000-0000-4000-8000-000000000002";

    public string Case => $"26-{Mark}";

    public string Letter => $"brev-{Mark}";

    public string Besked { get; } = Guid.NewGuid().ToString();

    /// <summary>What tells that the thing is there.</summary>
    public IReadOnlyList<string> Marks => [Case, Letter, Besked];

    private string Mark => $"{(IsInside ? "inde" : "ude")}-{Owner.Cvr}";

    /// <summary>The source system's credentials in the message, which leave to the authority's administrators only.</summary>
    public string Credentials => $"adgangsord-{Mark}";

    private static byte[] WithCredentials(LimitedThing thing, byte[] envelope) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(envelope).Replace(
            "<k:Leveranceinformation>",
            $"<k:Leveranceinformation><k:KildesystemAkkreditiver>{thing.Credentials}</k:KildesystemAkkreditiver>",
            StringComparison.Ordinal));

    private LetterRegistration Registration(string uuid) => new()
    {
        CaseNumber = Case, CaseType = "huslejenaevn", LetterId = Letter, Title = "Afgørelse",
        Recipient = new LetterRecipient("Åse Lejer", null, null), SentAt = DateTimeOffset.UtcNow.AddDays(-10),
        Identifiers = new LetterIdentifiers { MessageUuid = uuid },
        Kle = IsInside ? "32.18.04" : "27.45.12", OrganisationUnit = IsInside ? UnitInside : UnitOutside,
    };

    /// <summary>One inside and one outside for each authority. Each letter has failed, and so has a row of the worklist.</summary>
    public static async Task<IReadOnlyList<LimitedThing>> AddAsync(
        HostedPortal portal, IReadOnlyList<AuthorityData> owners, CancellationToken stop)
    {
        List<LimitedThing> things = [.. owners.SelectMany(o => new[] { new LimitedThing(o, true), new LimitedThing(o, false) })];
        var registry = portal.Services.GetRequiredService<ILetterRegistry>();
        foreach (var thing in things)
        {
            var uuid = Guid.NewGuid().ToString();
            await registry.RegisterAsync(thing.Owner.Everything, [thing.Registration(uuid)], RegistrationSource.System, stop);
            await AuthorityData.PushAsync(portal, WithCredentials(thing, IngestionFixture.Envelope(
                thing.Besked, to: thing.Owner.Cvr, status: "Fejlet",
                sensitivity: thing.IsInside
                    ? KnownSikkerhedsklassificeringer.Fortrolige.First()
                    : KnownSikkerhedsklassificeringer.IkkeFortrolig,
                extra: $"<k:ObjektRegistrering><k:ObjektId><s:UUIDIdentifikator>{uuid}</s:UUIDIdentifikator></k:ObjektId>"
                    + $"<k:ObjektHandling><s:UUIDIdentifikator>{KnownHandlinger.Fejlet}</s:UUIDIdentifikator></k:ObjektHandling>"
                    + "</k:ObjektRegistrering>")));
        }

        await portal.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(stop);
        return things;
    }
}
