using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Work;

/// <summary>A muted sender, whose letters are never registered here; times are UTC.</summary>
/// <param name="IsChannel">The statuses name no sending system: all statuses of the channel without one are muted.</param>
/// <param name="LiftedAt">Null while the mute is active.</param>
public sealed record MutedSender(
    long Id, string Name, bool IsChannel, string Reason, DateTimeOffset MutedAt, string MutedBy, DateTimeOffset? LiftedAt, string? LiftedBy)
{
    /// <summary>Its statuses are still being muted or, after it was lifted, unmuted.</summary>
    public bool UnderWay { get; init; }
}

/// <summary>The sender of a status.</summary>
/// <param name="IsChannel">The status names no sending system: a mute then covers all statuses of the channel without one, those of the
/// authority's own letters too.</param>
public sealed record StatusSender(string Name, bool IsChannel);

/// <summary>Muted senders: their statuses without a letter are not on the worklist.</summary>
public interface ISenderMutes
{
    /// <summary>The mutes of the viewer's authorities, newest first; lifted ones too.</summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<MutedSender>> ListAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The sender of a row's status; null when it names none, or the viewer may not see it.</summary>
    [Demands(ViewerRights.Cases)]
    Task<StatusSender?> SenderOfAsync(Viewer viewer, string rowId, CancellationToken cancellationToken);

    /// <summary>
    /// Mutes the sender of a row's status; false when the sender is unknown or muted already. The status (when it belongs to one authority
    /// only) and the first chunks of waiting statuses are muted at once; the others follow in the background.
    /// </summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<bool> MuteAsync(Viewer viewer, string rowId, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Lifts a mute: its statuses return to the worklist, the last of them in the background. False when it was lifted already.
    /// </summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<bool> LiftAsync(Viewer viewer, long id, CancellationToken cancellationToken);
}
