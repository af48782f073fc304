using Portal.Ingestion.Letters;

namespace Portal.Evidence;

/// <summary>One of the points that a forsendelseslog must show.</summary>
/// <param name="Mark"><c>ok</c>, <c>warn</c> or <c>bad</c>.</param>
internal sealed record EvidencePoint(string Demand, string Answer, string Mark, string Shown);

/// <summary>The five points of Ankestyrelsen's principle decision on the forsendelseslog (DOMAIN §2): digital id, title, recipient, time of sending, and that the letter arrived.</summary>
internal static class EvidencePoints
{
    /// <summary>The points for a letter.</summary>
    /// <param name="recipientId">The recipient's number as the document shows it; null when there is none.</param>
    public static IReadOnlyList<EvidencePoint> Of(LetterView letter, string? recipientId)
    {
        var known = EvidenceWords.Identifiers(letter.Identifiers).ToList();
        return
        [
            known.Count > 0 ? Yes("Brevets digitale id", $"{known[0].Name} {known[0].Value}") : No("Brevets digitale id", "Brevet er registreret uden id hos distributøren."),
            string.IsNullOrWhiteSpace(letter.Title) ? No("Titel", "Ingen titel er registreret.") : Yes("Titel", letter.Title),
            recipientId is null ? new EvidencePoint("Modtager", "delvist", "warn", $"{letter.Recipient.Name}, uden nummer") : Yes("Modtager", $"{letter.Recipient.Name}, {recipientId}"),
            Yes("Tidspunkt for afsendelsen", $"{EvidenceWords.Sent(letter.SentAt)}, oplyst af {Registrar(letter)}"),
            Arrival(letter),
        ];
    }

    private static EvidencePoint Arrival(LetterView letter)
    {
        const string Demand = "At brevet kom frem";
        var (ground, status) = ArrivalGrounds.Of(letter);
        return letter switch
        {
            { Verdict: Verdict.Delivered, Contradiction: true } => new EvidencePoint(Demand, "omtvistet", "warn", "En status siger afleveret, en anden modsiger det; se forløbet nedenfor."),
            { Verdict: Verdict.Delivered, VerdictAt: { } at } when ground == ArrivalGround.BeforeSending => new EvidencePoint(Demand, "tvivlsomt", "warn",
                $"{EvidenceWords.Moment(at)}, oplyst i {Source(letter)}. Det er før afsendelsen: urene er uenige, eller statussen hører til et andet brev."),
            { Verdict: Verdict.Delivered, VerdictAt: { } at } when ground == ArrivalGround.Hand => new EvidencePoint(Demand, "sandsynligt", "warn",
                $"{EvidenceWords.Moment(at)}, oplyst i {Source(letter)}, som {status!.ByHand!.By} har knyttet til brevet i hånden. Statussens egne numre peger ikke på brevet."),
            { Verdict: Verdict.Delivered, VerdictAt: { } at } => Yes(Demand,
                $"{EvidenceWords.Moment(at)}, oplyst i {Source(letter)}{Chosen(status?.ByHand)}"),
            { Verdict: Verdict.Delivered } => new EvidencePoint(Demand, "delvist", "warn", "Statussen siger afleveret, men har intet tidspunkt."),
            { Verdict: Verdict.HandedToPost } => new EvidencePoint(Demand, "sandsynligt", "warn", "Brevet er overgivet til post og ikke kommet retur. Det er ikke bevist, at det kom frem."),
            _ => No(Demand, "Der er ingen status, som viser det."),
        };
    }

    private static string Registrar(LetterView letter) => letter.RegisteredBy.Length > 0 ? $"{letter.RegisteredBy}, som registrerede brevet" : "fagsystemet";

    private static string Chosen(HandMatchNote? hand) =>
        hand is null ? "" : $", som {hand.By} har knyttet til brevet i hånden; statussens egne numre peger på brevet";

    private static string Source(LetterView letter) =>
        letter.Events.FirstOrDefault(e => e.Kind == StatusKind.Delivered && e.At == letter.VerdictAt) is { } said ? $"besked nr. {Shell.DanishFormat.Number(said.Sequence)}" : "en status";

    private static EvidencePoint Yes(string demand, string shown) => new(demand, "ja", "ok", shown);

    private static EvidencePoint No(string demand, string shown) => new(demand, "nej", "bad", shown);
}
