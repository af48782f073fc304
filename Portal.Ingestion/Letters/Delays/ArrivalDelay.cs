using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>A status of a letter, as far as its delay needs it.</summary>
/// <param name="ByHand">A person put the status to the letter.</param>
internal readonly record struct ReportedArrival(ReportedStatus Told, StatusKind Kind, bool ByHand);

/// <summary>Decides whether a letter's arrival measures how fast receipts come. Pure.</summary>
internal static class ArrivalDelay
{
    /// <summary>
    /// The time from sending to arrival in the mailbox, in ticks; null when the arrival measures nothing. Not measured: physical letters
    /// and receipts of the post; an arrival that only a person put to the letter, since whether it is that letter's is the very question;
    /// and a letter known to be sent on a date without a time, whose delay would be counted from midnight.
    /// </summary>
    public static long? Of(LetterVerdict verdict, LetterChannel channel, DateTimeOffset sentAt, IEnumerable<ReportedArrival> statuses) =>
        verdict is { Verdict: Verdict.Delivered, At: { } at } && channel != LetterChannel.FysiskPost && !DanishTime.IsDateAlone(sentAt)
        && statuses.Any(s => !s.ByHand && s.Kind == StatusKind.Delivered && s.Told.EventCode is null && s.Told.At == at)
            ? at.UtcTicks - sentAt.UtcTicks
            : null;
}
