using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>Reads and writes a registration as it is stored.</summary>
internal static class RegistrationJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Kept(
        string CaseNumber, string? CaseType, string LetterId, string Title, LetterRecipient Recipient, string Channel, bool Decision,
        DateTimeOffset SentAt, LetterIdentifiers Identifiers, LetterDocument[] Documents)
    {
        /// <summary>Absent in registrations of earlier versions, and for what is usual.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Receipts { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? PostCategory { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Replaces { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Kle { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? OrganisationUnit { get; init; }
    }

    public static string Write(LetterRegistration letter) => JsonSerializer.Serialize(
        new Kept(
            letter.CaseNumber, letter.CaseType, letter.LetterId, letter.Title, letter.Recipient, letter.Channel.ToString(), letter.Decision,
            letter.SentAt.ToUniversalTime(), letter.Identifiers, [.. letter.Documents])
        {
            Receipts = letter.Receipts == ReceiptsOrdered.All ? null : letter.Receipts.ToWire(), PostCategory = letter.PostCategory,
            Replaces = letter.Replaces, Kle = letter.Kle, OrganisationUnit = letter.OrganisationUnit,
        },
        Options);

    /// <summary>The registration, or null when the text is damaged or has values that only a later version knows.</summary>
    public static LetterRegistration? TryRead(string json)
    {
        try
        {
            return Read(json)
                is { Identifiers: not null, Recipient: not null, LetterId: not null, CaseNumber: not null, Title: not null } registration
                ? registration
                : null;
        }
        catch (Exception unreadable)
            when (unreadable is JsonException or ArgumentException or NullReferenceException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// The registration of a stored letter; when its JSON cannot be read, the values of the letter's row, without identifiers and
    /// documents.
    /// </summary>
    /// <param name="whole">False when the JSON could not be read.</param>
    public static LetterRegistration Of(Portal.Ingestion.Letters.StoredLetter stored, out bool whole)
    {
        var read = TryRead(stored.RegistrationJson);
        whole = read is not null;
        return read ?? new LetterRegistration
        {
            CaseNumber = stored.CaseNumber, CaseType = stored.CaseType, LetterId = stored.LetterId, Title = stored.Title,
            Recipient = new LetterRecipient(stored.RecipientName, stored.RecipientId, stored.RecipientIdType),
            Channel = LetterChannels.Of(stored.Channel),
            Decision = stored.Decision, SentAt = stored.SentAt, Identifiers = new LetterIdentifiers(), Documents = [],
            Receipts = ReceiptNames.Parse(stored.Receipts) ?? ReceiptsOrdered.All,
            Kle = stored.Kle is { } code ? Kle.OfCode(code) : null, OrganisationUnit = stored.OrganisationUnit,
        };
    }

    /// <exception cref="JsonException">The text is damaged; the other exceptions that <see cref="TryRead"/> catches mean the
    /// same.</exception>
    public static LetterRegistration Read(string json)
    {
        var kept = JsonSerializer.Deserialize<Kept>(json, Options)!;
        return new LetterRegistration
        {
            CaseNumber = kept.CaseNumber, CaseType = kept.CaseType, LetterId = kept.LetterId, Title = kept.Title, Recipient =
                kept.Recipient, Channel = LetterChannels.TryOf(kept.Channel) ?? throw new FormatException("The channel is unknown."),
            Decision = kept.Decision, SentAt = kept.SentAt, Identifiers = kept.Identifiers,
            Documents = [.. kept.Documents],
            Receipts = kept.Receipts is null ? ReceiptsOrdered.All
                : ReceiptNames.Parse(kept.Receipts) ?? throw new FormatException("The ordered receipts are unknown."),
            PostCategory = kept.PostCategory, Replaces = kept.Replaces, Kle = kept.Kle, OrganisationUnit = kept.OrganisationUnit,
        };
    }
}
