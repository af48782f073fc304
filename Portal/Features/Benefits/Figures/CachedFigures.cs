using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;

namespace Portal.Features.Benefits.Figures;

/// <summary>Caches counts during one computation: what several indicators and chains need is read once, so that all see the same.</summary>
internal sealed class CachedFigures(IFigureReader figures, Viewer viewer, Period period)
{
    private readonly Dictionary<string, LetterCounts> _letters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<Month, long>> _volumes = new(StringComparer.Ordinal);
    private long? _messages;

    /// <summary>Letters of a case type; null for all.</summary>
    public async Task<LetterCounts> LettersAsync(string? caseType, CancellationToken cancellationToken)
    {
        if (_letters.TryGetValue(caseType ?? "", out var known)) return known;
        return _letters[caseType ?? ""] = await figures.LettersAsync(viewer, caseType, period.First, period.Last, cancellationToken);
    }

    /// <summary>Messages of a type by month.</summary>
    public async Task<IReadOnlyDictionary<Month, long>> VolumeAsync(string beskedtype, CancellationToken cancellationToken)
    {
        if (_volumes.TryGetValue(beskedtype, out var known)) return known;
        return _volumes[beskedtype] = await figures.VolumeAsync(viewer, beskedtype, period.First, period.Last, cancellationToken);
    }

    /// <summary>All messages of the period.</summary>
    public async Task<long> MessagesAsync(CancellationToken cancellationToken) =>
        _messages ??= await figures.MessagesAsync(viewer, period.First, period.Last, cancellationToken);
}
