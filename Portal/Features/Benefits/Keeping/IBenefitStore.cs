using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Keeping;

/// <summary>What a note is about.</summary>
public enum NoteKind
{
    /// <summary>Does the new behaviour happen? With a day and what shows it.</summary>
    Behaviour,

    /// <summary>A benefit that came without being planned.</summary>
    Unplanned,

    /// <summary>Why a benefit is not where it should be.</summary>
    Cause,

    /// <summary>Something that must be decided.</summary>
    Decision,

    /// <summary>A report's conclusion, written by hand; its box is the period.</summary>
    Conclusion,
}

/// <summary>Whether a new behaviour occurs.</summary>
public enum Occurrence
{
    Yes,
    Partly,
    No,
}

/// <summary>A note.</summary>
/// <param name="ElementId">The box; empty for the whole chain. For a conclusion: the period.</param>
/// <param name="Day">The day it is about, Copenhagen.</param>
public sealed record BenefitNote(long Id, NoteKind Kind, string ElementId, DateOnly Day, Occurrence? Answer, string Text, string? Evidence,
    DateTimeOffset EnteredAt, string EnteredBy);

/// <summary>A number that was entered.</summary>
/// <param name="At">The moment it is of, UTC.</param>
/// <param name="Value">Null takes an earlier number back.</param>
/// <param name="Via"><c>form</c>, <c>paste</c>, <c>api</c> or <c>demo</c>.</param>
public sealed record Measurement(
    long Id, string ElementId, DateTimeOffset At, decimal? Value, string? Note, DateTimeOffset EnteredAt, string EnteredBy, string Via);

/// <summary>A number to enter.</summary>
/// <param name="Seen">The number of the measurement of the same moment that the one who enters has seen, 0 for none; null when it does not
/// matter to them what is there.</param>
public sealed record NewMeasurement(string ElementId, DateTimeOffset At, decimal? Value, string? Note, long? Seen = null);

/// <summary>All stored data of a chain's benefits.</summary>
/// <param name="Indicators">By box, newest version last.</param>
/// <param name="Measurements">By the moment they are of, then as entered.</param>
/// <param name="Notes">As entered; those taken back are left out.</param>
public sealed record BenefitRecords(
    ChainSummary Chain, ChainDocument Document, IReadOnlyDictionary<string, IReadOnlyList<IndicatorVersion>> Indicators,
    IReadOnlyList<Measurement> Measurements, IReadOnlyList<BenefitNote> Notes);

/// <summary>What became of a change: nothing is half saved.</summary>
/// <param name="Found">False when there is no such chain or box for the viewer.</param>
/// <param name="Problems">What was wrong; empty when it was saved.</param>
public sealed record BenefitOutcome(bool Found, IReadOnlyList<IndicatorProblem> Problems)
{
    /// <summary>The change was saved.</summary>
    public static BenefitOutcome Done { get; } = new(true, []);

    /// <summary>There is no such chain or box for the viewer.</summary>
    public static BenefitOutcome Missing { get; } = new(false, []);

    /// <summary>What a colleague saved meanwhile, for the one who saves to look at; nothing is saved. Null when nobody was first.</summary>
    public IndicatorVersion? Meanwhile { get; init; }

    /// <summary>
    /// What a colleague entered meanwhile for the same moment, with another value or note; nothing is saved. Null when nobody was first.
    /// </summary>
    public Measurement? MeanwhileNumber { get; init; }

    /// <summary>What a colleague wrote meanwhile in the same place; nothing is saved. Null when nobody was first.</summary>
    public BenefitNote? MeanwhileNote { get; init; }

    /// <summary>True when it was saved.</summary>
    public bool IsDone => Found && Problems.Count == 0 && Meanwhile is null && MeanwhileNumber is null && MeanwhileNote is null;

    internal static BenefitOutcome Wrong(string field, ProblemText what) => new(true, [new IndicatorProblem(field, what)]);
}

/// <summary>
/// The benefits of the viewer's chains. What the viewer may not see does not exist here; changing takes the right to edit chains.
/// </summary>
public interface IBenefitStore
{
    /// <summary>All of a chain's; null when there is none for the viewer.</summary>
    Task<BenefitRecords?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// All of several chains', in their order and in as many reads as for one; those that are gone for the viewer are left out.
    /// </summary>
    Task<IReadOnlyList<BenefitRecords>> ReadManyAsync(Viewer viewer, IReadOnlyList<ChainSummary> some, CancellationToken cancellationToken);

    /// <summary>
    /// Measurements of a chain, newest moment first and of the same moment the last entered first; null when there is no such chain for the
    /// viewer.
    /// </summary>
    /// <param name="elementId">Of this box only; null for all.</param>
    /// <param name="after">Those that come after this one in that order; null from the first.</param>
    Task<IReadOnlyList<Measurement>?> MeasurementsAsync(Viewer viewer, string chainId, string? elementId,
        (DateTimeOffset At, long Id)? after, int limit, CancellationToken cancellationToken);

    /// <summary>Describes how a box is measured, regardless of what is there now. A change of a locked baseline takes a reason.</summary>
    Task<BenefitOutcome> SaveIndicatorAsync(Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason,
        CancellationToken cancellationToken);

    /// <summary>
    /// Describes how a box is measured, as a change of the version that the one who saves has seen; <see cref="BenefitOutcome.Meanwhile"/>
    /// when that is no longer the present one.
    /// </summary>
    /// <param name="basedOn">The number of the version that was changed; 0 when there was none.</param>
    Task<BenefitOutcome> SaveIndicatorAsync(
        Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason, int basedOn,
        CancellationToken cancellationToken);

    /// <summary>Enters numbers, all or none. Gives them as they were saved.</summary>
    Task<(BenefitOutcome Outcome, IReadOnlyList<Measurement> Saved)> AddMeasurementsAsync(
        Viewer viewer, string chainId, IReadOnlyList<NewMeasurement> measurements, string via, CancellationToken cancellationToken);

    /// <summary>Adds a note, even if others have written since.</summary>
    Task<BenefitOutcome> AddNoteAsync(Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer,
        string text, string? evidence, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a note after those that the one who writes has seen; <see cref="BenefitOutcome.MeanwhileNote"/> when there is a newer of the
    /// same kind at the same box, unless both say the same.
    /// </summary>
    /// <param name="seen">The number of the newest note there that the writer has seen; 0 for none.</param>
    Task<BenefitOutcome> AddNoteAsync(
        Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer, string text, string? evidence,
        long seen, CancellationToken cancellationToken);

    /// <summary>Takes a note back.</summary>
    Task<BenefitOutcome> WithdrawNoteAsync(Viewer viewer, string chainId, long noteId, CancellationToken cancellationToken);
}
