namespace Portal.Features.FollowUp;

/// <summary>
/// A row that someone just ended: it stays where it was as a confirmation, so that it can be taken back and its why be written.
/// </summary>
/// <param name="Revision">The row's revision after it was ended.</param>
/// <param name="AsksWhy">It was ended with one press, without a word.</param>
public sealed record JustEndedRow(string RowId, string? CaseNumber, string? Title, int Revision, bool AsksWhy)
{
    /// <summary>The status that was put to a letter by hand; null when the row ended in another way.</summary>
    public string? BeskedId { get; init; }

    /// <summary>That letter.</summary>
    public string? LetterId { get; init; }
}
