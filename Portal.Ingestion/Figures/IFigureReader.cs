using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Figures;

/// <summary>Letters counted by month. Names nobody.</summary>
public sealed class LetterCounts
{
    private readonly ILookup<Month, (string What, int Span, long Count)> _rows;

    /// <param name="rows">Month, what (a verdict's wire name, <c>contested</c>, <c>opened</c> or
    /// <c>solved</c>), step of <see cref="ArrivalSpan"/>,
    /// count.</param>
    public LetterCounts(IEnumerable<(Month Month, string What, int Span, long Count)> rows) =>
        _rows = rows.Where(r => r.Count != 0).ToLookup(r => r.Month, r => (r.What, r.Span, r.Count));

    /// <summary>Empty counts.</summary>
    public static LetterCounts None { get; } = new([]);

    /// <summary>Letters sent in the months.</summary>
    public long Letters(IEnumerable<Month> months) =>
        months.Sum(m => _rows[m].Where(r => r.What is not StoredLetterTally.Opened and not StoredLetterTally.Solved).Sum(r => r.Count));

    /// <summary>Letters sent in the months that have the verdict now.</summary>
    public long Of(IEnumerable<Month> months, Verdict verdict)
    {
        var (wire, contested) = (verdict.ToWire(), verdict == Verdict.Delivered);
        return months.Sum(m =>
            _rows[m].Where(r => r.What == wire || (contested && r.What == StoredLetterTally.Contested)).Sum(r => r.Count));
    }

    /// <summary>Letters sent in the months that are delivered and not contested: those that have evidence of arrival.</summary>
    public long Documented(IEnumerable<Month> months) => Sum(months, Verdict.Delivered.ToWire());

    /// <summary>How often in the months a letter began to need follow-up.</summary>
    public long Opened(IEnumerable<Month> months) => Sum(months, StoredLetterTally.Opened);

    /// <summary>How often in the months a letter ceased to need follow-up.</summary>
    public long Solved(IEnumerable<Month> months) => Sum(months, StoredLetterTally.Solved);

    /// <summary>Percentile of the time from sending to arrival, of the <see cref="Documented"/> letters; null for none.</summary>
    public TimeSpan? Arrival(IEnumerable<Month> months, double share) => Percentile(months, Verdict.Delivered.ToWire(), share);

    /// <summary>Percentile of the time from opening to solution, of letters solved in the months; null when none were solved.</summary>
    public TimeSpan? SolutionTime(IEnumerable<Month> months, double share) => Percentile(months, StoredLetterTally.Solved, share);

    private long Sum(IEnumerable<Month> months, string what) => months.Sum(m => _rows[m].Where(r => r.What == what).Sum(r => r.Count));

    private TimeSpan? Percentile(IEnumerable<Month> months, string what, double share) =>
        ArrivalSpan.Percentile(months.SelectMany(m => _rows[m]).Where(r => r.What == what).Select(r => (r.Span, r.Count)), share);
}

/// <summary>
/// Counts by month of the viewer's authorities. Needs <see cref="ViewerRights.Counts"/> or <see cref="ViewerRights.Chains"/>; otherwise the
/// counts are empty.
/// </summary>
public interface IFigureReader
{
    /// <summary>Letters by month.</summary>
    /// <param name="caseType">Only letters of this case type; null for all.</param>
    [Demands(ViewerRights.Counts, Or = ViewerRights.Chains)]
    Task<LetterCounts> LettersAsync(Viewer viewer, string? caseType, Month first, Month last, CancellationToken cancellationToken);

    /// <summary>Messages received of a type (its UUID), by month; months without messages are left out.</summary>
    [Demands(ViewerRights.Counts, Or = ViewerRights.Chains)]
    Task<IReadOnlyDictionary<Month, long>> VolumeAsync(
        Viewer viewer, string beskedtype, Month first, Month last, CancellationToken cancellationToken);

    /// <summary>Messages received in the months, of every type.</summary>
    [Demands(ViewerRights.Counts, Or = ViewerRights.Chains)]
    Task<long> MessagesAsync(Viewer viewer, Month first, Month last, CancellationToken cancellationToken);
}
