using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters.Delays;

/// <summary>Receipts that are late everywhere in an authority now. Names nobody.</summary>
/// <param name="Since">UTC.</param>
/// <param name="Figures">Of the letters that arrived within the last hour.</param>
/// <param name="DeadlineHours">The deadline that the median is above half of.</param>
/// <param name="Waiting">Letters without evidence that are not on the worklist because of it.</param>
public sealed record LateReceipts(
    string Authority, DateTimeOffset Since, DelayFigures Figures, int DeadlineHours, long Waiting);

/// <summary>The letters of an authority that arrived in each of the last 24 hours, newest first. Names nobody.</summary>
public sealed record AuthorityDelays(string Authority, ValueList<HourlyDelay> Hours);

/// <summary>A period of late receipts that is over.</summary>
/// <param name="From">UTC.</param>
/// <param name="To">UTC.</param>
/// <param name="WorstMedian">The highest median that was measured in it.</param>
public sealed record LatePeriod(long Id, DateTimeOffset From, DateTimeOffset To, TimeSpan WorstMedian)
{
    /// <summary>What an operating incident says of it, before a person has changed the words.</summary>
    public LocalizedText IncidentText =>
        LocalizedText.Of("LateReceiptsIncident", (long)WorstMedian.TotalHours, WorstMedian.Minutes);
}

/// <summary>
/// How long digital letters take from sending to arrival, and when receipts are late everywhere: of the viewer's authorities only, each
/// measured by itself.
/// </summary>
public interface IReceiptDelays
{
    /// <summary>
    /// The viewer's authorities whose receipts are late now. Needs <see cref="ViewerRights.Cases"/> or
    /// <see cref="ViewerRights.Operate"/>; otherwise there are none.
    /// </summary>
    [Demands(ViewerRights.Cases, Or = ViewerRights.Operate)]
    Task<ValueList<LateReceipts>> LateAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// The delays of each of the viewer's authorities, at most ten seconds old; empty without <see cref="ViewerRights.Operate"/>.
    /// </summary>
    [Demands(ViewerRights.Operate)]
    Task<ValueList<AuthorityDelays>> HoursAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// The periods that are over and that nobody has noted or dismissed, newest first; empty without <see cref="ViewerRights.Cases"/>.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<ValueList<LatePeriod>> OfferedAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Dismisses a period that is offered; false when it is not, or not the viewer's.</summary>
    [Demands(DemandsAttribute.CaseWork)]
    Task<bool> DismissAsync(Viewer viewer, long id, CancellationToken cancellationToken);
}
