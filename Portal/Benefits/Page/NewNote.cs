using Portal.Benefits.Keeping;

namespace Portal.Benefits.Page;

/// <summary>A note to save.</summary>
public sealed record NewNote(NoteKind Kind, string ElementId, DateOnly Day, Happens? Answer, string Text, string? Evidence);
