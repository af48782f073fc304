using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Catalogue;

/// <summary>A message type as the catalogue shows it.</summary>
/// <param name="Beskedtype">UUID in lower case, or the URN as written.</param>
/// <param name="Name">Name, or "ukendt type".</param>
/// <param name="Tells">What its messages tell, in Danish; empty when unknown.</param>
/// <param name="Known">False for a type that was added when its first message came.</param>
/// <param name="Confidential">True until an administrator marks the type as open.</param>
/// <param name="Total">Messages that the viewer may count.</param>
/// <param name="LastDay">Messages in the last 24 hours.</param>
/// <param name="LastReceivedAt">UTC.</param>
public sealed record CatalogueType(
    string Beskedtype, string Name, string Tells, bool Known, bool Confidential, long Total, long LastDay, DateTimeOffset? FirstSeenAt,
    DateTimeOffset? LastReceivedAt);

/// <summary>The catalogue of message types.</summary>
public interface ICatalogue
{
    /// <summary>
    /// Types with volumes within the viewer's authorities, known ones first, then by volume. Needs <see cref="ViewerRights.Catalogue"/>.
    /// </summary>
    [Demands(ViewerRights.Catalogue)]
    Task<IReadOnlyList<CatalogueType>> ListAsync(Viewer viewer, CancellationToken cancellationToken);
}
