using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence.Contested;

/// <summary>
/// What to answer when a citizen contests that a letter arrived: Ankestyrelsen's questions one by one, and what may be written to the
/// citizen. Pure.
/// </summary>
/// <param name="IsPhysical">The questions are those for ordinary post, not those for Digital Post.</param>
internal sealed record ContestedGuide(
    LetterView Letter, bool IsPhysical, IReadOnlyList<ContestedAnswer> Answers, IReadOnlyList<string> MayWrite, string MayNotWrite)
{
    /// <summary>The guide for a letter.</summary>
    /// <param name="recipientNumber">The recipient's number as the document shows it; null when there is none.</param>
    /// <param name="now">Until when nothing has come back.</param>
    public static ContestedGuide Of(LetterView letter, string? recipientNumber, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(letter);
        var isPhysical = LetterPath.IsPhysical(letter);
        return new ContestedGuide(
            letter, isPhysical,
            isPhysical ? PhysicalQuestions.Of(letter, now) : DigitalQuestions.Of(letter, recipientNumber, now),
            isPhysical ? CitizenWords.OfPhysical(letter, now) : CitizenWords.OfDigital(letter),
            CitizenWords.Not(letter));
    }
}

/// <summary>Which way a letter went last. Pure.</summary>
internal static class LetterPath
{
    /// <summary>True when the letter's verdict is about ordinary post: by its decisive or last status, else by its channel.</summary>
    public static bool IsPhysical(LetterView letter) => letter.Verdict switch
    {
        Verdict.HandedToPost or Verdict.Returned => true,
        // A receipt from the recipient of an ordinary letter is an event; a mailbox tells by an action.
        Verdict.Delivered when ArrivalGrounds.Of(letter).Status is { } status => status.EventCode is not null,
        _ => letter.Events.LastOrDefault(e => e.Kind is StatusKind.ProgressDigital or StatusKind.ProgressPhysical or StatusKind.Posted
            or StatusKind.Returned) is { } last
            ? last.Kind != StatusKind.ProgressDigital
            : letter.Channel == LetterChannel.FysiskPost,
    };
}
