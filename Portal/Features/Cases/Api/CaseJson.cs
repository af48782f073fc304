using System.Text.Json.Serialization;
using Portal.Features.Messages.Api;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Features.Cases.Api;

/// <summary>A case and its letters as JSON. CPR numbers are masked; times are UTC.</summary>
public sealed record CaseJson(string CaseNumber, string? CaseType, bool Hold, IReadOnlyList<CaseLetterJson> Letters)
{
    /// <summary>Converts a case.</summary>
    public static CaseJson Of(CaseView found) =>
        new(found.CaseNumber, found.CaseType, found.Hold, [.. found.Letters.Select(CaseLetterJson.Of)]);
}

/// <summary>The rule that a last day to appeal is counted by.</summary>
/// <param name="Id">The case type whose period it is.</param>
/// <param name="Words">In Danish.</param>
public sealed record AppealRuleJson(string Id, string Words);

/// <summary>A letter of a case, with its verdict and its statuses.</summary>
/// <param name="AppealDeadline">Last day to appeal, a date in Copenhagen; null when there is none.</param>
/// <param name="Corrections">Later registrations that changed the letter, newest first, with the earlier values.</param>
public sealed record CaseLetterJson(
    string LetterId, string Title, string Channel, bool Decision, DateTimeOffset SentAt, LetterRecipient Recipient, string Verdict,
    DateTimeOffset? VerdictAt, string Explanation, bool Contradiction, DateOnly? AppealDeadline, IReadOnlyList<CaseEventJson> Events,
    IReadOnlyList<LetterCorrection> Corrections)
{
    /// <summary><c>proven</c> when the letter arrived, <c>presumed</c> when it was handed to the post; null without a last day.</summary>
    public string? AppealDeadlineKind { get; init; }

    /// <summary>The letter's case, in a list across cases; within a case the case says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaseNumber { get; init; }

    /// <inheritdoc cref="CaseNumber" />
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CaseType { get; init; }

    /// <summary>The rule; null when no period runs for the letter.</summary>
    public AppealRuleJson? AppealRule { get; init; }

    /// <summary>The day on which a letter handed to the post is presumed to have arrived, a date in Copenhagen.</summary>
    public DateOnly? PresumedArrival { get; init; }

    /// <summary>The receipts that were ordered: <c>all</c>, <c>errors-only</c>, <c>none</c>.</summary>
    public string Receipts { get; init; } = ReceiptNames.All;

    /// <summary>The post product as registered.</summary>
    public string? PostCategory { get; init; }

    /// <inheritdoc cref="LetterRegistration.Kle" />
    public string? Kle { get; init; }

    /// <inheritdoc cref="LetterRegistration.OrganisationUnit" />
    public string? OrganisationUnit { get; init; }

    /// <summary>A letter of a list across cases.</summary>
    internal static CaseLetterJson Listed(LetterView letter) => Of(letter) with
    {
        CaseNumber = letter.CaseNumber, CaseType = CprNumber.MaskInOrNull(letter.CaseType),
    };

    internal static CaseLetterJson Of(LetterView letter) => new(
        letter.LetterId, letter.Title, letter.Channel.ToString(), letter.Decision, letter.SentAt, LetterMask.Shown(letter.Recipient),
        letter.Verdict.ToWire(), letter.VerdictAt, letter.Explanation.Danish, letter.Contradiction, letter.AppealDeadline,
        [.. letter.Events.Select(CaseEventJson.Of)], letter.Corrections)
    {
        AppealDeadlineKind = letter.AppealKind.ToWire(),
        AppealRule = letter.AppealRule is { } rule ? new AppealRuleJson(rule.Id, rule.Words.Danish) : null,
        PresumedArrival = letter.PresumedArrival, Receipts = letter.Receipts.ToWire(), PostCategory = letter.PostCategory,
        Kle = letter.Kle, OrganisationUnit = letter.OrganisationUnit,
    };
}

/// <summary>A status in a letter's timeline.</summary>
public sealed record CaseEventJson(
    string BeskedId, long Sequence, string Status, DateTimeOffset? At, string? Channel, PostError? Error, LedgerJson Ledger)
{
    internal static CaseEventJson Of(LetterEvent status) =>
        new(status.BeskedId, status.Sequence, status.Status, status.At, status.Channel, status.Error,
            LedgerJson.Of(status.Sequence, status.Sha256));
}
