using Portal.Ingestion.Access;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Time;

namespace Portal.Tests.Benefits;

/// <summary>Counts in memory.</summary>
internal sealed class FakeFigures : IFigureReader
{
    public LetterCounts Counts { get; set; } = LetterCounts.None;

    public Dictionary<Month, long> Volume { get; } = [];

    public Task<LetterCounts> LettersAsync(Viewer viewer, string? caseType, Month first, Month last, CancellationToken cancellationToken) => Task.FromResult(Counts);

    public Task<IReadOnlyDictionary<Month, long>> VolumeAsync(Viewer viewer, string beskedtype, Month first, Month last, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Month, long>>(Volume);

    public Task<long> MessagesAsync(Viewer viewer, Month first, Month last, CancellationToken cancellationToken) => Task.FromResult(Volume.Values.Sum());
}
