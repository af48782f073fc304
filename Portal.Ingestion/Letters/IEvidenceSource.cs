using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Letters;

/// <summary>What evidence needs and pages do not show. The caller must write the read in the access log first.</summary>
public interface IEvidenceSource
{
    /// <summary>
    /// The exact bytes of the messages matched to those letters of a case that the viewer may see, by sequence number, or why they cannot
    /// be read; erased messages are left out. Only for an evidence package.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyDictionary<long, ContentReading>> BytesAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken);

    /// <summary>
    /// The recipients' person numbers of those letters of a case that the viewer may see, by letter id. Only after a user has clicked
    /// "vis".
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyDictionary<string, CprNumber>> RecipientNumbersAsync(
        Viewer viewer, string caseNumber, CancellationToken cancellationToken);
}
