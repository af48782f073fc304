using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>Message types whose UUIDs are public.</summary>
public static class KnownBeskedtyper
{
    /// <summary>PKO_PostStatus: the delivery status of a letter.</summary>
    public const string PostStatus = "d2bed63c-4853-4008-b6e0-a74c15b15fbf";

    /// <summary>Test/TestbeskedType1.</summary>
    public const string Test1 = "7654895c-a3f3-4c77-8afd-4c77330f963c";

    /// <summary>Test/TestbeskedType2.</summary>
    public const string Test2 = "832d0676-d0a0-4522-8f57-ac126dc8270e";

    /// <summary>Test/TestbeskedType3.</summary>
    public const string Test3 = "b677c97e-aa5e-430e-9f60-9bbbbdb4ea1b";

    /// <summary>UUID → name.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [PostStatus] = "PKO_PostStatus",
        [Test1] = "Test/TestbeskedType1",
        [Test2] = "Test/TestbeskedType2",
        [Test3] = "Test/TestbeskedType3",
    };
}

/// <summary>Actions (ObjektHandling) whose UUIDs are known.</summary>
public static class KnownHandlinger
{
    public const string Klar = "e2b30d57-504a-4e2e-ae2d-a1394a9cb0b8";
    public const string ModtagetDigitalPost = "eb866ca2-b871-4387-b501-12cde577bd58";

    /// <summary>Available in the recipient's mailbox.</summary>
    public const string AfleveretDigitalPost = "f7161a89-5068-4023-bc80-d7f4daad2a2e";

    public const string Fejlet = "e225a75c-4b63-46c4-9423-77f5c8762445";
    public const string ModtagetFjernprint = "dd98e71c-41ac-4305-a47b-8f86b00e639b";
    public const string AfleveretTilPrint = "e3c0a021-2070-40d4-b7b7-754aeba762e9";
    public const string Afsendt = "db5a6025-caa3-45c3-8e02-4e6fa8142ade";
    public const string ModtagetPostDanmark = "e94a0a8b-60a0-42ad-8b83-52c9e15d0fb3";
    public const string OpdateringPostDanmark = "f4e6eb11-0261-4198-8b5d-be92a9b1a35d";
    public const string Tilbagekaldt = "f03904aa-df6e-417f-bd74-6a01a61adbcf";
    public const string Foedsel = "1e5bb089-5445-44f8-9b65-bc854053f423";
    public const string Doedsfald = "298aa424-0a16-4a5a-956c-2bdab17fd11f";

    /// <summary>UUID → name.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [Klar] = "Klar",
        [ModtagetDigitalPost] = "Modtaget Digital Post",
        [AfleveretDigitalPost] = "Afleveret Digital Post",
        [Fejlet] = "Fejlet",
        [ModtagetFjernprint] = "Modtaget Fjernprint",
        [AfleveretTilPrint] = "Afleveret til print og kuvertering",
        [Afsendt] = "Afsendt",
        [ModtagetPostDanmark] = "Modtaget Post Danmark",
        [OpdateringPostDanmark] = "Opdatering fra Post Danmark",
        [Tilbagekaldt] = "Tilbagekaldt",
        [Foedsel] = "Fødsel",
        [Doedsfald] = "Dødsfald",
    };

    private static readonly Dictionary<string, string> ByName = Names.ToDictionary(n => NameKey.Of(n.Value), n => n.Key);

    /// <summary>The UUID of one of them, by the action's UUID, else by the status text; null when neither is known.</summary>
    public static string? Of(string? action, string? statusText)
    {
        var uuid = Identifier.Normalise(action);
        return uuid is not null && Names.ContainsKey(uuid) ? uuid : Find(statusText);
    }

    /// <summary>True for a known action that is about a letter, not about a person.</summary>
    public static bool TellsOfPost(string? action) =>
        Identifier.Normalise(action) is { } uuid && Names.ContainsKey(uuid) && uuid is not (Foedsel or Doedsfald);

    /// <summary>The UUID of an action by its name, compared by <see cref="NameKey"/>; null for an unknown name.</summary>
    public static string? Find(string? name) => ByName.GetValueOrDefault(NameKey.Of(name));
}

/// <summary>Security classifications (Sikkerhedsklassificering).</summary>
public static class KnownSikkerhedsklassificeringer
{
    /// <summary>Ikke fortrolige data.</summary>
    public const string IkkeFortrolig = "1d81c472-0808-44cc-963d-f5ef0170ae1d";

    /// <summary>Fortrolige personoplysninger.</summary>
    public static IReadOnlySet<string> Fortrolige { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "44f4108b-26d4-46de-a90f-35e35b55b8d8",
        "292e85a9-8ad4-46df-9e50-f97d6837ad74",
    };
}

/// <summary>UUIDs seen in the envelopes of real PKO_PostStatus messages; the simulator uses them.</summary>
public static class KnownPostStatusIds
{
    /// <summary>Digital Post as BeskedAnsvarligAktoer; the print suppliers have others.</summary>
    public const string Responsible = "96514e13-afdd-44d6-95a8-adc2ca19b127";

    /// <summary>The source (Kildesystem), which also registers the objects.</summary>
    public const string Source = "19dc3a1d-c629-4853-b566-7fe49cf674ce";

    /// <summary>The distributor (Fordelingssystem).</summary>
    public const string Distributor = "f9fbbb38-4b2f-11e5-885d-feff819cdc9f";

    /// <summary>The type of the related object (RelateretObjekt) that names the sending system.</summary>
    public const string RelatedType = "91aa31b3-c4b3-499e-8689-93b1ef89f319";

    /// <summary>The ObjektType of the letter itself.</summary>
    public const string LetterType = "9a7be69f-b736-4e0e-9d5b-78d4f43e7ad7";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Responsible, Source, Distributor, RelatedType, LetterType];
}
