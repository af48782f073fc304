using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Portal.Ingestion.Letters;

namespace Portal.Features.Registering.Api;

/// <summary>A registered letter as JSON; the recipient's CPR number is masked.</summary>
public sealed record LetterJson(
    string CaseNumber, string? CaseType, string LetterId, string Title, LetterRecipient Recipient, string Channel, bool Decision,
    DateTimeOffset SentAt,
    LetterIdentifiers Identifiers, IReadOnlyList<LetterDocument> Documents)
{
    /// <summary>The id of the letter instead of which this one is sent; omitted when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Replaces { get; init; }

    /// <inheritdoc cref="LetterRegistration.Kle" />
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kle { get; init; }

    /// <inheritdoc cref="LetterRegistration.OrganisationUnit" />
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OrganisationUnit { get; init; }

    /// <summary>
    /// What the sender should know: what was stored differently than it was sent, and a missing period of appeal; in Danish, omitted when
    /// there is nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    internal static LetterJson Of(LetterRegistration registered)
    {
        var letter = LetterMask.Of(registered);
        return new(
            letter.CaseNumber, letter.CaseType, letter.LetterId, letter.Title, letter.Recipient, letter.Channel.ToString(), letter.Decision,
            letter.SentAt,
            letter.Identifiers, letter.Documents)
        {
            Replaces = letter.Replaces, Kle = letter.Kle, OrganisationUnit = letter.OrganisationUnit,
        };
    }
}

/// <summary>The answer to one letter of a list.</summary>
/// <param name="LetterId">As sent, with CPR numbers masked; null when it was not a string.</param>
/// <param name="Status">201 new, 200 known or corrected, 400 invalid, 403 outside the limits of the caller's role.</param>
/// <param name="Problem">What is wrong; null when the letter was registered.</param>
public sealed record LetterItemJson(string? LetterId, int Status, ProblemDetails? Problem)
{
    /// <summary>
    /// What the sender should know: what was stored differently than it was sent, and a missing period of appeal; in Danish, omitted when
    /// there is nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }
}
