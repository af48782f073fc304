using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Notes;

/// <summary>An operating incident as shown; times are UTC.</summary>
/// <param name="To">Null while the incident lasts.</param>
/// <param name="Channel">Null: both digital and physical post.</param>
public sealed record Incident(long Id, DateTimeOffset From, DateTimeOffset? To, LetterChannel? Channel, string Text, DateTimeOffset NotedAt,
    string NotedBy, DateTimeOffset? WithdrawnAt, string? WithdrawnBy);

/// <summary>An incident to be noted.</summary>
public sealed record IncidentDraft(DateTimeOffset From, DateTimeOffset? To, LetterChannel? Channel, string Text)
{
    /// <summary>The id of the late period (<see cref="Delays.LatePeriod"/>) that it was offered for; null for none.</summary>
    public long? LatePeriod { get; init; }
}

/// <summary>A line of a case's history of holds.</summary>
public sealed record HoldEntry(bool On, DateTimeOffset At, string By, string Reason);

/// <summary>What caseworkers record in addition to letters: operating incidents, and cases that must not be erased.</summary>
public interface ICaseNotes
{
    /// <summary>The incidents of the viewer's authorities, newest first; withdrawn ones too.</summary>
    [Demands(ViewerRights.Cases)]
    Task<ValueList<Incident>> IncidentsAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Notes an incident of the viewer's own authority.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not work on cases.</exception>
    [Demands(DemandsAttribute.CaseWork)]
    Task NoteIncidentAsync(Viewer viewer, IncidentDraft draft, CancellationToken cancellationToken);

    /// <summary>Withdraws an incident; false when it is not the viewer's, or withdrawn already.</summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<bool> WithdrawIncidentAsync(Viewer viewer, long id, CancellationToken cancellationToken);

    /// <summary>Puts a hold on a case or removes it; false when nothing changed or the viewer may not see the case.</summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<bool> HoldAsync(Viewer viewer, string caseNumber, bool on, string reason, CancellationToken cancellationToken);
}
