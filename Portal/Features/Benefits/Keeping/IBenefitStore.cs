using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Mail.Outbox;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Keeping;

/// <summary>What a note is about.</summary>
public enum NoteKind
{
    /// <summary>Whether the new behaviour happens, with a day and the evidence.</summary>
    Behaviour,

    /// <summary>An unplanned benefit.</summary>
    Unplanned,

    /// <summary>The cause of a deviation from the expected benefit.</summary>
    Cause,

    /// <summary>A decision that is needed.</summary>
    Decision,

    /// <summary>A report's conclusion, written by hand; its element id is the period.</summary>
    Conclusion,

    /// <summary>Something else that can have caused a change; it stands beside the figure.</summary>
    OtherCause,

    /// <summary>A follow-up that was done, in a word; its day is the day it was done.</summary>
    FollowUp,

    /// <summary>
    /// The answer to a decision: its element id names the decision (<see cref="DecisionKey"/>), its day is when it was taken or the day it
    /// is put off to, and its evidence is who took it.
    /// </summary>
    DecisionAnswer,

    /// <summary>An owner is asked for a number; its day is when it is wanted by, its evidence who is asked.</summary>
    NumberRequest,
}

/// <summary>Whether a new behaviour occurs; for a decision whether it was taken.</summary>
public enum Occurrence
{
    /// <summary>It occurs; the decision was taken.</summary>
    Yes,
    Partly,
    No,

    /// <summary>The decision is put off to the note's day.</summary>
    PutOff,
}

/// <summary>A note on a chain's benefits.</summary>
/// <param name="ElementId">The box; empty for the whole chain. For a conclusion: the period.</param>
/// <param name="Day">The day it is about, in Copenhagen.</param>
public sealed record BenefitNote(long Id, NoteKind Kind, string ElementId, DateOnly Day, Occurrence? Answer, string Text, string? Evidence,
    DateTimeOffset EnteredAt, string EnteredBy);

/// <summary>A measurement that was entered.</summary>
/// <param name="At">The time it was measured for, UTC.</param>
/// <param name="Value">Null withdraws an earlier value.</param>
/// <param name="Via"><c>form</c>, <c>paste</c>, <c>api</c> or <c>demo</c>.</param>
public sealed record Measurement(
    long Id, string ElementId, DateTimeOffset At, decimal? Value, string? Note, DateTimeOffset EnteredAt, string EnteredBy, string Via);

/// <summary>A measurement to enter.</summary>
/// <param name="Seen">The id of the newest measurement for the same time that the writer has seen, 0 for none; null to add it regardless of
/// others.</param>
public sealed record NewMeasurement(string ElementId, DateTimeOffset At, decimal? Value, string? Note, long? Seen = null);

/// <summary>Someone is asked for a number.</summary>
/// <param name="Day">When it is wanted by, in Copenhagen.</param>
/// <param name="Whom">Who is asked.</param>
/// <param name="Seen">The id of the newest request about the box that the writer has seen; 0 for none.</param>
/// <param name="Mail">Makes the mail for the request with an id; null for none.</param>
public sealed record NumberRequest(
    string ElementId, DateOnly Day, string Text, string Whom, long Seen, Func<long, OutgoingMail>? Mail);

/// <summary>All stored data of a chain's benefits.</summary>
/// <param name="Indicators">By box id, newest version last.</param>
/// <param name="Measurements">In order of the time measured, then of entry.</param>
/// <param name="Notes">In order of entry, without the withdrawn ones.</param>
public sealed record BenefitRecords(
    ChainSummary Chain, ChainDocument Document, IReadOnlyDictionary<string, IReadOnlyList<IndicatorVersion>> Indicators,
    IReadOnlyList<Measurement> Measurements, IReadOnlyList<BenefitNote> Notes)
{
    /// <summary>The agreed numbers that calculations use; those of deleted boxes may be among them.</summary>
    public IReadOnlyDictionary<InputKey, InputFact> Inputs { get; init; } = new Dictionary<InputKey, InputFact>();

    /// <summary>All requests for numbers in order of entry, also those that were withdrawn.</summary>
    public IReadOnlyList<RequestedNumber> Requests { get; init; } = [];
}

/// <summary>A request for a number, for the history.</summary>
/// <param name="WithdrawnAt">UTC; null when it was not withdrawn.</param>
/// <param name="WithdrawnBy">Who withdrew it.</param>
public sealed record RequestedNumber(BenefitNote Note, DateTimeOffset? WithdrawnAt, string? WithdrawnBy);

/// <summary>The outcome of a change, which is saved completely or not at all.</summary>
/// <param name="Found">False when the viewer may not edit such a chain or box.</param>
/// <param name="Problems">What was wrong; empty when it was saved.</param>
public sealed record BenefitOutcome(bool Found, IReadOnlyList<IndicatorProblem> Problems)
{
    /// <summary>The change was saved.</summary>
    public static BenefitOutcome Done { get; } = new(true, []);

    /// <summary>There is no such chain or box that the viewer may edit.</summary>
    public static BenefitOutcome Missing { get; } = new(false, []);

    /// <summary>The version that a colleague saved meanwhile; nothing was saved. Null when there is no conflict.</summary>
    public IndicatorVersion? Meanwhile { get; init; }

    /// <summary>
    /// The measurement, with another value or note, that a colleague entered meanwhile for the same time; nothing was saved. Null when
    /// there is no conflict.
    /// </summary>
    public Measurement? MeanwhileNumber { get; init; }

    /// <summary>The note that a colleague wrote meanwhile on the same box; nothing was saved. Null when there is no conflict.</summary>
    public BenefitNote? MeanwhileNote { get; init; }

    /// <summary>The version of an input that a colleague saved meanwhile; nothing was saved. Null when there is no conflict.</summary>
    public InputVersion? MeanwhileInput { get; init; }

    /// <summary>True when it was saved.</summary>
    public bool IsDone => Found && Problems.Count == 0 && Meanwhile is null && MeanwhileNumber is null && MeanwhileNote is null
        && MeanwhileInput is null;

    internal static BenefitOutcome Wrong(string field, ProblemText what) => new(true, [new IndicatorProblem(field, what)]);
}

/// <summary>
/// The benefits of the viewer's chains. Chains that the viewer may not see are treated as missing; changes require the right to edit
/// chains.
/// </summary>
public interface IBenefitStore
{
    /// <summary>All records of a chain; null when the viewer may not see it.</summary>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<BenefitRecords?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// All records of several chains, in their order and in as many reads as for one; chains that the viewer may not see are left out.
    /// </summary>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyList<BenefitRecords>> ReadManyAsync(Viewer viewer, IReadOnlyList<ChainSummary> some, CancellationToken cancellationToken);

    /// <summary>
    /// Measurements of a chain, newest time first and for the same time the last entered first; null when the viewer may not see the chain.
    /// </summary>
    /// <param name="elementId">Only those of this box; null for all.</param>
    /// <param name="after">Only those after this one in that order; null from the first.</param>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyList<Measurement>?> MeasurementsAsync(Viewer viewer, string chainId, string? elementId,
        (DateTimeOffset At, long Id)? after, int limit, CancellationToken cancellationToken);

    /// <summary>Saves how a box is measured, whatever version is current. Changing a locked baseline requires a reason.</summary>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> SaveIndicatorAsync(Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason,
        CancellationToken cancellationToken);

    /// <summary>
    /// Saves how a box is measured, based on a version; <see cref="BenefitOutcome.Meanwhile"/> when that is no longer the current one.
    /// </summary>
    /// <param name="basedOn">The number of the version that was changed; 0 when there was none.</param>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> SaveIndicatorAsync(
        Viewer viewer, string chainId, string elementId, IndicatorDefinition definition, string? reason, int basedOn,
        CancellationToken cancellationToken);

    /// <summary>
    /// Saves a new version of a number that calculations use. A locked one requires a reason;
    /// <see cref="BenefitOutcome.MeanwhileInput"/> when it was based on a version that is no longer the latest.
    /// </summary>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> SaveInputAsync(Viewer viewer, string chainId, NewInput input, CancellationToken cancellationToken);

    /// <summary>Adds measurements, all or none. Returns them as saved.</summary>
    [Demands(ViewerRights.SteerBenefits)]
    Task<(BenefitOutcome Outcome, IReadOnlyList<Measurement> Saved)> AddMeasurementsAsync(
        Viewer viewer, string chainId, IReadOnlyList<NewMeasurement> measurements, string via, CancellationToken cancellationToken);

    /// <summary>Adds a note, even if others have added some since.</summary>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> AddNoteAsync(Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer,
        string text, string? evidence, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a note; <see cref="BenefitOutcome.MeanwhileNote"/> when there is one of the same kind on the same box that the writer has not
    /// seen, unless the content is the same.
    /// </summary>
    /// <param name="seen">The id of the newest such note that the writer has seen; 0 for none.</param>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> AddNoteAsync(
        Viewer viewer, string chainId, NoteKind kind, string elementId, DateOnly day, Occurrence? answer, string text, string? evidence,
        long seen, CancellationToken cancellationToken);

    /// <summary>
    /// Asks someone for a number, and queues the mail about it in the same transaction, so that neither is stored without the other.
    /// </summary>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> AskForNumberAsync(Viewer viewer, string chainId, NumberRequest request, CancellationToken cancellationToken);

    /// <summary>Withdraws a note; it stays stored, but is not read any more.</summary>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> WithdrawNoteAsync(Viewer viewer, string chainId, long noteId, CancellationToken cancellationToken);
}
