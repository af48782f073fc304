using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// The annex of a report: when the numbers were read, how sure each is and by what rule, each figure's calculation, months and history, the
/// agreed numbers, and what the ledger covers.
/// </summary>
internal static class ReportAnnex
{
    // In mm, so that a chart and its table share a page with the calculation.
    private const double ChartWidth = 95;

    /// <summary>Adds it.</summary>
    public static void AddAnnex(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        document.Heading(2, words["Annex"]).AddFacts(Basis(report, words));
        if (report is { IsOverview: true, Edit: not null })
            document.AddFacts([new(words["OwnConclusion"], ReportConclusion.Of(report, words.Culture))]);
        document.AddSureness(report, words);
        foreach (var chapter in report.Chapters)
        {
            if (report.IsOverview) document.Heading(2, ReportDocumentBuilder.TitleOf(chapter.Benefits, words));
            document.AddFacts(ChapterFacts(chapter, words));
            document.AddEstimates(chapter.Benefits, words);
            foreach (var figure in chapter.Benefits.All.Where(f => ReportFacts.HasContent(f, words)))
                document.AddFigure(chapter.Benefits, figure, words);
            document.AddInputs(chapter.Benefits, words);
        }

        document.Keep(ledger => ledger.AddLedger(report, words));
    }

    /// <summary>Adds names with values in small type; nothing when there are none.</summary>
    public static DocumentBuilder AddFacts(this DocumentBuilder document, IEnumerable<ReportFact> facts) => document.Facts(
        names =>
        {
            foreach (var fact in facts) names.Add(fact.Name, fact.Text);
        },
        BlockStyle.Small);

    private static IEnumerable<ReportFact> Basis(ReportModel report, ReportLanguage words)
    {
        yield return new(words["ReadAt"], words.Moment(report.DrawnAt));
        var present = Month.Of(report.Today);
        if (present >= report.Period.First && present <= report.Period.Last)
            yield return new(words["Unfinished"], words["UnfinishedMonth", words.Capital(words.MonthOf(present))]);
        if (report.Chapters.SelectMany(c => c.Benefits.All).Any(ReportBasis.IsCounted))
        {
            var benefits = report.Chapters[0].Benefits;
            yield return new(words["InPeriod"], words["InPeriodCounts", benefits.Messages, benefits.Letters]);
        }
    }

    // What is missing and what seems to be counted twice; how the report says it is sure stands in a table of its own.
    private static IEnumerable<ReportFact> ChapterFacts(ReportChapter chapter, ReportLanguage words)
    {
        var benefits = chapter.Benefits;
        if (chapter.Edit is not null)
            yield return new(words["OwnConclusion"], ReportConclusion.Of(benefits, chapter.Open, words.Culture, chapter.PutOff));
        string Named(Func<BenefitFigure, bool> which) =>
            words.List([.. benefits.Benefits.Where(which).Select(f => words.Quoted(words.NameOf(f)))]);
        if (Named(f => f.Standing.State == BenefitState.NoData) is { Length: > 0 } silent) yield return new(words["WithoutData"], silent);
        if (Named(f => f.Definition.Kind != IndicatorKind.Described && f.Definition.Baseline.Value is null) is { Length: > 0 } bare)
            yield return new(words["WithoutBaseline"], bare);
        if (benefits.Benefits.Count > 0 && !benefits.Benefits.Any(b => b.IsNegative))
            yield return new(words["NegativeBenefits"], words["NoNegative"]);
        foreach (var pair in benefits.DoubleCounts)
        {
            yield return new(words["CountedTwice"], words["CountedTwicePair", words.NameOf(pair.One), words.NameOf(pair.Other),
                Punctuation.Ended(words.Text(pair.Why))]);
        }
    }

    private static void AddSureness(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        var figures = report.Chapters.SelectMany(c => c.Benefits.All).ToList();
        if (ReportTables.Rules(figures, words) is { Length: > 0 } rules)
            document.Keep(kept => kept.Heading(3, words["HowJudged"]).Paragraph(rules, BlockStyle.Small));
        var sure = figures.Where(f => f.Series.Value is not null && f.Definition.Kind != IndicatorKind.Described).ToList();
        if (sure.Count == 0) return;

        // Lists and tables of the annex may go on on the next page, below their heading's first row: kept whole, they left half pages
        // empty.
        document.Heading(3, words["HowSure"]).List(ordered: false, SurenessRule.Words.Select(words.Text))
            .AddInputs(sure.Where(f => !f.IsBenefit), words);
    }

    // How sure a benefit is stands with its other answers; what it is calculated from stands here.
    private static void AddInputs(this DocumentBuilder document, IEnumerable<BenefitFigure> inputs, ReportLanguage words)
    {
        var figures = inputs.ToList();
        if (figures.Count == 0) return;
        document.Table(
            [new(words["ColumnFigure"], 58) { IsRowHeader = true }, new(words["ColumnSure"], 34), new(words["ColumnBecause"])],
            table =>
            {
                foreach (var figure in figures)
                {
                    table.Row(words.NameOf(figure), words.Text(figure.Sureness.Word), figure.Sureness.Reasons.Count == 0
                        ? words["NothingAgainst"]
                        : words.Capital(string.Join("; ", figure.Sureness.Reasons.Select(words.Text))));
                }
            },
            compact: true);
    }

    private static void AddEstimates(this DocumentBuilder document, ChainBenefits benefits, ReportLanguage words)
    {
        var steps = ReportCalculation.Estimates(benefits, words);
        if (steps.Count > 0)
            document.Keep(kept => kept.Heading(3, words["Estimates"]).AddSteps(steps, words)
                .Paragraph(ReportCalculation.EstimatesNote(benefits, words), BlockStyle.Caption));
        if (ReportFreed.PricedOf(benefits) is not var (time, price)) return;
        var worth = ReportCalculation.Freed(time, price.Latest.Value!.Value, words);
        if (worth.Count == 0) return;
        document.Keep(kept => kept.Heading(3, words["WorthTitle"]).AddSteps(worth, words)
            .Paragraph(words["WorthNote", ReportFreed.SaidBy(price, words)], BlockStyle.Caption));
    }

    private static void AddFigure(this DocumentBuilder document, ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var row = ReportRows.Of(benefits, figure, words);
        var steps = ReportCalculation.Of(figure, words).Steps;
        document.Heading(3, row.Title).AddFacts(ReportFacts.Of(benefits, figure, words));
        if (steps.Count > 0)
        {
            document.Keep(kept =>
            {
                kept.Heading(4, words["Calculation"]).AddSteps(steps, words);
                if (ReportCalculation.SourcesOf(figure, benefits, words) is { Length: > 0 } sources)
                    kept.Paragraph(sources, BlockStyle.Caption);
            });
        }

        if (figure.Series.Covered > 1)
        {
            document.Keep(kept =>
            {
                kept.Heading(4, words["Months"]);
                if (figure.Series.Covered >= ReportTables.LeastDrawn)
                    kept.Figure(ReportChart.Draw(row.Chart, words), ReportChart.Describe(row.Chart, words), ChartWidth);
                // Months without data break the line of a chart; below no chart only those with a number say something.
                kept.AddMonths(figure.Series.Covered >= ReportTables.LeastDrawn
                    ? row.Months
                    : [.. row.Months.Where(m => m.Level is not null)], words);
            });
        }
        else if (row.Months.Count > 0 && figure.Series.Value is null)
        {
            document.Paragraph(words["NoDataInPeriod"], BlockStyle.Small);
        }
    }
}

/// <summary>A line of the annex.</summary>
internal sealed record ReportFact(string Name, string Text);
