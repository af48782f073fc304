using Portal.Features.Benefits.Indicators;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>A field of the indicator form, for comparing two people's changes.</summary>
/// <param name="Label">The key of its name in <see cref="FieldTexts"/>, as in <see cref="DefinitionFields"/>.</param>
/// <param name="Show">Its value as text; the resource key of a text if <paramref name="IsWord"/>.</param>
/// <param name="Take">Copies the field's value between drafts: to, from.</param>
public sealed record DraftField(
    string Label, Func<IndicatorDraft, string> Show, Action<IndicatorDraft, IndicatorDraft> Take, bool IsWord = false)
{
    /// <summary>What it is called.</summary>
    public ProblemText Name => FieldTexts.Of(Label);

    /// <summary>Every field, in the form's order.</summary>
    public static IReadOnlyList<DraftField> All { get; } =
    [
        new("FieldKind", d => $"Kind{d.Kind}", (to, from) => to.Kind = from.Kind, true),
        new("FieldMeasure", d => $"Measure{d.Measure}", (to, from) => to.Measure = from.Measure, true),
        new("FieldMessageType", d => d.MessageType, (to, from) => to.MessageType = from.MessageType),
        new("FieldCaseType", d => d.CaseType, (to, from) => to.CaseType = from.CaseType),
        new("FieldFormula", d => d.Formula, (to, from) => to.Formula = from.Formula),
        new("FieldUnit", d => d.Unit, (to, from) => to.Unit = from.Unit),
        new("FieldBetter", d => $"Better{d.Better}", (to, from) => to.Better = from.Better, true),
        new("FieldGathering", d => $"Gathering{d.Gathering}", (to, from) => to.Gathering = from.Gathering, true),
        new("FieldMeasured", d => d.Name, (to, from) => to.Name = from.Name),
        new("FieldKey", d => d.Key, (to, from) => to.Key = from.Key),
        new("FieldBaseline", d => d.Baseline, (to, from) => to.Baseline = from.Baseline),
        new("FieldBaselineFrom", d => Day(d.BaselineFrom), (to, from) => to.BaselineFrom = from.BaselineFrom),
        new("FieldBaselineTo", d => Day(d.BaselineTo), (to, from) => to.BaselineTo = from.BaselineTo),
        new("FieldEffectFrom", d => Day(d.EffectFrom), (to, from) => to.EffectFrom = from.EffectFrom),
        new("FieldBaselineSource", d => d.BaselineSource, (to, from) => to.BaselineSource = from.BaselineSource),
        new("FieldBaselineLocked", d => d.Lock ? "Yes" : "No", (to, from) => to.Lock = from.Lock, true),
        new("FieldTarget", d => d.Target, (to, from) => to.Target = from.Target),
        new("FieldTargetOn", d => Day(d.TargetOn), (to, from) => to.TargetOn = from.TargetOn),
        new("FieldTargetFrom", d => Day(d.TargetFrom), (to, from) => to.TargetFrom = from.TargetFrom),
        new("FieldLow", d => d.Low, (to, from) => to.Low = from.Low),
        new("FieldLikely", d => d.Likely, (to, from) => to.Likely = from.Likely),
        new("FieldHigh", d => d.High, (to, from) => to.High = from.High),
        new("FieldOwner", d => d.Owner, (to, from) => to.Owner = from.Owner),
        new("FieldMeasurer", d => d.Measurer, (to, from) => to.Measurer = from.Measurer),
        new("FieldEvery", d => $"Every{d.Every}", (to, from) => to.Every = from.Every, true),
        new("FieldFollowUpOn", d => Day(d.FollowUpOn), (to, from) => to.FollowUpOn = from.FollowUpOn),
        new("FieldForm", d => $"Form{d.Form}", (to, from) => to.Form = from.Form, true),
        new("FieldWhoGains", d => d.WhoGains, (to, from) => to.WhoGains = from.WhoGains),
        new("FieldWhoBears", d => d.WhoBears, (to, from) => to.WhoBears = from.WhoBears),
        new("FieldWhoChanges", d => d.WhoChanges, (to, from) => to.WhoChanges = from.WhoChanges),
        new("FieldStakeholders", d => d.Stakeholders, (to, from) => to.Stakeholders = from.Stakeholders),
        new("FieldRisk", d => d.Risk, (to, from) => to.Risk = from.Risk),
        new("FieldRiskLikelihood", d => d.RiskLikelihood is { } likely ? $"Likelihood{likely}" : "LikelihoodNone",
            (to, from) => to.RiskLikelihood = from.RiskLikelihood, true),
        new("FieldRiskResponse", d => d.RiskResponse, (to, from) => to.RiskResponse = from.RiskResponse),
        new("FieldTimeUse", d => d.TimeUse, (to, from) => to.TimeUse = from.TimeUse),
        new("FieldTimeUseOwner", d => d.TimeUseOwner, (to, from) => to.TimeUseOwner = from.TimeUseOwner),
        new("FieldTimeUseFrom", d => Day(d.TimeUseFrom), (to, from) => to.TimeUseFrom = from.TimeUseFrom),
        new("FieldMeasuringCost", d => d.MeasuringCost, (to, from) => to.MeasuringCost = from.MeasuringCost),
        new("FieldAssumptions", d => d.Assumptions, (to, from) => to.Assumptions = from.Assumptions),
    ];

    private static string Day(DateOnly? day) => day is { } known ? LanguageFormat.PageDate(known) : "";
}

/// <summary>A field that two people have changed differently, and which value is kept.</summary>
/// <param name="Field">The field.</param>
/// <param name="Theirs">The value that the colleague saved.</param>
/// <param name="Mine">The value in the user's form.</param>
public sealed record FieldConflict(DraftField Field, string Theirs, string Mine)
{
    /// <summary>True for mine, false for theirs; null until someone has chosen.</summary>
    public bool? KeepsMine { get; set; }
}

/// <summary>
/// Merges two changes of one indicator field by field: a field that only one person changed gets their value; for a field that both changed
/// differently the user chooses. Nothing is lost meanwhile.
/// </summary>
public sealed class DraftMerge
{
    private readonly IndicatorDraft _mine, _theirs;

    /// <summary>Merges the two.</summary>
    /// <param name="before">The version that both started from.</param>
    /// <param name="mine">The user's own draft.</param>
    /// <param name="theirs">What was saved meanwhile; this instance becomes <see cref="Draft"/>.</param>
    /// <param name="theirsKept">A second copy of it, from which values are taken.</param>
    public DraftMerge(IndicatorDraft before, IndicatorDraft mine, IndicatorDraft theirs, IndicatorDraft theirsKept)
    {
        (_mine, _theirs, Draft) = (mine, theirsKept, theirs);
        ArgumentNullException.ThrowIfNull(mine);
        var (conflicts, taken) = (new List<FieldConflict>(), new List<DraftField>());
        foreach (var field in DraftField.All)
        {
            var (was, here, there) = (field.Show(before), field.Show(mine), field.Show(theirsKept));
            if (here == there) continue;
            if (there == was)
            {
                field.Take(Draft, mine);
            }
            else if (here == was)
            {
                taken.Add(field);
            }
            else
            {
                // The form shows the user's own value until they have chosen.
                field.Take(Draft, mine);
                conflicts.Add(new FieldConflict(field, there, here));
            }
        }

        Draft.Reason = mine.Reason;
        (Conflicts, Taken) = (conflicts, taken);
    }

    /// <summary>The merged draft, which the form continues with.</summary>
    public IndicatorDraft Draft { get; }

    /// <summary>The fields that both have changed.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; }

    /// <summary>The fields that only the colleague has changed; their values are in the draft.</summary>
    public IReadOnlyList<DraftField> Taken { get; }

    /// <summary>True when a side has been chosen for every conflict.</summary>
    public bool IsSettled => Conflicts.All(c => c.KeepsMine is not null);

    /// <summary>Chooses one side's value.</summary>
    public void Choose(FieldConflict conflict, bool mine)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        conflict.KeepsMine = mine;
        conflict.Field.Take(Draft, mine ? _mine : _theirs);
    }
}
