using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.AccessControl;

/// <summary>
/// Something that was shown on demand. Never a person number: of a search the purpose and the number of hits are here, not what was
/// searched for.
/// </summary>
/// <param name="Kind">What kind.</param>
public sealed record AccessNote(AccessKind Kind)
{
    public string? CaseNumber { get; init; }
    public string? LetterId { get; init; }
    public string? BeskedId { get; init; }

    /// <summary>Why, as the person wrote it.</summary>
    public string? Purpose { get; init; }

    /// <summary>Cases found by a search.</summary>
    public int? Hits { get; init; }

    /// <summary>The evidence document's number, or the quarantine row's.</summary>
    public string? Reference { get; init; }
}

/// <summary>A line of the access log. Times UTC.</summary>
public sealed record AccessEntry(long Id, DateTimeOffset At, string ViewerId, string ViewerName, AccessKind Kind, string? CaseNumber,
    string? LetterId, string? BeskedId, string? Purpose, int? Hits, string? Reference);

/// <summary>Which lines; null narrows nothing.</summary>
/// <param name="Text">Found in the name of who saw, case number, letter id, BeskedId or the document's number.</param>
/// <param name="From">From this moment on.</param>
/// <param name="To">Before this moment.</param>
public sealed record AccessFilter(AccessKind? Kind = null, string? Text = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Who saw which personal data (DOMAIN §4).</summary>
public interface IAccessLog
{
    /// <summary>Notes what is about to be shown. When this throws, it must not be shown.</summary>
    Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken);

    /// <summary>
    /// Lines about data of the viewer's authorities, newest first; none for a viewer without <see cref="ViewerRights.Operate"/>.
    /// </summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<Page<AccessEntry>> ReadAsync(Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken);
}

/// <summary>Single notes.</summary>
public static class AccessLogNotes
{
    /// <summary>Notes one thing.</summary>
    public static Task NoteAsync(this IAccessLog log, Viewer viewer, AccessNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.NoteAsync(viewer, [note], cancellationToken);
    }
}
