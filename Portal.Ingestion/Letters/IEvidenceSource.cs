using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Letters;

/// <summary>What evidence needs beyond what pages show. Whoever asks must write it in the access log first.</summary>
public interface IEvidenceSource
{
    /// <summary>
    /// The exact bytes of the messages that are matched to letters of a case which the viewer may see, by sequence number, or why they
    /// cannot be read; those that are erased are missing. Only for an evidence package.
    /// </summary>
    Task<IReadOnlyDictionary<long, ContentReading>> BytesAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken);

    /// <summary>
    /// The recipients' person numbers in the letters of a case that the viewer may see, by letter id. Only after an explicit "vis".
    /// </summary>
    Task<IReadOnlyDictionary<string, CprNumber>> RecipientNumbersAsync(
        Viewer viewer, string caseNumber, CancellationToken cancellationToken);
}
