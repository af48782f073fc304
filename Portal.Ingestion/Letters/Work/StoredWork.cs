namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// What people did with a row of the worklist. The row itself is a question to letters and statuses; this is stored next to it from the
/// first action on it, and stays when the row is gone.
/// </summary>
public sealed class StoredWork
{
    /// <summary>0 a letter, 1 a status.</summary>
    public int Rank { get; set; }

    /// <summary>The letter's key, or the status' sequence number.</summary>
    public long Key { get; set; }

    public required string Authority { get; set; }
    public string? OwnerId { get; set; }
    public string? OwnerName { get; set; }

    /// <summary>When it was solved by hand, UTC; null while it is open.</summary>
    public DateTimeOffset? SolvedAt { get; set; }

    /// <summary>The highest sequence number of the letter's statuses when it was solved: what comes after may be a new reason.</summary>
    public long SolvedThrough { get; set; }

    /// <summary>Sent again, and the letter that replaces it is not registered yet.</summary>
    public bool AwaitsReplacement { get; set; }

    /// <summary>Counts changes; an action on an older revision is refused.</summary>
    public int Revision { get; set; }
}

/// <summary>One thing that was done with a row, by whom and why. Never changed.</summary>
public sealed class StoredWorkEntry
{
    public long Id { get; set; }
    public int Rank { get; set; }
    public long Key { get; set; }
    public required string Authority { get; set; }

    /// <summary>A <see cref="WorkActionKind"/> by name.</summary>
    public required string Deed { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The person's id; empty for what happened by itself.</summary>
    public required string ById { get; set; }

    public required string ByName { get; set; }

    /// <summary>Why, or what was said; CPR numbers masked.</summary>
    public string? Text { get; set; }

    /// <summary>The other letter's id, the person's name or the message's BeskedId that the deed is about.</summary>
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

/// <summary>A status that a person put to a letter: no rule moves it while this exists.</summary>
public sealed class StoredHandMatch
{
    public long Sequence { get; set; }
    public long LetterKey { get; set; }
    public DateTimeOffset At { get; set; }
    public required string ById { get; set; }
    public required string ByName { get; set; }
}

/// <summary>A sender whose letters are never registered here: its statuses without a letter are not work.</summary>
public sealed class StoredMutedSender
{
    public long Id { get; set; }
    public required string Authority { get; set; }

    /// <summary>One of <see cref="SenderName.KeysOf"/>.</summary>
    public required string Sender { get; set; }

    public required string Reason { get; set; }
    public DateTimeOffset MutedAt { get; set; }
    public required string MutedBy { get; set; }

    /// <summary>When it was lifted, UTC; null while it holds.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    public string? LiftedBy { get; set; }

    /// <summary>
    /// How far the statuses have been looked at: those up to this number are put aside, or after <see cref="LiftedAt"/> wait again. What is
    /// done in the background continues from here.
    /// </summary>
    public long Through { get; set; }

    /// <summary>The last status there was when it was muted or lifted: while <see cref="Through"/> is less, that is under way.</summary>
    public long Target { get; set; }
}
