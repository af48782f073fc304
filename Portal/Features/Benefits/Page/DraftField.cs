using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>A field of an indicator's form, for comparing what two have written in it.</summary>
/// <param name="Label">The key of its name among the page's texts.</param>
/// <param name="Show">What it says; for <paramref name="IsWord"/> the key of a text.</param>
/// <param name="Take">Takes the field's value over from another draft: to, from.</param>
public sealed record DraftField(
    string Label, Func<IndicatorDraft, string> Show, Action<IndicatorDraft, IndicatorDraft> Take, bool IsWord = false)
{
    /// <summary>Every field, in the form's order.</summary>
    public static IReadOnlyList<DraftField> All { get; } =
    [
        new("WhereNumbersComeFrom", d => $"Kind{d.Kind}", (to, from) => to.Kind = from.Kind, true),
        new("WhatIsCounted", d => $"Measure{d.Measure}", (to, from) => to.Measure = from.Measure, true),
        new("MessageType", d => d.MessageType, (to, from) => to.MessageType = from.MessageType),
        new("CaseType", d => d.CaseType, (to, from) => to.CaseType = from.CaseType),
        new("Formula", d => d.Formula, (to, from) => to.Formula = from.Formula),
        new("Unit", d => d.Unit, (to, from) => to.Unit = from.Unit),
        new("Better", d => $"Better{d.Better}", (to, from) => to.Better = from.Better, true),
        new("Gathering", d => $"Gathering{d.Gathering}", (to, from) => to.Gathering = from.Gathering, true),
        new("MeasureName", d => d.Name, (to, from) => to.Name = from.Name),
        new("Key", d => d.Key, (to, from) => to.Key = from.Key),
        new("BaselineValue", d => d.Baseline, (to, from) => to.Baseline = from.Baseline),
        new("MeasuredFrom", d => Day(d.BaselineFrom), (to, from) => to.BaselineFrom = from.BaselineFrom),
        new("MeasuredTo", d => Day(d.BaselineTo), (to, from) => to.BaselineTo = from.BaselineTo),
        new("EffectFrom", d => Day(d.EffectFrom), (to, from) => to.EffectFrom = from.EffectFrom),
        new("Source", d => d.BaselineSource, (to, from) => to.BaselineSource = from.BaselineSource),
        new("LockBaseline", d => d.Lock ? "Yes" : "No", (to, from) => to.Lock = from.Lock, true),
        new("TargetValue", d => d.Target, (to, from) => to.Target = from.Target),
        new("TargetOn", d => Day(d.TargetOn), (to, from) => to.TargetOn = from.TargetOn),
        new("Low", d => d.Low, (to, from) => to.Low = from.Low),
        new("High", d => d.High, (to, from) => to.High = from.High),
        new("OwnerInLine", d => d.Owner, (to, from) => to.Owner = from.Owner),
        new("Measurer", d => d.Measurer, (to, from) => to.Measurer = from.Measurer),
        new("HowOften", d => $"Every{d.Every}", (to, from) => to.Every = from.Every, true),
        new("FollowUpOn", d => Day(d.FollowUpOn), (to, from) => to.FollowUpOn = from.FollowUpOn),
        new("Form", d => $"Form{d.Form}", (to, from) => to.Form = from.Form, true),
        new("WhoGains", d => d.WhoGains, (to, from) => to.WhoGains = from.WhoGains),
        new("WhoBears", d => d.WhoBears, (to, from) => to.WhoBears = from.WhoBears),
        new("MeasuringCost", d => d.MeasuringCost, (to, from) => to.MeasuringCost = from.MeasuringCost),
        new("Assumptions", d => d.Assumptions, (to, from) => to.Assumptions = from.Assumptions),
    ];

    private static string Day(DateOnly? day) => day is { } known ? DanishFormat.Date(known) : "";
}

/// <summary>A field that two have written differently, and whose of the two is kept.</summary>
/// <param name="Field">Which.</param>
/// <param name="Theirs">What the colleague saved.</param>
/// <param name="Mine">What is in this form.</param>
public sealed record FieldConflict(DraftField Field, string Theirs, string Mine)
{
    /// <summary>True for mine, false for theirs; null until someone has chosen.</summary>
    public bool? KeepsMine { get; set; }
}

/// <summary>
/// Two changes of one indicator, brought together field by field: what only one has changed is that one's, what both have changed
/// differently is to be chosen. Nothing that was written is lost meanwhile.
/// </summary>
public sealed class DraftMerge
{
    private readonly IndicatorDraft _mine, _theirs;

    /// <summary>Brings them together.</summary>
    /// <param name="before">What both began from.</param>
    /// <param name="mine">What is written here.</param>
    /// <param name="theirs">What was saved meanwhile, fresh: it becomes <see cref="Draft"/>.</param>
    /// <param name="theirsKept">The same once more, to choose from.</param>
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
                // Mine is in the form until someone has chosen.
                field.Take(Draft, mine);
                conflicts.Add(new FieldConflict(field, there, here));
            }
        }

        Draft.Reason = mine.Reason;
        (Conflicts, Taken) = (conflicts, taken);
    }

    /// <summary>The form's draft from now on.</summary>
    public IndicatorDraft Draft { get; }

    /// <summary>What both have changed.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; }

    /// <summary>What only the colleague has changed; it is in the draft.</summary>
    public IReadOnlyList<DraftField> Taken { get; }

    /// <summary>True when every conflict has been chosen in.</summary>
    public bool IsSettled => Conflicts.All(c => c.KeepsMine is not null);

    /// <summary>Keeps one side's.</summary>
    public void Choose(FieldConflict conflict, bool mine)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        conflict.KeepsMine = mine;
        conflict.Field.Take(Draft, mine ? _mine : _theirs);
    }
}
