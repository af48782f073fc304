using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence;

/// <summary>One of the points that a forsendelseslog must show.</summary>
/// <param name="Mark"><c>ok</c>, <c>warn</c> or <c>bad</c>.</param>
internal sealed record EvidencePoint(string Demand, string Answer, string Mark, string Shown);

/// <summary>
/// The five points of Ankestyrelsen's principle decision on the forsendelseslog (DOMAIN §2) in the document's words. Whether each is proven
/// is <see cref="ProofStrength"/>'s to say, so that page and document never differ.
/// </summary>
internal static class EvidencePoints
{
    /// <summary>The points for a letter, in the order of <see cref="ProofStrength.Points"/>.</summary>
    /// <param name="recipientId">The recipient's number as the document shows it; null when there is none.</param>
    public static IReadOnlyList<EvidencePoint> Of(LetterView letter, string? recipientId)
    {
        var strength = ProofStrength.Of(letter);
        return [.. strength.Points.Select(p => new EvidencePoint(
            DemandOf(p.Point), AnswerOf(p.State, strength.Ground), MarkOf(p.State), ShownOf(p.Point, p.State, letter, recipientId)))];
    }

    private static string DemandOf(ProofPoint point) => point switch
    {
        ProofPoint.Id => "Brevets digitale id",
        ProofPoint.Title => "Titel",
        ProofPoint.Recipient => "Modtager",
        ProofPoint.Sent => "Tidspunkt for afsendelsen",
        _ => "At brevet kom frem",
    };

    private static string AnswerOf(ProofState state, ArrivalGround ground) => state switch
    {
        ProofState.Proven => "ja",
        ProofState.Partial => "delvist",
        ProofState.Probable => "sandsynligt",
        ProofState.Disputed => ground == ArrivalGround.BeforeSending ? "tvivlsomt" : "omtvistet",
        _ => "nej",
    };

    private static string MarkOf(ProofState state) => state switch { ProofState.Proven => "ok", ProofState.Missing => "bad", _ => "warn" };

    private static string ShownOf(ProofPoint point, ProofState state, LetterView letter, string? recipientId) => (point, state) switch
    {
        (ProofPoint.Id, ProofState.Missing) => "Brevet er registreret uden id hos distributøren.",
        (ProofPoint.Id, _) => EvidenceWords.Identifiers(letter.Identifiers).Select(i => $"{i.Name} {i.Value}").First(),
        (ProofPoint.Title, ProofState.Missing) => "Ingen titel er registreret.",
        (ProofPoint.Title, _) => letter.Title,
        (ProofPoint.Recipient, ProofState.Missing) => "Ingen modtager er registreret.",
        (ProofPoint.Recipient, _) => $"{letter.Recipient.Name}, {recipientId ?? letter.Recipient.Id ?? "uden nummer"}",
        (ProofPoint.Sent, ProofState.Missing) => "Intet tidspunkt er registreret.",
        (ProofPoint.Sent, _) => $"{EvidenceWords.Sent(letter.SentAt)}, oplyst af {Registrar(letter)}",
        _ => Arrival(state, letter),
    };

    private static string Arrival(ProofState state, LetterView letter)
    {
        var (ground, status) = ArrivalGrounds.Of(letter);
        var when = letter.VerdictAt is { } at ? EvidenceWords.Moment(at) : "Uden tidspunkt";
        return state switch
        {
            ProofState.Disputed when letter.Contradiction => "En status siger afleveret, en anden modsiger det; se forløbet nedenfor.",
            ProofState.Disputed =>
                $"{when}, oplyst i {Source(letter)}. Det er før afsendelsen: urene er uenige, eller statussen hører til et andet brev.",
            ProofState.Probable when ground == ArrivalGround.Hand =>
                $"{when}, oplyst i {Source(letter)}, som {status!.ByHand!.By} har knyttet til brevet i hånden. "
                + "Statussens egne numre peger ikke på brevet.",
            ProofState.Probable => "Brevet er overgivet til post og ikke kommet retur. Det er ikke bevist, at det kom frem.",
            ProofState.Partial => "Statussen siger afleveret, men har intet tidspunkt.",
            ProofState.Proven => $"{when}, oplyst i {Source(letter)}{Chosen(status?.ByHand)}",
            _ => "Der er ingen status, som viser det.",
        };
    }

    private static string Registrar(LetterView letter) =>
        letter.RegisteredBy.Length > 0 ? $"{letter.RegisteredBy}, som registrerede brevet" : "fagsystemet";

    private static string Chosen(HandMatchNote? hand) =>
        hand is null ? "" : $", som {hand.By} har knyttet til brevet i hånden; statussens egne numre peger på brevet";

    private static string Source(LetterView letter) =>
        letter.Events.FirstOrDefault(e => e.Kind == StatusKind.Delivered && e.At == letter.VerdictAt) is { } status
            ? $"besked nr. {Portal.Platform.Text.DanishFormat.Number(status.Sequence)}"
            : "en status";
}
