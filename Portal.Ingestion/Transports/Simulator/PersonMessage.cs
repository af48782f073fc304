using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>
/// Messages that are not about letters: births and deaths of the known test type, and messages of types unknown to the catalogue.
/// </summary>
internal static class PersonMessage
{
    /// <summary>The object type Person (DOMAIN §1).</summary>
    public const string PersonType = "ce7fcf97-a8a2-447a-8690-d38aa0f6e23c";

    private const string Confidential = "44f4108b-26d4-46de-a90f-35e35b55b8d8";

    /// <summary>A birth or a death, in the shape of the distributor's own test message.</summary>
    public static byte[] Event(SeededRandom random, DateTimeOffset at, string cvr, EnvelopeStyle style)
    {
        var person = CprUrn(random);
        var besked = Base(random, KnownBeskedtyper.Test1, at, cvr) with
        {
            RelateretObjekt = [new RelateretObjekt(CprUrn(random), PersonType, null)],
            ObjektRegistrering = [Registration(random, at, cvr) with { ObjektId = person, ObjektType = PersonType,
                ObjektHandling = random.Of(KnownHandlinger.Foedsel, KnownHandlinger.Doedsfald) }],
            Beskeddata = [new Beskeddata($"<t:Beskeddata xmlns:t=\"urn:kombit:test\"><t:pnr>{person["urn:oio:cpr-nr:".Length..]}</t:pnr>"
                + "</t:Beskeddata>", null, null, null, IsBase64: false, Error: null)],
        };
        return HaendelsesbeskedWriter.Write(besked, null, style);
    }

    /// <summary>A message of a type that is not in the catalogue.</summary>
    public static byte[] OfUnknownType(string type, SeededRandom random, DateTimeOffset at, string cvr, EnvelopeStyle style)
    {
        var besked = Base(random, type, at, cvr) with
        {
            ObjektRegistrering = [Registration(
                random, at, cvr) with { ObjektId = random.Uuid(), ObjektType = random.Uuid(), ObjektHandling = random.Uuid() }],
            Beskeddata = [new Beskeddata($"<Haendelse xmlns=\"urn:simulator:ukendt\"><Nummer>{random.Below(100_000)}</Nummer></Haendelse>",
                "application/xml", "UTF-8", ".xml", IsBase64: true, Error: null)],
        };
        return HaendelsesbeskedWriter.Write(besked, null, style);
    }

    /// <summary>
    /// The URN of an invented CPR number: born 1937–1999, with a check digit that fails modulus 11. Real numbers for those years pass the
    /// check, except some issued since 2007 for births on 1 January (cpr.dk), a day that is left out here.
    /// </summary>
    public static string CprUrn(SeededRandom random)
    {
        ReadOnlySpan<int> weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
        while (true)
        {
            var digits =
                $"{1 + random.Below(28):00}{1 + random.Below(12):00}{37 + random.Below(63):00}{random.Below(4)}{random.Below(1000):000}";
            var sum = 0;
            for (var i = 0; i < 10; i++) sum += (digits[i] - '0') * weights[i];
            if (sum % 11 != 0 && !digits.StartsWith("0101", StringComparison.Ordinal)) return "urn:oio:cpr-nr:" + digits;
        }
    }

    private static Haendelsesbesked Base(SeededRandom random, string type, DateTimeOffset at, string cvr) => new()
    {
        BeskedId = random.Uuid(),
        BeskedVersion = "1.0",
        Beskedtype = type,
        BeskedAnsvarligAktoer = KnownPostStatusIds.Source,
        TilladtModtager = [$"urn:oio:cvr-nr:{cvr}"],
        Leveranceinformation = PostStatusMessage.Delivered(at, Confidential, random),
        GyldighedFra = PostStatusMessage.Utc(at),
    };

    private static ObjektRegistrering Registration(SeededRandom random, DateTimeOffset at, string cvr) => new()
    {
        ObjektRegistreringId = random.Uuid(),
        RegistreringsAktoer = KnownPostStatusIds.Source,
        Registreringstidspunkt = PostStatusMessage.Utc(at),
        ObjektAnsvarligMyndighed = $"urn:oio:cvr-nr:{cvr}",
    };
}
