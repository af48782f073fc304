using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Ingestion.Letters;

/// <summary>A registration as it stands in the database.</summary>
internal static class RegistrationJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Kept(
        string CaseNumber, string? CaseType, string LetterId, string Title, LetterRecipient Recipient, string Channel, bool Decision,
        DateTimeOffset SentAt, LetterIdentifiers Identifiers, LetterDocument[] Documents);

    public static string Write(LetterRegistration letter) => JsonSerializer.Serialize(
        new Kept(
            letter.CaseNumber, letter.CaseType, letter.LetterId, letter.Title, letter.Recipient, letter.Channel.ToString(), letter.Decision,
            letter.SentAt.ToUniversalTime(), letter.Identifiers, [.. letter.Documents]),
        Options);

    public static LetterRegistration Read(string json)
    {
        var kept = JsonSerializer.Deserialize<Kept>(json, Options)!;
        return new LetterRegistration
        {
            CaseNumber = kept.CaseNumber, CaseType = kept.CaseType, LetterId = kept.LetterId, Title = kept.Title, Recipient = kept.Recipient,
            Channel = Enum.Parse<LetterChannel>(kept.Channel), Decision = kept.Decision, SentAt = kept.SentAt, Identifiers = kept.Identifiers,
            Documents = [.. kept.Documents],
        };
    }
}
