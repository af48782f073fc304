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

/// <summary>A letter of a case, with its verdict and its statuses.</summary>
/// <param name="AppealDeadline">Last day to appeal, a date in Copenhagen; null when there is none.</param>
/// <param name="Corrections">Later registrations that changed the letter, newest first, with the earlier values.</param>
public sealed record CaseLetterJson(
    string LetterId, string Title, string Channel, bool Decision, DateTimeOffset SentAt, LetterRecipient Recipient, string Verdict,
    DateTimeOffset? VerdictAt, string Explanation, bool Contradiction, DateOnly? AppealDeadline, IReadOnlyList<CaseEventJson> Events,
    IReadOnlyList<LetterCorrection> Corrections)
{
    internal static CaseLetterJson Of(LetterView letter) => new(
        letter.LetterId, letter.Title, letter.Channel.ToString(), letter.Decision, letter.SentAt, LetterMask.Shown(letter.Recipient),
        letter.Verdict.ToWire(), letter.VerdictAt, letter.Explanation.Danish, letter.Contradiction, letter.AppealDeadline,
        [.. letter.Events.Select(CaseEventJson.Of)], letter.Corrections);
}

/// <summary>A status in a letter's timeline.</summary>
public sealed record CaseEventJson(
    string BeskedId, long Sequence, string Status, DateTimeOffset? At, string? Channel, PostError? Error, LedgerJson Ledger)
{
    internal static CaseEventJson Of(LetterEvent status) =>
        new(status.BeskedId, status.Sequence, status.Status, status.At, status.Channel, status.Error,
            LedgerJson.Of(status.Sequence, status.Sha256));
}
