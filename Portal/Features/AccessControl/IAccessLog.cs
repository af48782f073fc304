using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.AccessControl;

/// <summary>
/// One access to personal data. No line of the log holds a CPR number: texts are masked, and a person searched for is a keyed hash.
/// </summary>
public sealed record AccessNote(AccessKind Kind)
{
    public string? CaseNumber { get; init; }
    public string? LetterId { get; init; }
    public string? BeskedId { get; init; }

    /// <summary>The purpose, as the person typed it.</summary>
    public string? Purpose { get; init; }

    /// <summary>What was searched for, or the filter; null for a search by number.</summary>
    public string? Text { get; init; }

    /// <summary>Rows that a search or a list showed.</summary>
    public int? Hits { get; init; }

    /// <summary>The number of the evidence document or of the quarantine row.</summary>
    public string? Reference { get; init; }

    /// <summary>The person searched for; the log keeps a keyed hash.</summary>
    public CprNumber? Person { get; init; }

    /// <summary>The viewer was refused: entered when what was asked for exists, under the authority whose it is.</summary>
    public bool Refused { get; init; }

    /// <summary>The case number of each row that a list showed, by which its line is put under the authorities of the data.</summary>
    public IReadOnlyList<string>? OfCases { get; init; }
}

/// <summary>A line of the access log. <c>At</c> is UTC.</summary>
/// <param name="Number">The leaf's number in the log, from 1.</param>
/// <param name="Kind">Null for a kind of a later version.</param>
/// <param name="Record">What was entered.</param>
public sealed record AccessEntry(long Number, AccessKind? Kind, AccessRecord Record);

/// <summary>A filter of the access log; null does not filter.</summary>
/// <param name="Text">Searched for in the viewer's name and id, case number, letter id, BeskedId, searched text and the document's
/// number.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AccessFilter(AccessKind? Kind = null, string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>A part of the name or the id of the person or key.</summary>
    public string? Who { get; init; }

    /// <summary>The case, however its number is written.</summary>
    public string? CaseNumber { get; init; }
}

/// <summary>The log of who saw which personal data.</summary>
public interface IAccessLog
{
    /// <summary>Writes notes durably before the data is given out.</summary>
    /// <exception cref="AccessLogUnavailableException">The log cannot be written: the data must not be given out.</exception>
    [Demands(ViewerRights.None)]
    Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken);

    /// <summary>
    /// Lines about data of the viewer's authorities, newest first, at most 1,000 a page; none without
    /// <see cref="ViewerRights.AccessLog"/>. Includes all that was seen in this process before the call.
    /// </summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    [Demands(ViewerRights.AccessLog)]
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
