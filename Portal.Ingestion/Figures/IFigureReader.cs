using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Figures;

/// <summary>Letters counted by the month they were sent in. Names no one.</summary>
public sealed class LetterCounts
{
    private readonly ILookup<Month, (string What, int Span, long Count)> _rows;

    /// <param name="rows">Month, what (a verdict on the wire, <c>opened</c> or <c>solved</c>), <see cref="ArrivalSpan"/>, count.</param>
    public LetterCounts(IEnumerable<(Month Month, string What, int Span, long Count)> rows) =>
        _rows = rows.Where(r => r.Count != 0).ToLookup(r => r.Month, r => (r.What, r.Span, r.Count));

    /// <summary>Counts of nothing.</summary>
    public static LetterCounts None { get; } = new([]);

    /// <summary>Letters sent in the months.</summary>
    public long Letters(IEnumerable<Month> months) =>
        months.Sum(m => _rows[m].Where(r => r.What is not StoredLetterTally.Opened and not StoredLetterTally.Solved).Sum(r => r.Count));

    /// <summary>Letters sent in the months that now have the verdict.</summary>
    public long Of(IEnumerable<Month> months, Verdict verdict) => Sum(months, verdict.ToWire());

    /// <summary>Times in the months that a letter began to need following up.</summary>
    public long Opened(IEnumerable<Month> months) => Sum(months, StoredLetterTally.Opened);

    /// <summary>Times in the months that a letter ceased to.</summary>
    public long Solved(IEnumerable<Month> months) => Sum(months, StoredLetterTally.Solved);

    /// <summary>
    /// Time from sending to arrival of the letters sent in the months, that a share of them lie at or under; null when none arrived.
    /// </summary>
    public TimeSpan? Arrival(IEnumerable<Month> months, double share) => Percentile(months, Verdict.Delivered.ToWire(), share);

    /// <summary>
    /// Time from opening to solution, that a share of those solved in the months lie at or under; null when none were solved.
    /// </summary>
    public TimeSpan? SolutionTime(IEnumerable<Month> months, double share) => Percentile(months, StoredLetterTally.Solved, share);

    private long Sum(IEnumerable<Month> months, string what) => months.Sum(m => _rows[m].Where(r => r.What == what).Sum(r => r.Count));

    private TimeSpan? Percentile(IEnumerable<Month> months, string what, double share) =>
        ArrivalSpan.Percentile(months.SelectMany(m => _rows[m]).Where(r => r.What == what).Select(r => (r.Span, r.Count)), share);
}

/// <summary>Counts by month, as a viewer may see them: those of its authorities. Needs the right to counts or to chains.</summary>
public interface IFigureReader
{
    /// <summary>Letters by month.</summary>
    /// <param name="caseType">Of this case type only; null for all.</param>
    Task<LetterCounts> LettersAsync(Viewer viewer, string? caseType, Month first, Month last, CancellationToken cancellationToken);

    /// <summary>Messages received of a type (its UUID), by month; months without any are not in it.</summary>
    Task<IReadOnlyDictionary<Month, long>> VolumeAsync(
        Viewer viewer, string beskedtype, Month first, Month last, CancellationToken cancellationToken);

    /// <summary>Messages received in the months, of every type.</summary>
    Task<long> MessagesAsync(Viewer viewer, Month first, Month last, CancellationToken cancellationToken);
}
