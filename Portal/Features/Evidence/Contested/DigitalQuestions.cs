using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence.Contested;

/// <summary>
/// The questions about a digital letter: the five points of the forsendelseslog, by the document's own rule
/// (<see cref="EvidencePoints"/>), and whether the mailbox was in operation. Pure.
/// </summary>
internal static class DigitalQuestions
{
    /// <summary>The answers, in the order of the questions.</summary>
    public static IReadOnlyList<ContestedAnswer> Of(LetterView letter, string? recipientNumber, DateTimeOffset now)
    {
        var points = ProofStrength.Of(letter).Points;
        var shown = EvidencePoints.Of(letter, recipientNumber);
        return
        [
            .. points.Zip(shown, (point, words) => new ContestedAnswer(QuestionOf(point.Point), words.Answer, words.Tone, [words.Shown])
            {
                Missing = MissingOf(point.Point, point.State, letter), Ask = AskOf(point.Point, point.State, letter),
            }),
            Operation(letter, now),
        ];
    }

    private static string QuestionOf(ProofPoint point) => point switch
    {
        ProofPoint.Id => "1. Viser forsendelsesloggen brevets digitale id?",
        ProofPoint.Title => "2. Viser den brevets titel?",
        ProofPoint.Recipient => "3. Viser den, hvem brevet blev sendt til?",
        ProofPoint.Sent => "4. Viser den, hvornår brevet blev sendt?",
        _ => "5. Viser den, at netop dette brev kom frem?",
    };

    private static IReadOnlyList<string> MissingOf(ProofPoint point, ProofState state, LetterView letter) => (point, state) switch
    {
        (_, ProofState.Proven) => [],
        (ProofPoint.Id, _) => ["Brevets id hos distributøren (MessageUUID)."],
        (ProofPoint.Title, _) => ["Brevets titel."],
        (ProofPoint.Recipient, ProofState.Partial) => ["Modtagerens CPR-, CVR- eller P-nummer."],
        (ProofPoint.Recipient, _) => ["Modtagerens navn og nummer."],
        (ProofPoint.Sent, _) => ["Tidspunktet for afsendelsen."],
        (_, ProofState.Partial) => ["Tidspunktet, hvor brevet lå i postkassen. Uden det kan ingen frist regnes."],
        (_, ProofState.Disputed) when letter.Contradiction => ["En afklaring af, hvilken af de to statusser der er rigtig."],
        (_, ProofState.Disputed) => ["En afklaring af, hvis ur der er forkert, eller om statussen hører til et andet brev."],
        (_, ProofState.Probable) => ["En kvittering, hvis egne numre peger på netop dette brev."],
        _ => letter.Verdict switch
        {
            Verdict.Failed => ["Brevet kom ikke frem ad denne vej. Der mangler en ny forsendelse."],
            Verdict.Recalled => ["Brevet er tilbagekaldt. Der mangler en ny forsendelse, hvis det stadig skal frem."],
            Verdict.NoReceipt => ["En kvittering. Der var ikke bestilt en, så der kommer ingen af sig selv."],
            _ => ["En kvittering for, at brevet lå i modtagerens postkasse."],
        },
    };

    private static IReadOnlyList<string> AskOf(ProofPoint point, ProofState state, LetterView letter) => (point, state) switch
    {
        (_, ProofState.Proven) => [],
        (ProofPoint.Id, _) => ["Egne kolleger: den, der sendte brevet, eller leverandøren af fagsystemet."],
        (not ProofPoint.Arrived, _) => ["Egne kolleger: se brevet i fagsystemet, og ret registreringen."],
        (_, ProofState.Missing) when letter.Verdict is Verdict.Failed or Verdict.Recalled =>
            ["Egne kolleger: er brevet sendt igen, og er det nye brev registreret?"],
        _ => [$"Digital Post, med brevets id ({IdOf(letter)}): har brevet ligget i postkassen, og siden hvornår?"],
    };

    // It is no point of the log, but the authority may have to show it.
    private static ContestedAnswer Operation(LetterView letter, DateTimeOffset now)
    {
        var incidents = letter.Incidents.Where(i => i.Channel != LetterChannel.FysiskPost).Select(ContestedWords.Of).ToList();
        return new ContestedAnswer(
            "Kan der blive spurgt om: var Digital Post i drift?", incidents.Count > 0 ? "driftshændelse noteret" : "ingen noteret",
            incidents.Count > 0 ? Tone.Warn : Tone.Grey,
            incidents.Count > 0
                ? incidents
                : [$"Der er ikke noteret driftshændelser, som berører brevet, til og med {EvidenceWords.Moment(now)}. Det viser ikke, "
                    + "at der ingen var: portalen har kun det, som kolleger har noteret."])
        {
            Missing = ["Digital Posts egne oplysninger om driften fra afsendelsen og til fristens udløb."],
            Ask = ["Digital Post: var postkassen tilgængelig for modtageren i perioden?"],
        };
    }

    private static string IdOf(LetterView letter) => EvidenceWords.Identifiers(letter.Identifiers).Select(i => $"{i.Name} {i.Value}")
        .FirstOrDefault() ?? $"fagsystemets id {letter.LetterId}";
}
