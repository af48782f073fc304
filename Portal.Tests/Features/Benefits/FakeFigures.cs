using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;

namespace Portal.Tests.Features.Benefits;

/// <summary>Counts in memory.</summary>
internal sealed class FakeFigures : IFigureReader
{
    public LetterCounts Counts { get; set; } = LetterCounts.None;

    public Dictionary<Month, long> Volume { get; } = [];

    public Task<LetterCounts> LettersAsync(Viewer viewer, string? caseType, Month first, Month last, CancellationToken cancellationToken) =>
        Task.FromResult(Counts);

    public Task<IReadOnlyDictionary<Month, long>> VolumeAsync(
        Viewer viewer, string beskedtype, Month first, Month last, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Month, long>>(Volume);

    public Task<long> MessagesAsync(Viewer viewer, Month first, Month last, CancellationToken cancellationToken) =>
        Task.FromResult(Volume.Values.Sum());
}
