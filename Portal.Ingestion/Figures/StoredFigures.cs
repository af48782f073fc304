namespace Portal.Ingestion.Figures;

/// <summary>
/// A changed letter, written by the database's triggers (<see cref="LetterTriggers"/>) and counted again by
/// <see cref="LetterCountingService"/>.
/// </summary>
public sealed class StoredLetterChange
{
    /// <summary>A row for each change, so that a change made while the letter is counted is not lost.</summary>
    public long Id { get; set; }

    public long LetterKey { get; set; }
}

/// <summary>How a letter is counted now, so that the next change can move it to another count.</summary>
public sealed class StoredLetterFigure
{
    public long LetterKey { get; set; }
    public required string Authority { get; set; }

    /// <summary>Empty for none.</summary>
    public required string CaseType { get; set; }

    /// <summary><see cref="Portal.Ingestion.Domain.Time.Month.Number"/> of the month in which it was sent.</summary>
    public int Month { get; set; }

    /// <summary>
    /// The verdict's wire name, <c>evidence-missing</c> included, or <see cref="StoredLetterTally.Contested"/>.
    /// </summary>
    public required string Verdict { get; set; }

    /// <summary><see cref="ArrivalSpan"/> for a delivered letter; 0 otherwise.</summary>
    public int Span { get; set; }

    /// <summary>While on its way: when evidence counts as missing, UTC.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>When it began to need follow-up, UTC; null while it needs none.</summary>
    public DateTimeOffset? OpenSince { get; set; }

    /// <inheritdoc cref="Letters.StoredLetter.Kle" />
    public int? Kle { get; set; }

    /// <inheritdoc cref="Letters.StoredLetter.OrganisationUnit" />
    public string? OrganisationUnit { get; set; }
}

/// <summary>Letters counted by month. The table grows with months and outcomes, not with messages.</summary>
public sealed class StoredLetterTally
{
    public required string Authority { get; set; }
    public required string CaseType { get; set; }

    /// <summary>The month of sending for verdicts; the month of the event for <see cref="Opened"/> and <see cref="Solved"/>.</summary>
    public int Month { get; set; }

    /// <summary>A verdict, <see cref="Contested"/>, <see cref="Opened"/> or <see cref="Solved"/>.</summary>
    public required string What { get; set; }

    /// <summary>
    /// Step of <see cref="ArrivalSpan"/>: from sending to arrival for delivered letters, from opening to solution for solved ones; 0
    /// otherwise.
    /// </summary>
    public int Span { get; set; }

    public long Count { get; set; }

    /// <summary>
    /// Delivered, but contested: a failure, return or recall speaks against the arrival, or it lies before the sending. Counted apart,
    /// since it is no evidence and its time measures nothing.
    /// </summary>
    public const string Contested = "contested";

    /// <summary>A letter began to need follow-up.</summary>
    public const string Opened = "opened";

    /// <summary>A letter ceased to need follow-up.</summary>
    public const string Solved = "solved";
}

/// <summary>
/// The same counts by KLE number and organisation unit, for viewers with limits. Letters with neither are in
/// <see cref="StoredLetterTally"/> alone, since they are within no such limit.
/// </summary>
public sealed class StoredSubjectTally : Domain.ILimitedRow
{
    public long Id { get; set; }
    public required string Authority { get; set; }
    public int? Kle { get; set; }
    public string? OrganisationUnit { get; set; }
    public required string CaseType { get; set; }

    /// <inheritdoc cref="StoredLetterTally.Month" />
    public int Month { get; set; }

    /// <inheritdoc cref="StoredLetterTally.What" />
    public required string What { get; set; }

    /// <inheritdoc cref="StoredLetterTally.Span" />
    public int Span { get; set; }

    public long Count { get; set; }
}
