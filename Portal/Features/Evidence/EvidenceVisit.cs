using Portal.Ingestion.Domain;

namespace Portal.Features.Evidence;

/// <summary>
/// That the prerendered page noted the viewer's access to a document. It travels to the interactive page in the framework's encrypted
/// state, so that one visit is noted once and shows one document number.
/// </summary>
/// <param name="Number">The document's number.</param>
/// <param name="NotedAt">UTC.</param>
public sealed record EvidenceVisit(string ViewerId, string CaseNumber, string? LetterId, string Number, DateTimeOffset NotedAt)
{
    /// <summary>A page that becomes interactive later is a new visit: the state can be sent again from a copy.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>The visit that was noted.</summary>
    public static EvidenceVisit Of(Viewer viewer, EvidenceDossier dossier)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(dossier);
        return new EvidenceVisit(viewer.Id, dossier.Case.CaseNumber, dossier.LetterId, dossier.Number, dossier.MadeAt);
    }

    /// <summary>The viewer's access to this document is noted already.</summary>
    public bool Covers(Viewer viewer, EvidenceDossier dossier)
    {
        var now = Of(viewer, dossier);
        return this with { Number = now.Number, NotedAt = now.NotedAt } == now && now.NotedAt - NotedAt < Longest;
    }
}
