using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>Turns a submitted letter into a registration, or lists every wrong field.</summary>
public sealed class LetterValidation
{
    internal const string Cpr = "CPR";
    internal const string Cvr = "CVR";
    internal const string ProductionUnit = "P";
    private const int MaxDocuments = 100;
    private const int MaxIdentifier = 200;

    // Letters may be registered before they are sent, but more than a year ahead is probably a typing error, and would keep the letter off
    // the worklist until then.
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(366);

    private readonly DateTimeOffset _now;
    private readonly List<LetterProblem> _problems = [];
    private readonly List<string> _mended = [];

    private LetterValidation(DateTimeOffset now) => _now = now;

    /// <summary>The letter, trimmed and normalised, or all of its problems.</summary>
    /// <param name="submission">What was sent.</param>
    /// <param name="now">The time now: a letter cannot be sent more than a year ahead of it.</param>
    public static LetterValidationResult Validate(LetterSubmission? submission, DateTimeOffset now) =>
        new LetterValidation(now).Run(submission ?? new LetterSubmission());

    private LetterValidationResult Run(LetterSubmission sent)
    {
        var caseNumber = Id("caseNumber", sent.CaseNumber);
        if (CprNumber.IsIn(caseNumber)) Wrong("caseNumber", "Sagsnummeret ligner et CPR-nummer. Brug et sagsnummer uden personnummer.");
        var caseType = Optional("caseType", sent.CaseType, 100);
        var letterId = Id("letterId", sent.LetterId);
        if (CprNumber.IsIn(letterId)) Wrong("letterId", "Brevets id ligner et CPR-nummer. Brug et id uden personnummer.");
        var letter = new LetterRegistration
        {
            CaseNumber = caseNumber,
            CaseType = caseType,
            LetterId = letterId,
            Title = Required("title", sent.Title, 500),
            Recipient = Recipient(sent.Recipient),
            Channel = Channel(sent.Channel),
            Decision = sent.Decision ?? true,
            SentAt = SentAt(sent.SentAt),
            Identifiers = Identifiers(sent.Identifiers),
            Documents = Documents(sent.Documents),
            Receipts = Receipts(sent.Receipts),
            PostCategory = PostCategory(sent.PostCategory),
            Replaces = Replaces(sent.Replaces, letterId),
            Kle = KleNumber(sent.Kle),
            OrganisationUnit = OrganisationUnit(sent.OrganisationUnit),
        };
        return _problems.Count == 0 ? new(letter, []) { Mended = _mended } : new(null, _problems);
    }

    private void Wrong(string field, string message) => _problems.Add(new LetterProblem(field, message));

    // An id without a visible character counts as missing.
    private string Id(string field, string? value) => Required(field, IdentifierKey.Of(value).Length == 0 ? null : value, 200);

    private string Required(string field, string? value, int max)
    {
        var text = Optional(field, value, max);
        if (text is null && string.IsNullOrEmpty(TextLines.OneLine(value ?? ""))) Wrong(field, "Feltet skal udfyldes.");
        return text ?? "";
    }

    private string? Optional(string field, string? value, int max)
    {
        var meant = value is null ? null : TwiceEncoded.Mend(value);
        var text = meant is null ? null : TextLines.OneLine(meant);
        if (string.IsNullOrEmpty(text)) return null;
        if (meant != value) _mended.Add(field);
        if (text.Length > max)
        {
            Wrong(field, $"Højst {max} tegn.");
            return null;
        }

        if (!text.Any(char.IsControl)) return text;
        Wrong(field, "Feltet må ikke indeholde styretegn.");
        return null;
    }

    private LetterRecipient Recipient(RecipientSubmission? sent)
    {
        var name = Required("recipient.name", sent?.Name, 200);
        var id = sent?.Id is { } given && IdentifierKey.Folded(given).Length > 0 ? given.Trim() : null;
        var word = sent?.IdType?.Trim() is { Length: > 0 } kind ? kind : null;
        var type = word is null ? null : RecipientNumber.TypeOf(word);
        if (word is not null && type is null) Wrong("recipient.idType", "Skal være CPR, CVR eller P (produktionsenhed).");
        else if (type is null && id is not null) Wrong("recipient.idType", "Angiv CPR, CVR eller P, når modtagerens id er udfyldt.");
        else if (type is not null && id is null) Wrong("recipient.id", $"Angiv modtagerens {type}-nummer, eller udelad idType.");
        if (type is null || id is null) return new LetterRecipient(name, null, type);
        var (digits, problem) = RecipientNumber.Read(type, id);
        if (problem is not null) Wrong("recipient.id", problem);
        return new LetterRecipient(name, digits, type);
    }

    private LetterChannel Channel(string? sent)
    {
        switch (sent?.Trim().ToUpperInvariant())
        {
            case null or "" or "DIGITALPOST": return LetterChannel.DigitalPost;
            case "FYSISKPOST": return LetterChannel.FysiskPost;
            case "AUTOMATISK": return LetterChannel.Automatisk;
            default:
                Wrong("channel", "Skal være DigitalPost, FysiskPost eller Automatisk.");
                return default;
        }
    }

    private ReceiptsOrdered Receipts(string? sent)
    {
        if (string.IsNullOrWhiteSpace(sent)) return ReceiptsOrdered.All;
        if (ReceiptNames.Parse(sent) is { } receipts) return receipts;
        Wrong("receipts", "Skal være all (alle), errors-only (kun fejl) eller none (ingen).");
        return default;
    }

    private string? PostCategory(string? sent)
    {
        var category = Optional("postCategory", sent, 100);
        if (category is null || !CprNumber.IsIn(category)) return category;
        Wrong("postCategory", "Posttypen ligner et CPR-nummer.");
        return null;
    }

    private string? Replaces(string? sent, string letterId)
    {
        if (Optional("replaces", sent, 200) is not { } replaced || IdentifierKey.Of(replaced).Length == 0) return null;
        if (CprNumber.IsIn(replaced)) Wrong("replaces", "Brevets id ligner et CPR-nummer. Brug et id uden personnummer.");
        else if (IdentifierKey.Of(replaced) == IdentifierKey.Of(letterId))
            Wrong("replaces", "Et brev kan ikke være sendt i stedet for sig selv.");
        else return replaced;
        return null;
    }

    private string? KleNumber(string? sent)
    {
        if (Optional("kle", sent, 100) is not { } text) return null;
        if (Kle.Read(text) is { } number) return number;
        Wrong("kle", "Skal være et KLE-nummer, fx 27.45.12, 27.45 eller 27.");
        return null;
    }

    private string? OrganisationUnit(string? sent)
    {
        if (Optional("organisationUnit", sent, 200) is not { } text) return null;
        if (IdentifierKey.Uuid(text) is { } uuid) return uuid.ToString();
        Wrong("organisationUnit", "Skal være organisationsenhedens UUID, fx 5a1b0c9e-0000-4000-8000-000000000001.");
        return null;
    }

    private DateTimeOffset SentAt(string? sent)
    {
        if (string.IsNullOrWhiteSpace(sent))
        {
            Wrong("sentAt", "Feltet skal udfyldes.");
        }
        else if (!IsoMoment.TryRead(sent.Trim(), out var at, mostFraction: int.MaxValue))
        {
            Wrong("sentAt", "Skal være et tidspunkt efter ISO 8601 med tidszone, fx 2023-02-13T12:21:40+01:00.");
        }
        else if (at.Year is < 1990 or > 2200)
        {
            Wrong("sentAt", "Årstallet skal ligge mellem 1990 og 2200.");
        }
        else if (at > _now + FarthestAhead)
        {
            Wrong("sentAt", "Ligger mere end et år ude i fremtiden. Er årstallet rigtigt?");
        }
        else
        {
            return at.ToUniversalTime();
        }

        return default;
    }

    private LetterIdentifiers Identifiers(LetterIdentifiers? sent)
    {
        var before = _problems.Count;
        var identifiers = new LetterIdentifiers
        {
            MessageUuid = Optional("identifiers.messageUuid", sent?.MessageUuid, MaxIdentifier),
            TransmissionId = Optional("identifiers.transmissionId", sent?.TransmissionId, MaxIdentifier),
            MessageId = Optional("identifiers.messageId", sent?.MessageId, MaxIdentifier),
            ForsendelseIdentifikator = Optional("identifiers.forsendelseIdentifikator", sent?.ForsendelseIdentifikator, MaxIdentifier),
            AfsendelseIdentifikator = Optional("identifiers.afsendelseIdentifikator", sent?.AfsendelseIdentifikator, MaxIdentifier),
            CorrelationId = Optional("identifiers.correlationId", sent?.CorrelationId, MaxIdentifier),
        };
        if (_problems.Count == before && StatusMatching.Of(identifiers).Count == 0)
            Wrong("identifiers", "Angiv mindst én identifikator, så statusser kan finde brevet.");
        return identifiers;
    }

    private ValueList<LetterDocument> Documents(IReadOnlyList<DocumentSubmission?>? sent)
    {
        if (sent is null) return [];
        if (sent.Count > MaxDocuments)
        {
            Wrong("documents", $"Højst {MaxDocuments} dokumenter.");
            return [];
        }

        return [.. sent.Select((document, n) =>
        {
            var hash = document?.Sha256?.Trim().ToLowerInvariant() is { Length: > 0 } given ? given : null;
            if (hash is not null && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
                Wrong($"documents[{n}].sha256", "Skal være 64 hexadecimale cifre.");
            return new LetterDocument(Required($"documents[{n}].name", document?.Name, 300), hash);
        })];
    }
}
