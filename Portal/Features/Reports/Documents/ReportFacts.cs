using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Documents;

/// <summary>How a figure is measured, agreed and followed up, line by line for the annex.</summary>
internal static class ReportFacts
{
    /// <summary>True when there is more to say of it than that it is described in words.</summary>
    public static bool HasContent(BenefitFigure figure, ReportLanguage words) =>
        (figure.Definition.Kind != IndicatorKind.Described && IsAgreedOrMeasured(figure))
        || People(figure, InputBook.Of(ChainDocument.Empty), words).Any()
        || FollowUps(figure, words).Any();

    private static bool IsAgreedOrMeasured(BenefitFigure figure) => figure.IsDescribed || figure.Series.Value is not null
        || figure.Definition.Baseline.Value is not null || figure.Definition.Target is not null;

    /// <summary>The lines.</summary>
    public static IEnumerable<ReportFact> Of(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var definition = figure.Definition;
        if (definition.Kind != IndicatorKind.Described)
        {
            foreach (var fact in Measured(benefits, figure, words)) yield return fact;
        }

        foreach (var fact in People(figure, benefits.Inputs, words)) yield return fact;
        foreach (var fact in FollowUps(figure, words)) yield return fact;
    }

    private static IEnumerable<ReportFact> Measured(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var (definition, series) = (figure.Definition, figure.Series);
        yield return new(words["MeasuredBy"], ReportBasis.SourceOf(figure, words));
        yield return new(words["RestsOn"], ReportBasis.Of(benefits, figure, words));
        yield return new(words["Unit"], words.Unit(definition.Unit));
        yield return new(words["PeriodsNumber"], words[$"Gathering{definition.Gathering}"]);
        if (series.Covered == 1 && series.Value is not null)
        {
            yield return new(words["TheNumber"], words["TheNumberIs", words.Measured(figure, series.Value),
                words.MonthOf(series.Points[0].Month)]);
        }

        yield return new(words["ColumnBaseline"], BaselineOf(figure, words));
        foreach (var (before, after) in figure.BaselineChanges.Where(
            c => c.Before.Definition.Baseline.Value != c.After.Definition.Baseline.Value))
        {
            yield return new(words["BaselineBefore"], words["BaselineChange",
                words.Agreed(before.Definition, before.Definition.Baseline.Value),
                words.Agreed(after.Definition, after.Definition.Baseline.Value), after.At, after.By,
                Punctuation.Ended(after.Reason ?? "")]);
        }

        foreach (var fact in Targets(figure, words)) yield return fact;
        if (ReportRows.ExpectedRange(figure, words) is { Length: > 0 } expected)
        {
            yield return new(words["ExpectedRange"], WithOlder(definition.Likely is { } likely
                ? words["ExpectedLikely", expected, words.Agreed(definition, likely)]
                : expected, OlderNumbers.OfExpected(figure, benefits.Inputs), words));
        }

        if (definition.EffectFrom is { } from) yield return new(words["EffectFrom"], words.Date(from));
        yield return new(words["Type"], words[$"Form{definition.Form}"]);
    }

    // The agreed target first, then those that it had before.
    private static IEnumerable<ReportFact> Targets(BenefitFigure figure, ReportLanguage words)
    {
        if (figure.Definition.Target is not null)
            yield return new(words["ColumnTarget"], TargetOf(figure.Definition, words));
        var history = figure.Versions.Where((v, n) => n == 0 || IsOther(figure.Versions[n - 1].Definition, v.Definition)).ToList();
        if (history.Count < 2) yield break;
        foreach (var version in history)
        {
            ILocalizedText from = version.Definition.TargetFrom is { } day
                ? FigureTexts.Of("FromDay", day)
                : FigureTexts.Of("FromBeginning");
            var target = version.Definition.Target is null ? words["NoTarget"] : TargetOf(version.Definition, words);
            yield return new(words["TargetHistory"], words["TargetVersion", from, target, version.By,
                version.Reason is { } reason ? ": " + Punctuation.Ended(reason) : "."]);
        }
    }

    private static bool IsOther(IndicatorDefinition before, IndicatorDefinition after) =>
        before.Target != after.Target || before.TargetOn != after.TargetOn || before.TargetFrom != after.TargetFrom;

    private static string TargetOf(IndicatorDefinition definition, ReportLanguage words)
    {
        var target = ReportRows.Agreed(definition.Target, definition, words);
        return definition.TargetOn is { } on ? words["TargetBy", target, on] : target;
    }

    private static string BaselineOf(BenefitFigure figure, ReportLanguage words)
    {
        var baseline = figure.Definition.Baseline;
        if (baseline.Value is null) return words["NoBaseline"];
        string?[] parts =
        [
            ReportRows.Agreed(baseline.Value, figure.Definition, words),
            (baseline.From, baseline.To) switch
            {
                ({ } from, { } to) => words["MeasuredIn", words.Days(from, to)],
                ({ } from, null) => words["MeasuredFrom", from],
                (null, { } to) => words["MeasuredUntil", to],
                _ => words["WithoutPeriod"],
            },
            string.IsNullOrWhiteSpace(baseline.Source) ? words["WithoutSource"] : words["Source", baseline.Source.Trim()],
            baseline.LockedAt is { } at ? words["LockedBy", at, baseline.LockedBy ?? ""]
                : figure.BaselineLocked ? words["LockedByEffect"]
                : words["NotLocked"],
        ];
        return string.Join(", ", parts);
    }

    private static IEnumerable<ReportFact> People(BenefitFigure figure, InputBook inputs, ReportLanguage words)
    {
        var definition = figure.Definition;
        foreach (var (name, text) in new[]
        {
            ("Measurer", definition.Measurer), ("Assumptions", definition.Assumptions), ("WhoGains", definition.WhoGains),
            ("WhoBears", definition.WhoBears), ("WhoChanges", definition.WhoChanges),
            ("Stakeholders", definition.Stakeholders), ("MeasuringCost", definition.MeasuringCost),
        })
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            var older = name == "Assumptions" ? OlderNumbers.OfAssumptions(figure, inputs) : null;
            yield return new(words[name], WithOlder(text.Trim(), older, words));
        }

        if (!string.IsNullOrWhiteSpace(definition.Risk)) yield return new(words["Risk"], ReportChain.RiskOf(figure, words));
    }

    // What was written when a number was another one is told where it stands.
    private static string WithOlder(string text, ILocalizedText? older, ReportLanguage words) =>
        older is null ? text : $"{text} ({words.Text(older)})";

    private static IEnumerable<ReportFact> FollowUps(BenefitFigure figure, ReportLanguage words)
    {
        if (figure.Definition.FollowUpOn is { } next) yield return new(words["NextFollowUp"], words.Date(next));
        foreach (var done in figure.FollowUps.Where(n => n.Kind == NoteKind.FollowUp))
            yield return new(words["FollowUpDone"], $"{words.Date(done.Day)}: {Punctuation.Ended(done.Text)}");
        if (figure.Request is { } asked)
            yield return new(words["Asked"], words["AskedOf", asked.Evidence ?? "", asked.EnteredAt]);
    }
}
