using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Catalogue;

/// <summary>
/// The message types that the catalogue starts with. All others are added when their first message comes, as confidential.
/// </summary>
internal static class CatalogueSeed
{
    /// <summary>The name of a type without a name.</summary>
    public const string UnknownName = "ukendt type";

    /// <summary>The name of the row that further types share when the catalogue is full.</summary>
    public const string OtherTypesName = "øvrige ukendte typer";

    /// <summary>The known types.</summary>
    public static IReadOnlyList<StoredBeskedtype> Types { get; } =
    [
        new()
        {
            Beskedtype = KnownBeskedtyper.PostStatus, Name = KnownBeskedtyper.Names[KnownBeskedtyper.PostStatus], Known = true,
            Confidential = false,
            Tells = "Hvad der blev af et brev: modtaget, afleveret, fejlet, overgivet til postvirksomheden, returneret eller tilbagekaldt.",
        },
        Test(KnownBeskedtyper.Test1),
        Test(KnownBeskedtyper.Test2),
        Test(KnownBeskedtyper.Test3),
    ];

    private static StoredBeskedtype Test(string beskedtype) => new()
    {
        Beskedtype = beskedtype, Name = KnownBeskedtyper.Names[beskedtype], Known = true, Confidential = true,
        Tells = "Prøvebesked. Den kan handle om personer og er derfor fortrolig.",
    };
}
