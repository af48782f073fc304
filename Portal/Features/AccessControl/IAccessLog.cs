using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.AccessControl;

/// <summary>
/// One access to personal data. Never holds a CPR number: a search is noted with its purpose and number of hits, without the number
/// searched for.
/// </summary>
public sealed record AccessNote(AccessKind Kind)
{
    public string? CaseNumber { get; init; }
    public string? LetterId { get; init; }
    public string? BeskedId { get; init; }

    /// <summary>The purpose, as the person typed it.</summary>
    public string? Purpose { get; init; }

    /// <summary>Cases found by a search.</summary>
    public int? Hits { get; init; }

    /// <summary>The number of the evidence document or of the quarantine row.</summary>
    public string? Reference { get; init; }
}

/// <summary>A line of the access log. <c>At</c> is UTC.</summary>
public sealed record AccessEntry(long Id, DateTimeOffset At, string ViewerId, string ViewerName, AccessKind Kind, string? CaseNumber,
    string? LetterId, string? BeskedId, string? Purpose, int? Hits, string? Reference);

/// <summary>A filter of the access log; null does not filter.</summary>
/// <param name="Text">Searched for in the viewer's name and id, case number, letter id, BeskedId and the document's number.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AccessFilter(AccessKind? Kind = null, string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>The log of who saw which personal data.</summary>
public interface IAccessLog
{
    /// <summary>Writes notes before the data is shown. When this throws, the data must not be shown.</summary>
    [Demands(ViewerRights.None)]
    Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken);

    /// <summary>
    /// Lines written by viewers of the viewer's authorities, newest first, at most 1,000 a page; none without
    /// <see cref="ViewerRights.Operate"/>.
    /// </summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    [Demands(ViewerRights.Operate)]
    Task<Page<AccessEntry>> ReadAsync(Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken);
}

/// <summary>Writes a single note.</summary>
public static class AccessLogNotes
{
    /// <summary>Writes one note before the data is shown.</summary>
    public static Task NoteAsync(this IAccessLog log, Viewer viewer, AccessNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.NoteAsync(viewer, [note], cancellationToken);
    }
}
