using Portal.Ingestion.Access;

namespace Portal.Ingestion.Letters.Work;

/// <summary>A letter that a status may be put to.</summary>
public sealed record LetterChoice(string CaseNumber, string LetterId, string Title, string RecipientName, DateTimeOffset SentAt);

/// <summary>Puts statuses to letters by hand where identifiers cannot.</summary>
public interface IHandMatching
{
    /// <summary>Letters by words of case number, letter id, title or recipient, last sent first; the latest when <paramref name="text"/> is empty.</summary>
    Task<IReadOnlyList<LetterChoice>> FindLettersAsync(Viewer viewer, string? text, int limit, CancellationToken cancellationToken);

    /// <summary>Puts the status of a row to a letter; false when either is not the viewer's, or someone did it meanwhile.</summary>
    Task<bool> AssignAsync(Viewer viewer, string rowId, string letterId, CancellationToken cancellationToken);

    /// <summary>Undoes it: the status goes where its identifiers lead. False when it was undone already.</summary>
    Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);
}
