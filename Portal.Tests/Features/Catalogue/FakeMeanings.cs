using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Meanings;

namespace Portal.Tests.Features.Catalogue;

/// <summary>The meanings of statuses in memory; an edit of a meaning is kept, or refused with <see cref="Refusal"/>.</summary>
internal sealed class FakeMeanings : IMeaningCatalogue
{
    public MeaningTables Tables { get; set; } = new([], [], [], []);

    public MeaningProblem? Refusal { get; set; }

    public List<object> Edits { get; } = [];

    public Task<MeaningTables> ReadAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult(Tables);

    public Task<MeaningProblem?> SaveAsync(Viewer viewer, MeaningEdit edit, CancellationToken cancellationToken) => Keep(edit);

    public Task<MeaningProblem?> SaveAsync(Viewer viewer, SenderEdit edit, CancellationToken cancellationToken) => Keep(edit);

    public Task<MeaningProblem?> SaveAsync(Viewer viewer, CarrierEdit edit, CancellationToken cancellationToken) => Keep(edit);

    private Task<MeaningProblem?> Keep(object edit)
    {
        Edits.Add(edit);
        return Task.FromResult(Refusal);
    }
}
