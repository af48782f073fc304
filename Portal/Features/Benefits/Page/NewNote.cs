using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Page;

/// <summary>A note to save.</summary>
/// <param name="Seen">The id of the newest note of the same kind on the same box that its writer has seen; 0 for none.</param>
public sealed record NewNote(NoteKind Kind, string ElementId, DateOnly Day, Occurrence? Answer, string Text, string? Evidence, long Seen);

/// <summary>The outcome of saving a note.</summary>
/// <param name="Wrong">What was wrong; null when nothing was.</param>
/// <param name="Meanwhile">The note that a colleague wrote on the same box meanwhile; null for none.</param>
public sealed record NoteOutcome(string? Wrong, BenefitNote? Meanwhile)
{
    /// <summary>The outcome when it was saved.</summary>
    public static NoteOutcome Saved { get; } = new(null, null);

    /// <summary>True when it was saved.</summary>
    public bool IsSaved => Wrong is null && Meanwhile is null;
}

/// <summary>The outcome of saving a measurement.</summary>
/// <param name="Wrong">What was wrong; null when nothing was.</param>
/// <param name="Meanwhile">What a colleague entered for the same time meanwhile; null for none.</param>
public sealed record MeasureOutcome(string? Wrong, Measurement? Meanwhile)
{
    /// <summary>The outcome when it was saved.</summary>
    public static MeasureOutcome Saved { get; } = new(null, null);

    /// <summary>True when it was saved.</summary>
    public bool IsSaved => Wrong is null && Meanwhile is null;
}
