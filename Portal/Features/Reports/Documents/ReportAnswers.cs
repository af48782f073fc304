using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// For every benefit the two answers that its numbers do not give: how sure they are and what they rest on, and why it is where it is, or
/// whom to ask when nobody has written that. Changes are only announced here; they stand in full under deviations.
/// </summary>
internal static class ReportAnswers
{
    private const TextStyle Note = TextStyle.Dim | TextStyle.Small;
    private static readonly string[] Short = ["DeviationProblem", "DeviationLimit"];

    /// <summary>Adds the table, right below the numbers.</summary>
    public static void AddAnswers(
        this DocumentBuilder document, ChainBenefits benefits, IReadOnlyList<ReportRow> rows, int level, ReportLanguage words) =>
        document.Heading(level, words["Answers"]).Table(
            [new(words["ColumnBenefit"], 39) { IsRowHeader = true }, new(words["ColumnHowSure"], 60), new(words["ColumnWhy"])],
            table =>
            {
                foreach (var row in rows)
                {
                    table.Row(name => name.Strong(row.Title), sure => Sure(sure, row, words),
                        why => why.Text(string.Join(' ', Why(benefits, row.Figure, words).Select(Punctuation.Ended))));
                }
            },
            compact: true);

    /// <summary>True for what stands in full under deviations: a change of what had been told before.</summary>
    public static bool IsChange(ILocalizedText deviation) =>
        deviation is not ProblemText { Key: "DeviationMonths" or "DeviationProblem" or "DeviationLimit" };

    private static void Sure(LineBuilder cell, ReportRow row, ReportLanguage words)
    {
        var reasons = row.Figure.Sureness.Reasons.Where(r => r.Key != "WhyByHand").Select(words.Text).ToList();
        if (row.Sureness.Length == 0)
        {
            cell.Text(words.Capital(row.Rests));
            return;
        }

        cell.Strong(words.Capital(row.Sureness)).Text(": " + row.Rests);
        if (reasons.Count > 0) cell.Break().Text(words.Capital(string.Join("; ", reasons)), Note);
    }

    private static IEnumerable<string> Why(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var (definition, state) = (figure.Definition, figure.Standing.State);
        var isOff = figure.Standing.Deviates;
        if (figure.Causes.Count > 0) yield return figure.Causes[^1].Text.Trim();
        else if (isOff) yield return words["NobodyWrote", Whom(benefits, figure, words)];
        if (isOff && definition.Measure == LogMeasure.DocumentedShare
            && figure.Series.Counted is { } letters && letters.Part < letters.Whole)
        {
            yield return words["WhyShare", words.Number(letters.Whole - letters.Part), words.Number(letters.Whole)];
        }

        if (isOff && figure.Standing.Target is not null && definition.TargetOn is null) yield return words["WhyNoDate"];
        if (Plainly(state) is { } key) yield return words[key, Whom(benefits, figure, words)];
        if (state == BenefitState.NoData && figure.Causes.Count == 0) yield return words["AskForNumber", Whom(benefits, figure, words)];
        if (figure.Standing.Forecast is { } forecast)
        {
            var range = ReportRows.Range(forecast.Low, forecast.High, definition.Unit, words);
            yield return words.Capital(forecast.Rule == ForecastRule.RestOfYear
                ? words["ForecastYear", range, TargetProgress.YearMonths]
                : words["ForecastOn", range, definition.TargetOn!.Value]);
        }

        foreach (var deviation in figure.Deviations.Where(d => d is ProblemText text && Short.Contains(text.Key)))
            yield return words.Text(deviation);
        if (BehavioursNotBegun(benefits, figure) is > 0 and var count && isOff)
            yield return count == 1 ? words["BehaviourNotBegunOne"] : words["BehaviourNotBegun", words.Capital(words.InWords(count))];
        if (figure.OtherCauses.Count > 0)
            yield return words["OtherCauses", string.Join("; ", figure.OtherCauses.Select(n => Punctuation.Bare(n.Text)))];
        if (Changes(figure) is > 0 and var changes)
            yield return changes == 1 ? words["ChangedOnce"] : words["ChangedTimes", words.Capital(words.InWords(changes))];
        if (Overdue(benefits, figure) is { } day) yield return words["FollowUpNotHeld", day];
    }

    // What the state says by itself; off its plan it must be explained instead.
    private static string? Plainly(BenefitState state) => state switch
    {
        BenefitState.Empty => "WhyEmpty",
        BenefitState.Described => "WhyDescribed",
        BenefitState.NoData => "WhyNoData",
        BenefitState.NothingToCompare => "WhyNothingToCompare",
        BenefitState.Reached or BenefitState.ReachedUnsure => "WhyReached",
        BenefitState.OnTrack => "WhyOnTrack",
        BenefitState.Better => "WhyBetter",
        _ => null,
    };

    private static string Whom(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words) =>
        new[] { figure.Definition.Owner, figure.Definition.Measurer, benefits.Document.Department }
            .FirstOrDefault(n => !string.IsNullOrWhiteSpace(n))?.Trim() ?? words["WhomNobody"];

    private static int Changes(BenefitFigure figure) => figure.Deviations.Count(IsChange);

    // The new behaviours that lead to the benefit and that do not happen, or that nobody has followed up.
    private static int BehavioursNotBegun(ChainBenefits benefits, BenefitFigure figure)
    {
        var before = benefits.Document.PresentLinks.ToLookup(l => l.To, l => l.From, StringComparer.Ordinal);
        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal) { figure.Element.Id }, new Queue<string>([figure.Element.Id]));
        while (waiting.TryDequeue(out var here))
        {
            foreach (var from in before[here].Where(seen.Add)) waiting.Enqueue(from);
        }

        return benefits.Behaviours.Count(b => seen.Contains(b.Element.Id)
            && (b.Notes.Count == 0 || b.Notes[0].Answer == Occurrence.No));
    }

    private static DateOnly? Overdue(ChainBenefits benefits, BenefitFigure figure) =>
        figure.Latest.FollowUpOn is { } day && day < benefits.Today
        && !figure.FollowUps.Any(n => n.Kind == NoteKind.FollowUp && n.Day >= day)
            ? day
            : null;
}
