namespace Portal.Ingestion.Letters;

/// <summary>The ground on which a letter counts as arrived: pages and documents must not say more than that.</summary>
public enum ArrivalGround
{
    /// <summary>Nothing says that it arrived.</summary>
    None,

    /// <summary>A status whose own identifiers name the letter; a person may have chosen it among several that they name.</summary>
    Identifiers,

    /// <summary>A status that a person put to the letter; its identifiers do not name it.</summary>
    Hand,

    /// <summary>
    /// A status whose time is before the letter was sent by more than clocks differ: the clocks are wrong, or it is another letter's.
    /// </summary>
    BeforeSending,
}

/// <summary>Determines the ground of an arrival. Pure.</summary>
public static class ArrivalGrounds
{
    /// <summary>How much two systems' clocks may differ.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The ground of a letter's verdict <see cref="Verdict.Delivered"/>, and the status that it is; null when nothing says that it arrived.
    /// </summary>
    public static (ArrivalGround Ground, LetterEvent? Status) Of(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Verdict != Verdict.Delivered) return (ArrivalGround.None, null);
        var status = letter.Events.Where(e => e.Kind == StatusKind.Delivered).OrderByDescending(e => e.At == letter.VerdictAt)
            .ThenBy(e => e.ByHand is { NamesLetter: false }).ThenBy(e => e.ByHand is not null).FirstOrDefault();
        return status switch
        {
            // The status was erased, or its kind is read otherwise now: the verdict was folded from identifiers or is explained by its
            // remark.
            null => (ArrivalGround.Identifiers, null),
            { At: { } at } when at < letter.SentAt - ClockDifference => (ArrivalGround.BeforeSending, status),
            { ByHand.NamesLetter: false } => (ArrivalGround.Hand, status),
            _ => (ArrivalGround.Identifiers, status),
        };
    }
}
