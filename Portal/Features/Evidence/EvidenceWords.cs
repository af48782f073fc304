using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Rules;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Evidence;

/// <summary>
/// The headings and sentences of the evidence document; change its wording here. They are always Danish, the language of Danish courts
/// (retsplejeloven § 149), so they are not in a <c>.resx</c> with a translation. A verdict's word and explanation are the page's
/// (<c>UiTexts.resx</c>, <c>LetterTexts.resx</c>), so that document and page agree; the package's LAES-MIG.txt is
/// <see cref="EvidenceReadme"/>.
/// </summary>
internal static class EvidenceWords
{
    public const string Kicker = "Bevis for forsendelse";
    public const string Code = "Kode, der fører til sagens side i portalen";
    public const string Number = "Dokumentets nummer";
    public const string Made = "Udarbejdet";
    public const string CasePage = "Sagens side";
    public const string PersonNumbers = "Personnumre";
    public const string Scope = "Omfang";
    public const string OneLetter = "Ét af sagens breve. Sagens andre breve er ikke med.";
    public const string Summary = "Kort fortalt";
    public const string InDoubt = "I tvivl:";
    public const string Unsure = "usikker";
    public const string Doubtful = "i tvivl";
    public const string Clocks =
        "Alle tidspunkter er dansk tid. Hvor der står »afsenderens ur«, er tidspunktet oplyst af den, der sendte statussen; "
        + "»modtaget« er portalens eget ur.";
    public const string NumbersWhole = "Står fuldt ud efter udtrykkelig anmodning, som er noteret i adgangsloggen.";
    public const string NumbersMasked = "De sidste fire cifre er udeladt.";
    public const string Letter = "Brev";
    public const string SentColumn = "Sendt";
    public const string Result = "Resultat";
    public const string Arrived = "Kom frem";
    public const string LastDay = "Sidste dag";
    public const string Presumed = "sandsynliggjort, ikke bevist";

    /// <summary>Under a day that a letter will be presumed to have arrived, as long as it is ahead.</summary>
    public const string PresumedAhead = "formodes først fremme den dag";

    /// <summary>True when the day that the letter is presumed to have arrived has not been reached.</summary>
    public static bool IsAhead(DateOnly presumed, DateTimeOffset now) => presumed > DanishTime.DateOf(now);
    public const string Rules = "Ændrede regler";
    public const string Points = "Hvad en forsendelseslog skal vise";
    public const string Marks = "Brevets kendetegn";
    public const string ChannelLabel = "Kanal";
    public const string LetterId = "Fagsystemets id";
    public const string Document = "Dokument";
    public const string Events = "Hvad der skete";
    public const string NoStatus = "Portalen har ingen status om brevet.";
    public const string BeforeSending = "Urene er uenige: statussen siger, at den skete, før brevet blev sendt.";
    public const string ClockAhead = "Afsenderens ur var foran vores: tidspunktet ligger mere end fem minutter efter modtagelsen.";
    public const string Incidents = "Driftshændelser";
    public const string NoIncidents = "Der er ikke noteret driftshændelser, som berører brevet.";
    public const string SentAgain = "Sendt igen";
    public const string Corrections = "Rettelser af registreringen";
    public const string NoHash = "fagsystemet har intet fingeraftryk oplyst";
    public const string NotStated = "ikke oplyst";
    public const string SendersError = "Statussens fejltekst:";
    public const string RegistrationErased = "Modtager, titel og dokumenter er slettet efter samme regel.";
    public const string Demand = "Krav";
    public const string Shown = "Vist";
    public const string ProvenBy = "Dokumenteret ved";
    public const string SendersClock = "Afsenderens ur";
    public const string StatusColumn = "Status";
    public const string ToldBy = "Oplyst af";
    public const string Received = "Modtaget";
    public const string MessageNumber = "Besked nr.";
    public const string MessagesText =
        "Hver status kom i en besked, der blev gemt, nøjagtigt som den blev modtaget. Fingeraftrykket (SHA-256) er beregnet af "
        + "beskedens bytes; ændres én byte, passer det ikke mere.";
    public const string NoMessages = "Portalen har ingen beskeder om sagens breve.";
    public const string LedgerText =
        "Alle modtagne beskeder står i en gennemsigtighedslog: et Merkle-træ efter RFC 9162, hvor hver ny besked binder alle de "
        + "tidligere. Checkpointet nedenfor er loggens underskrevne hoved. En besked, der er ændret, fjernet eller skudt ind, kan "
        + "ikke længere føres op til det.";
    public const string PackageText =
        "Bevispakken (ZIP), der hentes samme sted som dette dokument, rummer et bevis for hver besked (C2SP tlog-proof), "
        + "checkpointet, loggens offentlige nøgle og en vejledning. Beskedernes bytes er kun i en pakke, der laves til et oplyst "
        + "formål. Kontrollen kræver hverken adgang til portalen eller dens programmer.";
    public const string NoLedgerText =
        "Denne portal fører endnu ikke en gennemsigtighedslog. Dokumentet bygger derfor på portalens egne oplysninger. "
        + "Fingeraftrykkene ovenfor kan efterregnes med en bevispakke (ZIP), der laves med beskedernes bytes, samme sted som dette "
        + "dokument.";
    public const string MessagesBehind = "Beskederne bag";
    public const string CheckWithoutUs = "Sådan kontrolleres det uden os";
    public const string Checkpoint = "Checkpoint";
    public const string PublicKey = "Loggens offentlige nøgle";
    public const string Message = "Besked";
    public const string Fingerprint = "BeskedId og SHA-256";
    public const string AndPlace = ", plads i loggen";
    public const string None = "–";
    public const string Untitled = "Brev uden titel";

    /// <summary>The title of the PDF.</summary>
    public static string Title(string number, string caseNumber) => $"Bevis {number} – sag {caseNumber}";

    /// <summary>The running title at the foot of every page.</summary>
    public static string Footer(string number, string caseNumber) => $"Bevis {number} · sag {caseNumber}";

    public static string Case(string caseNumber) => $"Sag {caseNumber}";

    /// <summary>Huslejenævn · myndighed med CVR-nr. 55133018</summary>
    /// <param name="caseType">Left out when it is null or blank.</param>
    /// <param name="cvr">Left out when it is null.</param>
    public static string CaseTypeAndAuthority(string? caseType, string? cvr) => string.Join(" · ", new[]
    {
        string.IsNullOrWhiteSpace(caseType) ? null : CaseTypes.Name(caseType), cvr is null ? null : $"myndighed med CVR-nr. {cvr}",
    }.OfType<string>());

    public static string MadeBy(DateTimeOffset at, string name) => $"{Moment(at)} af {name}";

    public static string To(string recipient) => $"til {recipient}";

    /// <summary>The letter's title, or words in its place: it may be erased, and a heading must not be empty.</summary>
    public static string TitleOf(LetterView letter) => string.IsNullOrWhiteSpace(letter.Title) ? Untitled : letter.Title;

    /// <summary>kl. 12.22.05, as in running text.</summary>
    public static string At(DateTimeOffset at) => DanishFormat.Local(at).ToString("'kl.' HH.mm.ss", DanishFormat.Danish);

    /// <summary>A rent board's decision is not appealed to a board but brought before the housing court.</summary>
    public static string LastDayIs(LetterView letter, DateOnly day, bool isSure, bool isPresumed) =>
        $"{LastDay} for at {(CaseTypes.IsRentBoard(letter.CaseType) ? "gå til boligretten" : "klage")}: "
        + $"{DanishFormat.LongDate(day)}{(isPresumed ? $" ({Presumed})" : isSure ? "" : $" ({Unsure})")}.";

    /// <summary>By which identifier a status found the letter, when the two have it in different fields.</summary>
    public static string FoundBy(SharedIdentifier found) =>
        $"Statussen fandt brevet på et UUID: statussens {found.OfStatus} er brevets {found.OfLetter}.";

    /// <summary>A change of rules that gave the letter another verdict.</summary>
    public static string RuleChanged(RuleChange change) =>
        $"{Moment(change.At)}: regel ændret. {VerdictWord.Danish(change.Before)} blev til {VerdictWord.Danish(change.After)}. "
        + change.What.Danish;

    public static string StatusesErased(DateTimeOffset at) =>
        $"Statusserne om brevet blev slettet efter reglerne om opbevaring den {DanishFormat.Date(at)}. "
        + "Resultatet ovenfor står, som de gav det.";

    public static string Times(int deliveries) => $"{deliveries} gange";

    public static string Lasted(Incident incident) =>
        $"{Moment(incident.From)} – {(incident.To is { } to ? Moment(to) : "fortsat")}";

    public static string NotedBy(Incident incident) => $"(noteret {Moment(incident.NotedAt)} af {incident.NotedBy})";

    /// <summary>The later letter's id follows.</summary>
    public static string ReplacedBy(LetterLink later) => $"Brevet er sendt igen den {Sent(later.SentAt)}: »{later.Title}«, fagsystemets id";

    /// <summary>The earlier letter's id follows.</summary>
    public static string Replaces(LetterLink earlier) =>
        $"Brevet er sendt i stedet for »{earlier.Title}« af {Sent(earlier.SentAt)}, fagsystemets id";

    public static string OfCase(LetterLink letter) => $", sag {CprNumber.MaskIn(letter.CaseNumber)}.";

    public static string Correction(LetterCorrection correction) =>
        $"{Moment(correction.CorrectedAt)}, rettet af {correction.CorrectedBy}: {string.Join("; ", correction.Changes)}";

    public static string NumberOf(LetterEvent message) => $"Nr. {DanishFormat.Number(message.Sequence)}";

    /// <summary>A message's leaf index in the ledger, and whether it is proven.</summary>
    public static string Place(LetterEvent message, bool isProven) => $"Blad {DanishFormat.Number(message.Sequence - 1)}"
        + (isProven ? ", bevist mod checkpointet nedenfor" : "; der kunne ikke laves et bevis mod checkpointet nedenfor");

    /// <summary>A document's fingerprint as the specialist system gave it.</summary>
    public static string Sha256(string hash) => $"SHA-256 {hash}";

    /// <summary>The verdict's word.</summary>
    public static string Verdict(LetterView letter) => VerdictWord.Danish(letter.Verdict, inDoubt: Doubt(letter) is not null);

    /// <summary>The verdict's word, and its explanation after it, which may begin with that word or go on from it.</summary>
    public static (string Word, string After) VerdictLine(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var (word, text) = (VerdictWord.Danish(letter.Verdict), (letter.Account ?? letter.Explanation).Danish);
        var rest = text.StartsWith(word, StringComparison.Ordinal) ? text[word.Length..] : null;
        return rest switch
        {
            // "Fejlet den 27. november"
            [' ', ..] => (word, rest),
            [':' or '.', ..] when rest.TrimStart(':', '.', ' ') is { Length: > 0 } sentence =>
                ($"{word}.", $" {char.ToUpper(sentence[0], DanishFormat.Danish)}{sentence[1..]}"),
            [':' or '.', ..] or "" => ($"{word}.", ""),

            // Another word, or one that only begins like it: "Overgivet til postvirksomheden".
            _ => ($"{word}.", $" {text}"),
        };
    }

    /// <summary>The recipient's number with its kind; null when there is none.</summary>
    /// <param name="whole">The unmasked number, when it was asked for with a purpose; null: as the letter has it, masked.</param>
    public static string? RecipientNumber(LetterRecipient recipient, CprNumber? whole) => (whole, recipient) switch
    {
        ({ } number, _) => $"CPR-nr. {number.Reveal()[..6]}-{number.Reveal()[6..]}",
        (_, { Id: { Length: > 0 } id, IdType: "CVR" }) => $"CVR-nr. {id}",
        (_, { Id: { Length: > 0 } id, IdType: "P" }) => $"P-nr. {id}",
        (_, { Id: { Length: > 0 } id }) => $"CPR-nr. {id}",
        _ => null,
    };

    /// <summary>Why an arrival is in doubt although a status says delivered, in a sentence; null when it is not.</summary>
    public static string? Doubt(LetterView letter) => letter switch
    {
        { Verdict: not Ingestion.Letters.Verdict.Delivered } => null,
        { Contradiction: true } => "en anden status modsiger, at brevet kom frem.",
        _ => ArrivalGrounds.Of(letter).Ground switch
        {
            ArrivalGround.BeforeSending => "urene er uenige: ankomsten ligger før afsendelsen.",
            ArrivalGround.Hand =>
                "ankomsten hviler på en status, der er knyttet til brevet i hånden, og hvis egne numre ikke peger på det.",
            _ => null,
        },
    };

    /// <summary>A sentence about a manual match: who, when, why, and whether the status's own identifiers name the letter.</summary>
    public static string ByHand(HandMatchNote hand)
    {
        var why = hand.Reason is { Length: > 0 } reason ? $": »{SendersText.OneLine(reason, 500)}«" : "";
        var names = hand.NamesLetter ? "Statussens egne numre peger på brevet." : "Ingen af statussens egne numre peger på brevet.";
        return $"Statussen er knyttet til brevet i hånden af {hand.By}, {Moment(hand.At)}{why}. {names}";
    }

    /// <summary>When a letter was sent: as <see cref="Moment"/>, or the date with a note that the time of day is not known.</summary>
    public static string Sent(DateTimeOffset at) => DanishTime.IsDateAlone(at)
        ? $"{DanishFormat.Local(at).ToString("d. MMMM yyyy", DanishFormat.Danish)} (klokkeslæt ikke oplyst)"
        : Moment(at);

    /// <summary>13. februar 2023 kl. 12.22.05</summary>
    public static string Moment(DateTimeOffset at) => DanishFormat.Local(at).ToString("d. MMMM yyyy 'kl.' HH.mm.ss", DanishFormat.Danish);

    /// <summary>How the letter was sent.</summary>
    public static string Channel(LetterChannel channel) => channel switch
    {
        LetterChannel.DigitalPost => "Digital Post",
        LetterChannel.FysiskPost => "Fysisk post",
        _ => "Digital Post, ellers fysisk post",
    };

    /// <summary>The letter's identifiers, with the standards' names; CPR numbers masked.</summary>
    public static IEnumerable<(string Name, string Value)> Identifiers(LetterIdentifiers known) =>
        known.Known().Select(i => (i.Name, CprNumber.MaskIn(i.Value)));

    /// <summary>What the principmeddelelse requires.</summary>
    public static string DemandOf(ProofPoint point) => point switch
    {
        ProofPoint.Id => "Brevets digitale id",
        ProofPoint.Title => "Titel",
        ProofPoint.Recipient => "Modtager",
        ProofPoint.Sent => "Tidspunkt for afsendelsen",
        _ => "At brevet kom frem",
    };

    /// <summary>Whether the point is proven, in a word.</summary>
    public static string AnswerOf(ProofState state) => state switch
    {
        ProofState.Proven => "ja",
        ProofState.Partial => "delvist",
        ProofState.Probable => "sandsynligt",
        ProofState.Disputed => Doubtful,
        _ => "nej",
    };

    /// <summary>What proves the point.</summary>
    /// <param name="recipientId">The recipient's number as the document shows it; null when there is none.</param>
    public static string ShownOf(ProofPoint point, ProofState state, LetterView letter, string? recipientId) => (point, state) switch
    {
        (ProofPoint.Id, ProofState.Missing) => "Brevet er registreret uden id hos distributøren.",
        (ProofPoint.Id, _) => Identifiers(letter.Identifiers).Select(i => $"{i.Name} {i.Value}").First(),
        (ProofPoint.Title, ProofState.Missing) => "Ingen titel er registreret.",
        (ProofPoint.Title, _) => letter.Title,
        (ProofPoint.Recipient, ProofState.Missing) => "Ingen modtager er registreret.",
        (ProofPoint.Recipient, _) => $"{letter.Recipient.Name}, {recipientId ?? letter.Recipient.Id ?? "uden nummer"}",
        (ProofPoint.Sent, ProofState.Missing) => "Intet tidspunkt er registreret.",
        (ProofPoint.Sent, _) => $"{Sent(letter.SentAt)}, oplyst af {Registrar(letter)}",
        _ => Arrival(state, letter),
    };

    private static string Arrival(ProofState state, LetterView letter)
    {
        var (ground, status) = ArrivalGrounds.Of(letter);
        var when = letter.VerdictAt is { } at ? Moment(at) : "Uden tidspunkt";
        return state switch
        {
            ProofState.Disputed when letter.Contradiction =>
                "En status siger afleveret, en anden modsiger det; se, hvad der skete med brevet.",
            ProofState.Disputed =>
                $"{when}, oplyst i {Source(letter)}. Det er før afsendelsen: urene er uenige, eller statussen hører til et andet brev.",
            ProofState.Probable when ground == ArrivalGround.Hand =>
                $"{when}, oplyst i {Source(letter)}, som {status!.ByHand!.By} har knyttet til brevet i hånden. "
                + "Statussens egne numre peger ikke på brevet.",
            ProofState.Probable => "Brevet er overgivet til postvirksomheden og ikke kommet retur. Det er ikke bevist, at det kom frem.",
            ProofState.Partial => "Statussen siger afleveret, men har intet tidspunkt.",
            ProofState.Proven => $"{when}, oplyst i {Source(letter)}{Chosen(status?.ByHand)}",
            _ => "Der er ingen status, som viser det.",
        };
    }

    private static string Registrar(LetterView letter) => (letter.RegisteredFrom, letter.RegisteredBy) switch
    {
        (RegistrationSource.Person or RegistrationSource.File, "") => "en medarbejder, hvis navn er slettet",
        (_, "") => "fagsystemet",
        (RegistrationSource.Person, var by) => $"{by}, som har indtastet brevet",
        (RegistrationSource.File, var by) => $"en fil, som {by} har læst ind",
        (RegistrationSource.System, var by) => $"fagsystemet »{by}«",
        (_, var by) => $"{by}, som registrerede brevet",
    };

    private static string Chosen(HandMatchNote? hand) =>
        hand is null ? "" : $", som {hand.By} har knyttet til brevet i hånden; statussens egne numre peger på brevet";

    private static string Source(LetterView letter) =>
        letter.Events.FirstOrDefault(e => e.Kind == StatusKind.Delivered && e.At == letter.VerdictAt) is { } status
            ? $"besked nr. {DanishFormat.Number(status.Sequence)}"
            : "en status";
}
