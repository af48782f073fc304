using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Page;

/// <summary>A note to save.</summary>
/// <param name="Seen">The number of the newest note of the same kind at the same box that its writer has seen; 0 for none.</param>
public sealed record NewNote(NoteKind Kind, string ElementId, DateOnly Day, Occurrence? Answer, string Text, string? Evidence, long Seen);

/// <summary>What became of a note.</summary>
/// <param name="Wrong">What was wrong; null when nothing was.</param>
/// <param name="Meanwhile">What a colleague wrote in the same place meanwhile; null when nobody did.</param>
public sealed record NoteOutcome(string? Wrong, BenefitNote? Meanwhile)
{
    /// <summary>True when it was saved.</summary>
    public static NoteOutcome Saved { get; } = new(null, null);

    /// <summary>True when it was saved.</summary>
    public bool IsSaved => Wrong is null && Meanwhile is null;
}

/// <summary>What became of a number.</summary>
/// <param name="Wrong">What was wrong; null when nothing was.</param>
/// <param name="Meanwhile">What a colleague entered for the same moment meanwhile; null when nobody did.</param>
public sealed record MeasureOutcome(string? Wrong, Measurement? Meanwhile)
{
    /// <summary>True when it was saved.</summary>
    public static MeasureOutcome Saved { get; } = new(null, null);

    /// <summary>True when it was saved.</summary>
    public bool IsSaved => Wrong is null && Meanwhile is null;
}
