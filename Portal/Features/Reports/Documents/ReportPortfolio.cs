using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Portfolio;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// Several chains: one page with what a director wants first (hours and kroner apart, how sure they are, what has no owner, where the
/// chains are, what is off and why), then each chain for itself. All rows add up to their total as they are printed.
/// </summary>
internal static class ReportPortfolio
{
    private const int MostOff = 8;

    private static readonly BenefitForm[] Forms = [BenefitForm.Time, BenefitForm.Cash];

    /// <summary>Adds it.</summary>
    public static void AddPortfolio(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        var chains = report.Chapters.Select(c => ChainProgress.From(c.Benefits)).ToList();
        if (chains.Count > 0)
        {
            document.AddGains(chains, words);
            document.Heading(2, words["Chains"]).AddStates(chains, words);
            if (report.Edit is not null) document.AddWaiting(report, words);
            document.AddUnowned(report, words);
            document.AddOff(report, words);
        }

        foreach (var chapter in report.Chapters)
        {
            document.Keep(head => head.Heading(2, ReportDocumentBuilder.TitleOf(chapter.Benefits, words))
                    .AddConclusion(
                        chapter.Edit?.Text ?? ReportConclusion.Of(chapter.Benefits, chapter.Open, words.Culture, chapter.PutOff),
                        chapter.Edit, words))
                .AddChain(chapter, 3, words);
        }
    }

    private static Gain? GainOf(ChainProgress chain, BenefitForm form) => form == BenefitForm.Time ? chain.Time : chain.Cash;

    // Numbers are rounded to whole hours and kroner before they are added, so that the printed rows give the printed total.
    private static decimal Whole(decimal value) => Math.Round(value, 0, MidpointRounding.AwayFromZero);

    /// <summary>
    /// What is realised (null when nothing is measured) and agreed in all, added as the rows are printed; null for no such gain.
    /// </summary>
    public static (decimal? Realised, decimal Agreed)? TotalOf(IReadOnlyList<ChainProgress> chains, BenefitForm form)
    {
        var gains = chains.Select(c => GainOf(c, form)).OfType<Gain>().ToList();
        if (gains.Count == 0) return null;
        return (gains.Any(g => g.Realised is not null) ? gains.Sum(g => Whole(g.Realised ?? 0)) : null, gains.Sum(g => Whole(g.Expected)));
    }

    private static void AddGains(this DocumentBuilder document, List<ChainProgress> chains, ReportLanguage words)
    {
        foreach (var form in Forms)
        {
            var with = chains.Where(c => GainOf(c, form) is not null).ToList();
            if (with.Count == 0) continue;
            document.Keep(kept => kept.Heading(2, words[$"Gains{form}"]).AddGain(with, form, words));
        }

        foreach (var shared in SharedGains.Find([.. chains.Select(c => c.Of)]))
        {
            document.Paragraph(words["Shared", words.NameOf(shared.One), ReportDocumentBuilder.TitleOf(shared.OneChain, words),
                words.NameOf(shared.Other), ReportDocumentBuilder.TitleOf(shared.OtherChain, words)], BlockStyle.Small, "shared-gain");
        }
    }

    private static void AddGain(this DocumentBuilder document, List<ChainProgress> chains, BenefitForm form, ReportLanguage words)
    {
        var rows = chains.Select(c => RowOf(c, GainOf(c, form)!)).ToList();
        document.Table(
            [
                new(words["ColumnChain"]) { IsRowHeader = true }, new(words["ColumnRealised"], 22, Numeric: true),
                new(words["ColumnAgreed"], 22, Numeric: true), new(words["ColumnSurely"], 20, Numeric: true),
                new(words["ColumnFairly"], 24, Numeric: true), new(words["ColumnUnsurely"], 20, Numeric: true),
            ],
            table =>
            {
                foreach (var row in rows) table.Row(Cells(row));
                table.Row(Cells(new GainRow(words["Total"], rows.Any(r => r.Realised is not null) ? rows.Sum(r => r.Realised ?? 0) : null,
                    rows.Sum(r => r.Agreed), rows.Sum(r => r.Sure), rows.Sum(r => r.Fair), rows.Sum(r => r.Unsure))));
            },
            compact: true);
        document.Paragraph(words[$"GainsNote{form}"], BlockStyle.Caption);

        // A target that was changed within the period is no longer what was agreed when it began.
        foreach (var (chain, figure) in chains.SelectMany(c => c.Of.Benefits.Where(f => f.Definition.Form == form).Select(f => (c, f))))
        {
            var changes = TargetRun.Changes(TargetRun.In(figure, chain.Of.Period), figure.Definition.Unit).Select(words.Text).ToList();
            if (changes.Count > 0)
                document.Paragraph(words["GainsTargetChanged", words.NameOf(figure), string.Join("; ", changes)], BlockStyle.Caption);
        }

        GainRow RowOf(ChainProgress chain, Gain gain)
        {
            // The largest part takes what rounding leaves over, so that the three parts give what is realised.
            decimal[] parts =
                [Whole(gain.Of(SurenessLevel.Sure)), Whole(gain.Of(SurenessLevel.Fair)), Whole(gain.Of(SurenessLevel.Unsure))];
            if (gain.Realised is { } realised)
            {
                var largest = Array.IndexOf(parts, parts.MaxBy(Math.Abs));
                parts[largest] += Whole(realised) - parts.Sum();
            }

            return new GainRow(ReportDocumentBuilder.TitleOf(chain.Of, words), gain.Realised is { } come ? Whole(come) : null,
                Whole(gain.Expected), parts[0], parts[1], parts[2]);
        }

        string[] Cells(GainRow row) =>
        [
            row.Title, row.Realised is { } come ? words.Number(come) : "–", words.Number(row.Agreed), words.Number(row.Sure),
            words.Number(row.Fair), words.Number(row.Unsure),
        ];
    }

    private sealed record GainRow(string Title, decimal? Realised, decimal Agreed, decimal Sure, decimal Fair, decimal Unsure);

    // A column for every state that some benefit has, so that each row gives its number of benefits; negative ones are counted apart.
    private static void AddStates(this DocumentBuilder document, List<ChainProgress> chains, ReportLanguage words)
    {
        var states = chains.SelectMany(c => c.Of.Benefits).Where(b => !b.IsNegative).Select(b => b.Standing.State).Distinct().Order()
            .ToList();
        document.Table(
            [
                new(words["ColumnChain"]) { IsRowHeader = true }, new(words["ColumnBenefits"], 18, Numeric: true),
                .. states.Select(s => new TableColumn(words.Capital(words[$"State{s}"]), Math.Min(19, 84.0 / states.Count), Numeric: true)),
                new(words["ColumnNegative"], 17, Numeric: true), new(words["ColumnWorse"], 17, Numeric: true),
            ],
            table =>
            {
                foreach (var chain in chains) table.Row(Cells(ReportDocumentBuilder.TitleOf(chain.Of, words), chain.Of.Benefits));
                if (chains.Count > 1) table.Row(Cells(words["Total"], [.. chains.SelectMany(c => c.Of.Benefits)]));
            },
            compact: true);
        document.Paragraph(words["StatesNote"], BlockStyle.Caption);

        string[] Cells(string title, IReadOnlyList<BenefitFigure> benefits)
        {
            var (positive, negative) = (benefits.Where(b => !b.IsNegative).ToList(), benefits.Where(b => b.IsNegative).ToList());
            return
            [
                title, words.Count(positive.Count), .. states.Select(s => words.Count(positive.Count(b => b.Standing.State == s))),
                words.Count(negative.Count), WorseOf(negative, words),
            ];
        }
    }

    // None is worse only where some are measured.
    private static string WorseOf(List<BenefitFigure> negative, ReportLanguage words) => negative.Exists(b => b.Standing.IsJudged)
        ? words.Count(negative.Count(b => b.Standing.State == BenefitState.Worse))
        : "–";

    private static void AddUnowned(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        var unowned = report.Chapters.Select(c => (c.Benefits, Figures: c.Benefits.Benefits.Where(b => !b.HasOwner).ToList()))
            .Where(c => c.Figures.Count > 0).ToList();
        if (unowned.Count == 0) return;
        document.Keep(kept => kept.Heading(2, words["UnownedTitle"]).List(ordered: false, unowned.Select(c => LineBuilder.Build(
            line => line.Strong(ReportDocumentBuilder.TitleOf(c.Benefits, words)).Text(": " + NamesOf(c.Figures, words))))));
    }

    private static string NamesOf(List<BenefitFigure> figures, ReportLanguage words)
    {
        var named = figures.Take(MostOff).Select(f => words.Quoted(words.NameOf(f))
            + (f.IsNegative ? $" ({words["Negative"]})" : "")).ToList();
        if (figures.Count > MostOff) named.Add(words["More", figures.Count - MostOff]);
        return words.List(named);
    }

    // The automatic conclusion says this; one written by hand may not.
    private static void AddWaiting(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        var unowned = report.Chapters.SelectMany(c => c.Benefits.Benefits).Where(b => !b.HasOwner).ToList();
        var open = report.Chapters.Sum(c => c.Open);
        string[] sentences =
        [
            unowned.Count > 0 ? words.Capital(words["Unowned", ReportOverviewConclusion.Apart(unowned, words)]) : "",
            open > 0 ? ReportConclusion.Waiting(open, words, report.Chapters.Sum(c => c.PutOff)) : "",
        ];
        if (string.Join(' ', sentences.Where(s => s.Length > 0)) is { Length: > 0 } text) document.Paragraph(text);
    }

    private static void AddOff(this DocumentBuilder document, ReportModel report, ReportLanguage words)
    {
        var off = report.Chapters.SelectMany(c => c.Benefits.Benefits.Where(b => b.Standing.Deviates).Select(f => (c.Benefits, Figure: f)))
            .OrderByDescending(o => o.Figure.Causes.Count == 0).ToList();
        if (off.Count == 0) return;
        document.Keep(kept => kept.Heading(2, words["Off"]).List(ordered: false, [
            .. off.Take(MostOff).Select(o => LineBuilder.Build(line => line.Strong(words.NameOf(o.Figure))
                .Text($" ({ReportDocumentBuilder.TitleOf(o.Benefits, words)}): ")
                .Text($"{words[$"State{o.Figure.Standing.State}"]}. {Explanation(o.Figure, words)}"))),
            .. off.Count > MostOff ? [LineBuilder.Build(line => line.Text(words["OffMore", off.Count - MostOff]))]
                : Array.Empty<System.Collections.Immutable.ImmutableArray<Inline>>(),
        ]));
    }

    private static string Explanation(BenefitFigure figure, ReportLanguage words) =>
        figure.Causes.Count == 0 ? words["NotExplained"] : Punctuation.Ended(figure.Causes[^1].Text);
}
