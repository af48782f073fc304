using Portal.Features.AccessControl;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Tests.Platform.Access;

/// <summary>An access log in memory; it can be made to fail.</summary>
internal sealed class FakeAccessLog : IAccessLog
{
    public List<(Viewer Viewer, AccessNote Note)> Notes { get; } = [];

    public bool Fails { get; set; }

    /// <summary>Thrown while it is set.</summary>
    public Exception? Error { get; set; }

    public Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        if (Fails) throw new InvalidOperationException("The log takes nothing.");
        Notes.AddRange(notes.Select(n => (viewer, n)));
        return Task.CompletedTask;
    }

    public Task<Page<AccessEntry>> ReadAsync(
        Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
