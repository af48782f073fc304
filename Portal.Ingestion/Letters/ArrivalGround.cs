namespace Portal.Ingestion.Letters;

/// <summary>The ground on which a letter counts as arrived: pages and documents must not claim more than it.</summary>
public enum ArrivalGround
{
    /// <summary>The letter is not delivered.</summary>
    None,

    /// <summary>A status whose own identifiers name the letter; a person may have chosen the letter among several that they name.</summary>
    Identifiers,

    /// <summary>A status that a person assigned to the letter; its identifiers do not name the letter.</summary>
    Hand,

    /// <summary>
    /// A status more than <see cref="ArrivalGrounds.ClockDifference"/> before the letter was sent: a clock is wrong, or the status belongs
    /// to another letter.
    /// </summary>
    BeforeSending,
}

/// <summary>Determines the ground of an arrival. Pure.</summary>
public static class ArrivalGrounds
{
    /// <summary>How much the clocks of two systems may differ.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The ground of a letter's verdict <see cref="Verdict.Delivered"/>, and the status it rests on; the status is null when the letter is
    /// not delivered or the status was erased.
    /// </summary>
    public static (ArrivalGround Ground, LetterEvent? Status) Of(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Verdict != Verdict.Delivered) return (ArrivalGround.None, null);
        var status = letter.Events.Where(e => e.Kind == StatusKind.Delivered).OrderByDescending(e => e.At == letter.VerdictAt)
            .ThenBy(e => e.ByHand is { NamesLetter: false }).ThenBy(e => e.ByHand is not null).FirstOrDefault();
        return status switch
        {
            // The status was erased, or is classified differently now: the stored verdict counts as resting on identifiers.
            null => (ArrivalGround.Identifiers, null),
            { At: { } at } when at < letter.SentAt - ClockDifference => (ArrivalGround.BeforeSending, status),
            { ByHand.NamesLetter: false } => (ArrivalGround.Hand, status),
            _ => (ArrivalGround.Identifiers, status),
        };
    }
}
