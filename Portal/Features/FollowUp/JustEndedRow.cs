namespace Portal.Features.FollowUp;

/// <summary>A row that the user just ended: shown in its place as a confirmation, with undo and a field for the reason.</summary>
/// <param name="Revision">The row's revision after it was ended.</param>
/// <param name="AsksWhy">It was ended without a note.</param>
public sealed record JustEndedRow(string RowId, string? CaseNumber, string? Title, int Revision, bool AsksWhy)
{
    /// <summary>The status that was matched to a letter by hand; null when the row ended in another way.</summary>
    public string? BeskedId { get; init; }

    /// <summary>The letter of <see cref="BeskedId"/>.</summary>
    public string? LetterId { get; init; }
}
