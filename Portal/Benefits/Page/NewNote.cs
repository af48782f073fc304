using Portal.Benefits.Keeping;

namespace Portal.Benefits.Page;

/// <summary>A note to save.</summary>
public sealed record NewNote(NoteKind Kind, string ElementId, DateOnly Day, Happens? Answer, string Text, string? Evidence);

/// <summary>What became of a number.</summary>
/// <param name="Wrong">What was wrong; null when nothing was.</param>
/// <param name="Meanwhile">What a colleague entered for the same moment meanwhile; null when nobody did.</param>
public sealed record MeasureOutcome(string? Wrong, Measurement? Meanwhile)
{
    /// <summary>It was saved.</summary>
    public static MeasureOutcome Saved { get; } = new(null, null);

    /// <summary>It was saved.</summary>
    public bool IsSaved => Wrong is null && Meanwhile is null;
}
