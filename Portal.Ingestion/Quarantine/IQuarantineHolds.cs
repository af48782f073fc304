using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Quarantine;

/// <summary>What someone wants a cause to be held with.</summary>
/// <param name="Why">The reason, in the person's words.</param>
/// <param name="Owner">Who works on it.</param>
/// <param name="Until">The Copenhagen day of review: from its beginning the rows are counted again.</param>
/// <param name="Link">An https address with more about it, such as a case at the supplier; null or blank for none.</param>
public sealed record HoldDraft(string Why, string Owner, DateOnly Until, string? Link);

/// <summary>What is wrong with a draft.</summary>
public enum HoldProblem
{
    WhyMissing,
    OwnerMissing,

    /// <summary>The day is today or past, or further ahead than <see cref="HoldRules.LongestDays"/>.</summary>
    DayOutside,

    /// <summary>Not an absolute https address, too long, or with a user name or a person number in it.</summary>
    LinkRefused,
}

/// <summary>A cause that is or was held, until it is released.</summary>
/// <param name="Until">The Copenhagen day of review.</param>
/// <param name="Link">Always https.</param>
/// <param name="HeldAt">UTC.</param>
/// <param name="IsOver">The day of review has come: the rows are counted again.</param>
/// <param name="Count">Open rows of the cause that the viewer sees.</param>
public sealed record QuarantineHold(
    QuarantineReason Reason, string Detail, string Why, string Owner, DateOnly Until, Uri? Link, DateTimeOffset HeldAt, string HeldBy,
    bool IsOver, long Count)
{
    /// <summary>The cause's <see cref="QuarantineCause.Key"/>.</summary>
    public string Key { get; } = QuarantineCause.KeyOf(Reason, Detail);
}

/// <summary>
/// Holds causes of the quarantine: a known cause that someone works on is not counted as waiting, with its new rows, until a day. Nothing
/// is lost or closed by it.
/// </summary>
public interface IQuarantineHolds
{
    /// <summary>The causes that are held, the earliest day first; those whose day has come stay listed until they are released.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<IReadOnlyList<QuarantineHold>> ListAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Holds a cause at the viewer's authorities that have rows of it, instead of an earlier hold. False when the viewer may not operate,
    /// the draft has a problem (<see cref="HoldRules"/>), or there are no rows of the cause.
    /// </summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<bool> HoldAsync(
        Viewer viewer, QuarantineReason reason, string detail, HoldDraft draft, CancellationToken cancellationToken);

    /// <summary>Releases a held cause: its rows are counted again. False when the viewer may not operate or nothing is held.</summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<bool> ReleaseAsync(Viewer viewer, QuarantineReason reason, string detail, CancellationToken cancellationToken);
}
