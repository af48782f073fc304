using System.Globalization;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// The state that actions gave a row of the worklist. The row itself is a query of letters and statuses; this is stored at the first action
/// on it, and stays when the row is gone.
/// </summary>
public sealed class StoredWork
{
    /// <summary>0 for a letter, 1 for a status.</summary>
    public int Rank { get; set; }

    /// <summary>The letter's key, or the status' (<see cref="WorkRow.KeyOf"/>).</summary>
    public long Key { get; set; }

    public required string Authority { get; set; }
    public string? OwnerId { get; set; }
    public string? OwnerName { get; set; }

    /// <summary>When it was solved by hand, UTC; null while it is open.</summary>
    public DateTimeOffset? SolvedAt { get; set; }

    /// <summary>The highest sequence number of the letter's statuses when it was solved: a later status may be a new reason.</summary>
    public long SolvedThrough { get; set; }

    /// <summary>Sent again, and the letter that replaces it is not registered yet.</summary>
    public bool AwaitsReplacement { get; set; }

    /// <summary>Counts changes; an action based on an older revision is refused, except a note or call.</summary>
    public int Revision { get; set; }
}

/// <summary>An action on a row, with who did it and why. Never changed.</summary>
public sealed class StoredWorkEntry
{
    public long Id { get; set; }
    public int Rank { get; set; }
    public long Key { get; set; }
    public required string Authority { get; set; }

    /// <summary>A <see cref="WorkActionKind"/> by name.</summary>
    public required string Action { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The person's id; empty for an action of the system.</summary>
    public required string ById { get; set; }

    public required string ByName { get; set; }

    /// <summary>Why, or what was said; CPR numbers masked.</summary>
    public string? Text { get; set; }

    /// <summary>The other letter's id, the person's name or the message's BeskedId that the action is about.</summary>
    public string? Other { get; set; }
}

/// <summary>A letter that was sent again as another letter.</summary>
public sealed class StoredReplacement
{
    public long LetterKey { get; set; }

    /// <summary>The letter that replaces it.</summary>
    public long ByKey { get; set; }
    public DateTimeOffset At { get; set; }
    public required string ByName { get; set; }
}

/// <summary>A status that a person assigned to a letter: it is not matched again while this exists.</summary>
public sealed class StoredHandMatch
{
    public long Sequence { get; set; }

    /// <summary>See <see cref="Log.ReportedStatus.Part"/>.</summary>
    public int Part { get; set; }
    public long LetterKey { get; set; }
    public DateTimeOffset At { get; set; }
    public required string ById { get; set; }
    public required string ByName { get; set; }
}

/// <summary>A muted sender, whose letters are never registered here: its statuses without a letter are not on the worklist.</summary>
public sealed class StoredMutedSender
{
    public long Id { get; set; }
    public required string Authority { get; set; }

    /// <summary>One of <see cref="SenderName.KeysOf"/>.</summary>
    public required string Sender { get; set; }

    public required string Reason { get; set; }
    public DateTimeOffset MutedAt { get; set; }
    public required string MutedBy { get; set; }

    /// <summary>When it was lifted, UTC; null while it is active.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    public string? LiftedBy { get; set; }

    /// <summary>
    /// The position: the sequence number up to which statuses have been examined and muted or, after <see cref="LiftedAt"/>, unmuted. The
    /// background work continues from here.
    /// </summary>
    public long Through { get; set; }

    /// <summary>
    /// The last status when it was muted or lifted: while <see cref="Through"/> is lower, muting or lifting is not finished.
    /// </summary>
    public long Target { get; set; }
}

/// <summary>
/// The id of a worklist row: <c>l-12</c> for a letter, <c>s-34</c> for a status, <c>s-34.1</c> for another letter's status of the same
/// message.
/// </summary>
internal readonly record struct WorkRow(int Rank, long Key)
{
    public const int Letter = 0;
    public const int Status = 1;

    // Sequence numbers stay below this: a thousand billion messages.
    public const long PartSize = 1L << 40;

    /// <summary>The key of a status' row: the sequence number, for nearly all, plus a multiple for further parts of the message.</summary>
    public static long KeyOf(long sequence, int part) => sequence + (part * PartSize);

    /// <summary>The sequence number of a status' row.</summary>
    public static long SequenceOf(long key) => key % PartSize;

    /// <summary>The part of a status' row.</summary>
    public static int PartOf(long key) => (int)(key / PartSize);

    /// <summary>The row of a status.</summary>
    public static WorkRow OfStatus(long sequence, int part) => new(Status, KeyOf(sequence, part));

    public override string ToString() => Rank == Letter
        ? string.Create(CultureInfo.InvariantCulture, $"l-{Key}")
        : PartOf(Key) == 0 ? string.Create(CultureInfo.InvariantCulture, $"s-{Key}")
        : string.Create(CultureInfo.InvariantCulture, $"s-{SequenceOf(Key)}.{PartOf(Key)}");

    /// <summary>Parses an id; null for any other text.</summary>
    public static WorkRow? Parse(string? id)
    {
        if (id is not ['l' or 's', '-', ..]) return null;
        var number = id.AsSpan(2);
        var part = 0;
        if (id[0] == 's' && number.IndexOf('.') is >= 0 and var at)
        {
            if (!int.TryParse(number[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out part)
                || part > ReportedStatuses.Most)
            {
                return null;
            }

            number = number[..at];
        }

        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var key)) return null;
        return id[0] == 'l' ? new WorkRow(Letter, key) : key < PartSize ? OfStatus(key, part) : null;
    }
}
