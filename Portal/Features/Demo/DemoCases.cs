using Portal.Ingestion.Letters;
using static Portal.Ingestion.Envelopes.KnownHandlinger;

namespace Portal.Features.Demo;

/// <summary>A dozen cases that show every verdict.</summary>
internal static class DemoCases
{
    private const string Digital = "Digital Post";
    private const string Print = "Strålfors";
    private const string Rent = "huslejenaevn";
    private const string Building = "byggesag";

    private static readonly LetterRecipient Anna = new("Anna Lejer", "0101011234", "CPR");
    private static readonly LetterRecipient Bent = new("Bent Bolig", "0202022345", "CPR");
    private static readonly LetterRecipient Carla = new("Carla Kælder", "0303033456", "CPR");
    private static readonly LetterRecipient Dines = new("Dines Dør", "0404044567", "CPR");
    private static readonly LetterRecipient Landlord = new("Udlejer ApS", "12345678", "CVR");
    private static readonly LetterRecipient Properties = new("Ejendomme & Søn A/S", "87654321", "CVR");

    /// <summary>The letters, case by case.</summary>
    public static IReadOnlyList<DemoLetter> All { get; } =
    [
        new("L-88213", "26-0412", Rent, "Afgørelse om huslejenedsættelse", Anna, LetterChannel.DigitalPost, Days(10),
            DeliveredDigitally(22)),
        new("L-88214", "26-0412", Rent, "Afgørelse om huslejenedsættelse", Landlord, LetterChannel.DigitalPost, Days(3),
            [Klar(2), new(Minutes(6), Fejlet, Digital, "memo.invalid", "Validation failed at /memo/body: tag name \"mandatory\" is not "
                + "allowed. Possible tag names are: <label>, <messageCode>, <text>")]),
        new("L-88215", "26-0412", Rent, "Partshøring", Anna, LetterChannel.FysiskPost, Days(6), HandedToPost()) { Decision = false },

        new("L-88190", "26-0398", Rent, "Partshøring om varmeregnskab", Bent, LetterChannel.DigitalPost, Hours(31),
            [Klar(3), new(Minutes(14), ModtagetDigitalPost, Digital)]) { Decision = false },

        new("L-88102", "26-0377", Rent, "Indkaldelse til besigtigelse", Carla, LetterChannel.FysiskPost, Days(9),
            [.. HandedToPost(), new(Days(5), OpdateringPostDanmark, Print, EventCode: "1")]) { Decision = false },

        new("L-88301", "26-0429", Rent, "Afgørelse om depositum", Dines, LetterChannel.DigitalPost, Minutes(40),
            [Klar(2), new(Minutes(9), ModtagetDigitalPost, Digital)]),

        new("L-88166", "26-0391", Rent, "Afgørelse om vedligeholdelse", Properties, LetterChannel.DigitalPost, Days(24),
            [Klar(1), new(Minutes(4), ModtagetDigitalPost, Digital), new(Minutes(31), AfleveretDigitalPost, Digital, Deliveries: 3)]),

        new("L-88155", "26-0388", Rent, "Afgørelse om huslejens størrelse", Bent, LetterChannel.Automatisk, Days(8),
            [Klar(2), new(Minutes(20), Fejlet, Digital, "recipient.exempt", "Recipient is exempt from Digital Post"),
             new(Hours(4), Afsendt, Print), new(Hours(5), ModtagetFjernprint, Print), new(Hours(20), AfleveretTilPrint, Print),
             new(Days(2), ModtagetPostDanmark, Print)]),

        new("L-88244", "26-0420", Rent, "Afgørelse om forbrugsafgifter", Landlord, LetterChannel.DigitalPost, Days(2),
            [Klar(2), new(Minutes(25), Tilbagekaldt, Digital)]),

        new("L-88203", "26-0405", Rent, "Afgørelse om huslejeforhøjelse", Carla, LetterChannel.DigitalPost, Days(5),
            [.. DeliveredDigitally(12), new(Hours(7), Fejlet, Digital, "mailbox.closed", "Mailbox closed after delivery")]),

        new("L-88077", "26-0361", Building, "Påbud om lovliggørelse", Dines, LetterChannel.FysiskPost, Days(16),
            [.. HandedToPost(), new(Days(4), OpdateringPostDanmark, Print, EventCode: "3")]),

        new("L-88310", "26-0433", Rent, "Afgørelse om fraflytning", Anna, LetterChannel.Automatisk, Days(7),
            [.. HandedToPost(), new(Days(5), OpdateringPostDanmark, Print, EventCode: "1"),
                new(Days(7) - Hours(2), ModtagetDigitalPost, Digital)]),

        new("L-88321", "26-0444", Building, "Byggetilladelse", Properties, LetterChannel.DigitalPost, Days(1), DeliveredDigitally(17)),

        new("L-88330", "26-0450", Rent, "Afgørelse om råderet", Bent, LetterChannel.DigitalPost, Hours(4), DeliveredDigitally(9)),
        new("L-88331", "26-0450", Rent, "Afgørelse om råderet", Properties, LetterChannel.DigitalPost, Hours(4),
            [Klar(2)]) { SharedCorrelation = "masse-26-0450" },
        new("L-88332", "26-0450", Rent, "Afgørelse om råderet, kopi", Landlord, LetterChannel.DigitalPost, Hours(4),
            [Klar(2)]) { SharedCorrelation = "masse-26-0450" },
    ];

    private static DemoStatus Klar(int minutes) => new(Minutes(minutes), KnownKlar, "Digital Post");

    private const string KnownKlar = Ingestion.Envelopes.KnownHandlinger.Klar;

    private static DemoStatus[] DeliveredDigitally(int minutes) =>
        [Klar(1), new(Minutes(minutes / 2), ModtagetDigitalPost, Digital), new(Minutes(minutes), AfleveretDigitalPost, Digital)];

    private static DemoStatus[] HandedToPost() =>
        [new(Minutes(40), Afsendt, Print), new(Hours(1), ModtagetFjernprint, Print), new(Hours(9), AfleveretTilPrint, Print),
            new(Hours(28), ModtagetPostDanmark, Print)];

    private static TimeSpan Days(int n) => TimeSpan.FromDays(n);

    private static TimeSpan Hours(int n) => TimeSpan.FromHours(n);

    private static TimeSpan Minutes(int n) => TimeSpan.FromMinutes(n);
}
