using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Work;

/// <summary>A sender whose letters are never registered here; times UTC.</summary>
/// <param name="IsChannel">The statuses tell no sending system; all of the channel that tell none are muted.</param>
/// <param name="LiftedAt">Null while it holds.</param>
public sealed record MutedSender(
    long Id, string Name, bool IsChannel, string Reason, DateTimeOffset MutedAt, string MutedBy, DateTimeOffset? LiftedAt, string? LiftedBy)
{
    /// <summary>Its statuses are still being put aside, or, when it is lifted, put back.</summary>
    public bool UnderWay { get; init; }
}

/// <summary>Who a status is from.</summary>
/// <param name="IsChannel">It tells no sending system: muted, everything through that channel that tells none is silent, the authority's
/// own letters too.</param>
public sealed record StatusSender(string Name, bool IsChannel);

/// <summary>Senders whose statuses without a letter are not work.</summary>
public interface ISenderMutes
{
    /// <summary>The mutes of the viewer's authorities, newest first; lifted ones too.</summary>
    Task<IReadOnlyList<MutedSender>> ListAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Who the status of a row is from; null when it does not tell, or is not the viewer's to see.</summary>
    Task<StatusSender?> SenderOfAsync(Viewer viewer, string rowId, CancellationToken cancellationToken);

    /// <summary>
    /// Mutes the sender of a row's status; false when it is unknown or is muted already. It holds at once for that status and for the
    /// newest that wait; the others follow in the background.
    /// </summary>
    Task<bool> MuteAsync(Viewer viewer, string rowId, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Lifts a mute: what it put aside is work again, little by little in the background. False when it was lifted already.
    /// </summary>
    Task<bool> LiftAsync(Viewer viewer, long id, CancellationToken cancellationToken);
}
