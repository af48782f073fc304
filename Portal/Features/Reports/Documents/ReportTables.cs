using Portal.Features.Benefits.Figures;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>The front page's table of benefits, and the tables of months and calculations.</summary>
internal static class ReportTables
{
    /// <summary>The fewest months that are drawn as a line.</summary>
    public const int LeastDrawn = 3;

    private const int MostPairs = 3;
    private const TextStyle Note = TextStyle.Dim | TextStyle.Small;

    /// <summary>Benefits and negative ones in one table, so that both get the same attention; below it how it is to be read.</summary>
    public static void AddBenefits(this DocumentBuilder document, IReadOnlyList<ReportRow> rows, ReportLanguage words)
    {
        document.Table(
            [
                new(words["ColumnBenefit"]) { IsRowHeader = true }, new(words["ColumnBaseline"], 25), new(words["ColumnNow"], 40),
                new(words["ColumnTarget"], 36), new(words["ColumnState"], 23),
            ],
            table =>
            {
                foreach (var row in rows)
                    table.Row(Name(row, words), cell => Amount(cell, row.Baseline), Now(row), cell => Amount(cell, row.Target), State(row));
            },
            compact: true);
        if (Caption(rows, words) is { Length: > 0 } caption) document.Paragraph(caption, BlockStyle.Caption);
    }

    /// <summary>The steps of a calculation; nothing when there are none.</summary>
    public static DocumentBuilder AddSteps(this DocumentBuilder document, IReadOnlyList<ReportStep> steps, ReportLanguage words) =>
        steps.Count == 0 ? document : document.Table(
            [
                new(words["ColumnStep"], 62) { IsRowHeader = true }, new(words["ColumnExpression"]),
                new(words["ColumnResult"], 30, Numeric: true),
            ],
            table =>
            {
                foreach (var step in steps) table.Row(step.Name, step.Expression, step.Result);
            },
            compact: true);

    /// <summary>The monthly values of a benefit in up to three pairs of columns, also for months without data.</summary>
    public static DocumentBuilder AddMonths(this DocumentBuilder document, IReadOnlyList<ReportMonth> months, ReportLanguage words)
    {
        var pairs = Math.Clamp(months.Count, 1, MostPairs);
        return document.Table(
            [
                .. Enumerable.Range(0, pairs).SelectMany(_ => new[]
                {
                    new TableColumn(words["ColumnMonth"]) { IsRowHeader = true }, new TableColumn(words["ColumnNumber"], Numeric: true),
                }),
            ],
            table =>
            {
                foreach (var line in months.Chunk(pairs)) table.Row([.. line.SelectMany(month => new[] { month.Name, month.Text })]);
            },
            compact: true);
    }

    /// <summary>The tone of a state's mark.</summary>
    public static Tone ToneOf(BenefitState state) => BenefitFormat.Style(state) switch
    {
        "ok" => Tone.Ok, "info" => Tone.Info, "warn" => Tone.Warn, "bad" => Tone.Bad, _ => Tone.Grey,
    };

    private static Action<LineBuilder> Name(ReportRow row, ReportLanguage words) => cell =>
    {
        if (row.Figure.IsNegative) cell.Mark(words["Negative"], Tone.Grey).Text(" ");
        cell.Strong(row.Title).Break();
        if (row.Owner is { } owner) cell.Text(words["OwnerIs", owner], Note);
        else cell.Mark(words["OwnerMissing"], Tone.Warn);
    };

    private static void Amount(LineBuilder cell, ReportAmount amount)
    {
        cell.Text(amount.Text);
        foreach (var note in amount.Notes) cell.Break().Text(note, Note);
    }

    private static Action<LineBuilder> Now(ReportRow row) => cell =>
    {
        cell.Strong(row.Now);
        if (row.Measured.Length > 0) cell.Break().Text(row.Measured, Note);
    };

    private static Action<LineBuilder> State(ReportRow row) => cell =>
    {
        cell.Mark(row.State, ToneOf(row.Figure.Standing.State));

        // Fewer months than that say no more as a line than as numbers.
        if (row.Figure.Series.Covered >= LeastDrawn) cell.Break().Figure(ReportSpark.Draw(row.Chart), ReportSpark.Describe(row.Chart), 21);
    };

    // The rules themselves would push the answers off the page.
    private static string Caption(IReadOnlyList<ReportRow> rows, ReportLanguage words)
    {
        var parts = new List<string>();
        if (rows.Any(r => r.Figure.Series.Covered >= LeastDrawn)) parts.Add(words["Lines"]);
        if (rows.Any(r => r.Figure.Standing.IsJudged || r.Sureness.Length > 0)) parts.Add(words["RulesInAnnex"]);
        return string.Join(' ', parts);
    }

    /// <summary>What the states mean and how the forecast is made, for the annex; empty when no figure has either.</summary>
    public static string Rules(IReadOnlyList<BenefitFigure> figures, ReportLanguage words)
    {
        var parts = new List<string>();
        if (figures.Any(r => r.Standing.IsJudged)) parts.Add(words["Thresholds", (int)(TargetProgress.Slack * 100)]);
        if (figures.Any(r => r.Standing is { IsJudged: true, Due: > 0 })) parts.Add(words["ThresholdsSum"]);
        var rules = figures.Select(r => r.Standing.Forecast?.Rule).OfType<ForecastRule>().ToHashSet();
        if (rules.Contains(ForecastRule.RestOfYear)) parts.Add(words["RuleRestOfYear"]);
        if (rules.Contains(ForecastRule.SamePace)) parts.Add(words["RuleSamePace"]);
        if (figures.Any(f => f.Series.Value is not null)) parts.Add(words["MeasuredRule"]);
        if (rules.Count > 0) parts.Add(words["RuleLeast", words.InWords(Forecast.LeastMonths)]);
        return string.Join(' ', parts);
    }
}
