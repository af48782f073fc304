using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Evidence.Contested;

/// <summary>
/// The questions about an ordinary letter: irregularities at the carrier, our own handling, whether it came back, and what is presumed.
/// Pure.
/// </summary>
internal static class PhysicalQuestions
{
    /// <summary>The answers, in the order of the questions.</summary>
    public static IReadOnlyList<ContestedAnswer> Of(LetterView letter, DateTimeOffset now) =>
        [Carrier(letter, now), Handling(letter), Returned(letter, now), Presumption(letter)];

    private static ContestedAnswer Carrier(LetterView letter, DateTimeOffset now)
    {
        var incidents = letter.Incidents.Where(i => i.Channel != LetterChannel.DigitalPost).Select(ContestedWords.Of).ToList();
        return new ContestedAnswer(
            "1. Var der uregelmæssigheder hos postvirksomheden?", incidents.Count > 0 ? "hændelse noteret" : "ingen noteret",
            incidents.Count > 0 ? Tone.Warn : Tone.Grey,
            incidents.Count > 0
                ? incidents
                : [$"Der er ikke noteret hændelser, som berører brevet, til og med {EvidenceWords.Moment(now)}. Det viser ikke, at der "
                    + "ingen var: portalen har kun det, som kolleger har noteret."])
        {
            Missing = [$"Postvirksomhedens egen oplysning om omdelingen på modtagerens adresse fra {Since(letter)}."],
            Ask = ["Postvirksomheden: var der forsinkelser, tabt post eller klager på ruten i perioden?"],
        };
    }

    private static ContestedAnswer Handling(LetterView letter)
    {
        var steps = PrintChain.Of(letter);
        var posted = steps[^1].Told is not null;
        var missing = steps.Where(s => s.Told is null).ToList();
        var (answer, tone) = missing.Count == 0 ? ("vist hele vejen", Tone.Ok)
            : posted ? ("delvist vist", Tone.Warn)
            : ("ikke vist", Tone.Bad);
        return new ContestedAnswer(
            "2. Hvordan har vi selv håndteret brevet?", answer, tone,
            [
                .. letter.StatusesErasedAt is { } erased ? [ContestedWords.Erased(erased)] : Array.Empty<string>(),
                .. steps.Select(s => $"{s.Name}: {(s.Told is { } told ? ContestedWords.When(told) : "ingen status")}."),
            ])
        {
            Missing = [.. missing.Select(s => $"{s.Name}: en status eller en anden oplysning med tidspunkt.")],
            Ask = [.. missing.Select(s => s.Ask)],
        };
    }

    private static ContestedAnswer Returned(LetterView letter, DateTimeOffset now)
    {
        const string question = "3. Er brevet kommet retur?";
        var returns = letter.Events.Where(e => e.Kind == StatusKind.Returned).ToList();
        if (returns.Count > 0)
        {
            var isLast = letter.Verdict == Verdict.Returned;
            return new ContestedAnswer(
                question, isLast ? "ja" : "ja, ved et tidligere forsøg", isLast ? Tone.Bad : Tone.Warn,
                [.. returns.Select(r => $"Retur: {ContestedWords.When(r)}.")])
            {
                Missing = isLast ? ["Modtagerens rigtige adresse, og en ny forsendelse."] : [],
                Ask = isLast ? ["Egne kolleger: er adressen undersøgt, og er brevet sendt igen?"] : [],
            };
        }

        var last = letter.LastReceiptAt is { } at ? $" Den seneste oplysning om brevet er fra {EvidenceWords.Moment(at)}." : "";
        return letter.Verdict == Verdict.Returned
            ? new ContestedAnswer(question, "ja", Tone.Bad, ["Brevets resultat er »Retur«."])
            : new ContestedAnswer(
                question, "ingen returmelding", Tone.Grey,
                [$"Til og med {EvidenceWords.Moment(now)} er der ikke kommet en returmelding.{last}"])
            {
                Missing = ["Et returbrev kan være på vej eller ligge uden at være meldt."],
                Ask = ["Egne kolleger (postmodtagelsen) og printleverandøren: er brevet kommet retur uden en status?"],
            };
    }

    private static ContestedAnswer Presumption(LetterView letter)
    {
        const string question = "4. Hvad formodes, og hvad tager formodningen tilbage?";
        return letter switch
        {
            { Verdict: Verdict.Delivered } => Receipt(letter, question),
            { Verdict: Verdict.HandedToPost, PostedAt: { } posted, PresumedArrival: { } day } => new ContestedAnswer(
                question, "sandsynliggjort, ikke bevist", Tone.Info,
                [
                    $"Brevet blev overgivet til postvirksomheden {EvidenceWords.Moment(posted)}. Et brev formodes at være kommet frem "
                        + $"{letter.PresumedDays} hverdage efter overgivelsen, som ikke tælles med: {DanishFormat.LongDate(day)}.",
                    "Reglen følger Ankestyrelsens praksis efter Justitsministeriets vejledning nr. 9533 af 2018.",
                    TakenBack,
                ]),
            { Verdict: Verdict.HandedToPost } => new ContestedAnswer(
                question, "sandsynliggjort, ikke bevist", Tone.Info,
                ["Brevet er overgivet til postvirksomheden, men uden tidspunkt. Dagen, det formodes at være kommet frem, kan ikke regnes.",
                    TakenBack])
            {
                Missing = ["Tidspunktet for overgivelsen."], Ask = ["Printleverandøren: hvornår blev brevet overgivet?"],
            },
            { Verdict: Verdict.Returned or Verdict.Failed or Verdict.Recalled } => new ContestedAnswer(
                question, "ingen formodning", Tone.Bad,
                [$"Brevets resultat er »{EvidenceWords.Verdict(letter)}«. Det formodes derfor ikke at være kommet frem."])
            {
                Ask = ["Egne kolleger: er brevet sendt igen, og er det nye brev registreret?"],
            },
            _ => new ContestedAnswer(
                question, "ingen formodning", Tone.Bad,
                ["Ingen status siger, at brevet er overgivet til postvirksomheden. Først da begynder formodningen."])
            {
                Missing = ["Overgivelsen til postvirksomheden, med tidspunkt."],
                Ask = ["Printleverandøren: er brevet overgivet, og hvornår?"],
            },
        };
    }

    private static ContestedAnswer Receipt(LetterView letter, string question)
    {
        var strength = ProofStrength.Of(letter);
        var point = EvidencePoints.Of(letter, null)[^1];
        var isProven = strength.Arrival == ProofState.Proven;
        return new ContestedAnswer(
            question, isProven ? "ikke nødvendig: der er en kvittering" : $"der er en kvittering, men {point.Answer}", point.Tone,
            [point.Shown])
        {
            Missing = isProven ? [] : ["En afklaring af kvitteringen, før den bruges som bevis."],
            Ask = isProven ? [] : ["Postvirksomheden: hvem kvitterede for brevet, og hvornår?"],
        };
    }

    private const string TakenBack =
        "Formodningen tages tilbage af en returmelding, en fejl eller en tilbagekaldelse, og den kan svækkes af uregelmæssigheder hos "
        + "postvirksomheden eller af konkrete oplysninger fra borgeren.";

    private static string Since(LetterView letter) => (letter.PostedAt, letter.PresumedArrival) switch
    {
        ({ } posted, { } day) => $"{EvidenceWords.Moment(posted)} til {DanishFormat.LongDate(day)}",
        ({ } posted, _) => EvidenceWords.Moment(posted),
        _ => EvidenceWords.Sent(letter.SentAt),
    };
}
