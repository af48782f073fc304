using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;

namespace Portal.Tests.Features.Benefits;

/// <summary>A benefit store whose writes throw <see cref="Error"/> while it is set; reads still work.</summary>
internal sealed class RefusingStore(IBenefitStore inner) : IBenefitStore
{
    /// <summary>Thrown by every write; null for none.</summary>
    public Exception? Error { get; set; }

    public Task<BenefitRecords?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        inner.ReadAsync(viewer, chainId, cancellationToken);

    public Task<IReadOnlyList<BenefitRecords>> ReadManyAsync(
        Viewer viewer, IReadOnlyList<ChainSummary> some, CancellationToken cancellationToken) =>
        inner.ReadManyAsync(viewer, some, cancellationToken);

    public Task<IReadOnlyList<Measurement>?> MeasurementsAsync(
        Viewer viewer, string chainId, string? elementId, (DateTimeOffset At, long Id)? after, int limit,
        CancellationToken cancellationToken) =>
        inner.MeasurementsAsync(viewer, chainId, elementId, after, limit, cancellationToken);

    public Task<BenefitOutcome> SaveIndicatorAsync(Viewer viewer, string chainId, string elementId, IndicatorDefinition definition,
        string? reason, CancellationToken cancellationToken) =>
        Or(() => inner.SaveIndicatorAsync(viewer, chainId, elementId, definition, reason, cancellationToken));

    public Task<BenefitOutcome> SaveIndicatorAsync(
        Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason, int basedOn,
        CancellationToken cancellationToken) =>
        Or(() => inner.SaveIndicatorAsync(viewer, chainId, elementId, definition, reason, basedOn, cancellationToken));

    public Task<BenefitOutcome> SaveInputAsync(Viewer viewer, string chainId, NewInput input, CancellationToken cancellationToken) =>
        Or(() => inner.SaveInputAsync(viewer, chainId, input, cancellationToken));

    public Task<(BenefitOutcome Outcome, IReadOnlyList<Measurement> Saved)> AddMeasurementsAsync(
        Viewer viewer, string chainId, IReadOnlyList<NewMeasurement> measurements, string via, CancellationToken cancellationToken) =>
        Or(() => inner.AddMeasurementsAsync(viewer, chainId, measurements, via, cancellationToken));

    public Task<BenefitOutcome> AddNoteAsync(
        Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer, string text, string? evidence,
        CancellationToken cancellationToken) =>
        Or(() => inner.AddNoteAsync(viewer, chainId, kind, elementId, day, answer, text, evidence, cancellationToken));

    public Task<BenefitOutcome> AddNoteAsync(
        Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer, string text, string? evidence,
        long seen, CancellationToken cancellationToken) =>
        Or(() => inner.AddNoteAsync(viewer, chainId, kind, elementId, day, answer, text, evidence, seen, cancellationToken));

    public Task<BenefitOutcome> AskForNumberAsync(
        Viewer viewer, string chainId, NumberRequest request, CancellationToken cancellationToken) =>
        Or(() => inner.AskForNumberAsync(viewer, chainId, request, cancellationToken));

    public Task<BenefitOutcome> WithdrawNoteAsync(Viewer viewer, string chainId, long noteId, CancellationToken cancellationToken) =>
        Or(() => inner.WithdrawNoteAsync(viewer, chainId, noteId, cancellationToken));

    private Task<T> Or<T>(Func<Task<T>> work) => Error is null ? work() : throw Error;
}
