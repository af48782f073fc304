using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Indicators;

/// <summary>A version of an indicator's definition.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">Why a locked baseline, or what is locked with it, was changed; null otherwise.</param>
public sealed record IndicatorVersion(int Version, IndicatorDefinition Definition, DateTimeOffset At, string By, string? Reason);

/// <summary>
/// When a baseline is locked, and what is locked with it: the target, the formula, and what is counted. They are locked by hand, or
/// automatically from the day the effect begins, and stay locked even if a later version moves that day. Pure.
/// </summary>
public static class BaselineLock
{
    /// <summary>True when a definition on its own is locked on a day in Copenhagen.</summary>
    public static bool IsLocked(IndicatorDefinition indicator, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        return (indicator.Baseline.Value ?? indicator.Target) is not null && (indicator.Baseline.IsLocked || indicator.EffectFrom <= today);
    }

    /// <summary>True when the baseline is locked today, or was locked at any time while one of the versions was current.</summary>
    /// <param name="history">The versions, oldest first; empty for an indicator that is not stored.</param>
    public static bool IsLocked(IReadOnlyList<IndicatorVersion> history, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Where((version, n) => IsLocked(
            version.Definition, n + 1 < history.Count ? DanishTime.DateOf(history[n + 1].At) : today)).Any();
    }

    /// <summary>
    /// The changes to locked values, each with before and after; empty when there are none. What is counted and its unit are locked with
    /// the baseline, since without them the number means something else.
    /// </summary>
    public static IReadOnlyList<ProblemText> Changes(IndicatorDefinition before, IndicatorDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<ProblemText>();
        void Note<T>(string key, T was, T now, Func<T, object> say)
        {
            if (!EqualityComparer<T>.Default.Equals(was, now)) changes.Add(ProblemTexts.Of(key, say(was), say(now)));
        }

        if (before.Baseline.Value != after.Baseline.Value)
        {
            changes.Add(
                ProblemTexts.Of("LockedBaseline", Number(before.Baseline.Value, before.Unit), Number(after.Baseline.Value, after.Unit)));
        }

        if (before.Target is not null && before.Target != after.Target)
            changes.Add(ProblemTexts.Of("LockedTarget", Number(before.Target, before.Unit), Number(after.Target, after.Unit)));
        if (before.Target is not null) Note("LockedTargetOn", before.TargetOn, after.TargetOn, Day);
        Note("LockedTargetFrom", before.TargetFrom, after.TargetFrom, d => d is { } known ? known : ProblemTexts.Of("FromBeginning"));
        Note("LockedPeriodFrom", before.Baseline.From, after.Baseline.From, Day);
        Note("LockedPeriodTo", before.Baseline.To, after.Baseline.To, Day);
        Note("LockedEffect", before.EffectFrom, after.EffectFrom, Day);
        Note("LockedUnit", before.Unit, after.Unit, Text);
        Note("LockedKind", before.Kind, after.Kind, k => ProblemTexts.Of($"Kind{k}"));
        Note("LockedBetter", before.Better, after.Better, b => ProblemTexts.Of($"Better{b}"));
        Note("LockedGathering", before.Gathering, after.Gathering, g => ProblemTexts.Of($"Gathering{g}"));
        if (before.Kind == IndicatorKind.Calculated && after.Kind == IndicatorKind.Calculated)
            Note("LockedFormula", before.Formula, after.Formula, f => f ?? "");
        if (before.Kind == IndicatorKind.Counted && after.Kind == IndicatorKind.Counted)
        {
            Note("LockedMeasure", Counted(before), Counted(after), m => string.Join(", ",
                new[] { Portal.Features.Benefits.Figures.BenefitFormat.Measure(m.Measure), m.CaseType, m.MessageType }.OfType<string>()));
        }

        return changes;
    }

    private static (LogMeasure Measure, string? CaseType, string? MessageType) Counted(IndicatorDefinition indicator) =>
        (indicator.Measure, indicator.CaseType, indicator.MessageType);

    private static object Number(decimal? value, string unit) =>
        value is null ? ProblemTexts.Of("LockedNothing") : new Portal.Features.Benefits.Figures.AmountText(value, unit, Exact: true);

    private static object Day(DateOnly? day) => day is { } known ? known : ProblemTexts.Of("LockedNothing");

    private static object Text(string text) => text.Length > 0 ? text : ProblemTexts.Of("LockedNothing");
}

/// <summary>The targets that an indicator has had, each from its day on. Pure.</summary>
public static class TargetHistory
{
    /// <summary>
    /// The definition whose target holds in a month: of the versions whose target begins on or before its first day, the one saved last.
    /// </summary>
    /// <param name="versions">At least one, oldest first.</param>
    public static IndicatorDefinition In(IReadOnlyList<IndicatorVersion> versions, Month month)
    {
        ArgumentNullException.ThrowIfNull(versions);
        for (var n = versions.Count - 1; n > 0; n--)
        {
            if (versions[n].Definition.TargetFrom is not { } from || from <= month.First) return versions[n].Definition;
        }

        return versions[0].Definition;
    }
}
