namespace Portal.Ingestion.Figures;

/// <summary>
/// A letter changed: the database notes it itself, whoever changed it, and <see cref="LetterCountingService"/> counts it again.
/// </summary>
public sealed class StoredLetterChange
{
    /// <summary>One for each change, so that a change made while another is counted is never lost.</summary>
    public long Id { get; set; }

    public long LetterKey { get; set; }
}

/// <summary>How a letter is counted now, so that the next change can take it out of one count and into another.</summary>
public sealed class StoredLetterFigure
{
    public long LetterKey { get; set; }
    public required string Authority { get; set; }

    /// <summary>Empty for none.</summary>
    public required string CaseType { get; set; }

    /// <summary><see cref="Portal.Ingestion.Domain.Time.Month.Number"/> of its sending.</summary>
    public int Month { get; set; }

    /// <summary>The verdict on the wire, <c>evidence-missing</c> included.</summary>
    public required string Verdict { get; set; }

    /// <summary><see cref="ArrivalSpan"/> for a delivered letter; 0 otherwise.</summary>
    public int Span { get; set; }

    /// <summary>While on its way: when evidence counts as missing, UTC.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>When it began to need following up, UTC; null while it needs none.</summary>
    public DateTimeOffset? OpenSince { get; set; }
}

/// <summary>Letters counted by month. Small: it grows with months and kinds of outcome, not with messages.</summary>
public sealed class StoredLetterTally
{
    public required string Authority { get; set; }
    public required string CaseType { get; set; }

    /// <summary>Of sending for verdicts; of the event for <see cref="Opened"/> and <see cref="Solved"/>.</summary>
    public int Month { get; set; }

    /// <summary>A verdict, <see cref="Opened"/> or <see cref="Solved"/>.</summary>
    public required string What { get; set; }

    /// <summary>From sending to arrival for delivered letters, from opening to solution for solved ones; 0 otherwise.</summary>
    public int Span { get; set; }

    public long Count { get; set; }

    /// <summary>A letter began to need following up.</summary>
    public const string Opened = "opened";

    /// <summary>A letter ceased to need following up.</summary>
    public const string Solved = "solved";
}
