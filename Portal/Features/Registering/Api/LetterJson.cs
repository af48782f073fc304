using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Portal.Ingestion.Letters;

namespace Portal.Features.Registering.Api;

/// <summary>A letter as registered; the recipient's person number is masked.</summary>
public sealed record LetterJson(
    string CaseNumber, string? CaseType, string LetterId, string Title, LetterRecipient Recipient, string Channel, bool Decision,
    DateTimeOffset SentAt,
    LetterIdentifiers Identifiers, IReadOnlyList<LetterDocument> Documents)
{
    /// <summary>What was taken otherwise than it was sent, in Danish; left out when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    internal static LetterJson Of(LetterRegistration registered)
    {
        var letter = LetterMask.Of(registered);
        return new(
            letter.CaseNumber, letter.CaseType, letter.LetterId, letter.Title, letter.Recipient, letter.Channel.ToString(), letter.Decision,
            letter.SentAt,
            letter.Identifiers, letter.Documents);
    }
}

/// <summary>The answer to one letter of a list.</summary>
/// <param name="LetterId">As sent, a person number in it masked; null when it was not a text.</param>
/// <param name="Status">201 new, 200 known, 400 wrong.</param>
/// <param name="Problem">What is wrong; null when the letter was taken.</param>
public sealed record LetterItemJson(string? LetterId, int Status, ProblemDetails? Problem)
{
    /// <summary>What was taken otherwise than it was sent, in Danish; left out when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }
}
