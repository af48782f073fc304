using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Documents;

/// <summary>A chain in a report: its benefits, what is off and why, freed time and money, risks, behaviour and decisions.</summary>
internal static class ReportChain
{
    // Wider pictures would be drawn so small on an upright page that nobody can read them: 172 mm in 96ths of an inch, and a third more.
    private const double WidestUpright = 172 / 25.4 * 96 * 4 / 3, HighestUpright = 1_000;

    /// <summary>Adds it.</summary>
    /// <param name="level">The level of its headings.</param>
    public static void AddChain(this DocumentBuilder document, ReportChapter chapter, int level, ReportLanguage words)
    {
        var benefits = chapter.Benefits;
        var rows = benefits.Benefits.Select(b => ReportRows.Of(benefits, b, words)).ToList();
        if (rows.Count == 0) document.Paragraph(words["NoBenefits"]);
        else document.Heading(level, words["Benefits"]).AddBenefits(rows, words);
        if (rows.Count > 0) document.AddAnswers(benefits, rows, level, words);
        document.AddDeviations(benefits, level, words);
        document.AddFreed(benefits, level, words);
        document.AddRisks(benefits, level, words);
        if (benefits.Behaviours.Count > 0)
            document.Keep(kept => kept.Heading(level, words["Behaviour"]).AddBehaviours(benefits.Behaviours, words));
        if (benefits.Unplanned.Count > 0)
        {
            document.Keep(kept => kept.Heading(level, words["Unplanned"]).List(ordered: false, benefits.Unplanned.Select(
                n => $"{Punctuation.Bare(n.Text)} ({ShownBy(n, words)}).")));
        }

        document.Keep(kept => kept.Heading(level, words["Decisions"]).AddDecisions(chapter, words));
    }

    /// <summary>The chain's picture: on a page that is wider than high only when it would be unreadable on an upright one.</summary>
    public static void AddPicture(this DocumentBuilder document, ReportChapter chapter, bool named, ReportLanguage words)
    {
        var drawn = new ChainPicture(new TextsIn<LayoutTexts>(words.Culture), words.Culture).Draw(chapter.Benefits.Inputs.Agreed());
        var heading = named ? words["ChainOf", ReportDocumentBuilder.TitleOf(chapter.Benefits, words)] : words["Chain"];
        void Picture(DocumentBuilder page) => page.Heading(2, heading).Figure(
            drawn.Drawing, words["ChainAlternative", ReportDocumentBuilder.TitleOf(chapter.Benefits, words), drawn.Description]);
        if (drawn.Drawing.Width <= WidestUpright && drawn.Drawing.Height <= HighestUpright) document.Keep(Picture);
        else document.Landscape(Picture);
    }

    /// <summary>A behaviour as a sentence: who does what instead of what.</summary>
    public static string Sentence(ChainElement box, ReportLanguage words)
    {
        var (who, start, stop) = (box.Who?.Trim() ?? "", box.Start?.Trim() ?? "", box.Stop?.Trim() ?? "");
        var does = start.Length > 0 ? start : stop.Length > 0 ? words["Stops", stop] : "";
        if (start.Length > 0 && stop.Length > 0) does = words["And", start, words["Stops", stop]];
        if (box.InsteadOf?.Trim() is { Length: > 0 } instead)
            does = does.Length > 0 ? words["InsteadOf", does, instead] : words["InsteadOfAlone", instead];
        var sentence = words.Capital($"{who} {does}".Trim());
        var text = Punctuation.Bare(box.Text);
        return (text.Length, sentence.Length) switch
        {
            (0, 0) => words["BehaviourEmpty"],
            (_, 0) => text,
            (0, _) => Punctuation.Bare(sentence),
            _ => $"{text}: {Punctuation.Bare(sentence)}",
        };
    }

    private static void AddDeviations(this DocumentBuilder document, ChainBenefits benefits, int level, ReportLanguage words)
    {
        var deviating = benefits.All.Select(f => (Figure: f, Lines: LinesOf(benefits, f, words))).Where(d => d.Lines.Count > 0).ToList();
        if (deviating.Count == 0) return;
        document.Keep(kept => kept.Heading(level, words["DeviationsTitle"]).List(ordered: false, deviating.Select(
            d => LineBuilder.Build(line => line.Strong(words.NameOf(d.Figure)).Text($": {string.Join(' ', d.Lines)}")))));
    }

    // The tables above say the rest of a benefit, with its newest cause; inputs do not stand in them.
    private static List<string> LinesOf(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words) =>
    [
        .. figure.Causes.SkipLast(figure.IsBenefit ? 1 : 0).Select(c => words["CauseOf", Punctuation.Ended(c.Text)]),
        .. figure.Deviations.Where(d => !figure.IsBenefit || ReportAnswers.IsChange(d)).Select(d => Punctuation.Ended(
            d is ProblemText { Key: "DeviationMonths" } ? words.Capital(ReportCoverage.Of(benefits, figure, words)) : words.Text(d))),
    ];

    private static void AddRisks(this DocumentBuilder document, ChainBenefits benefits, int level, ReportLanguage words)
    {
        var risky = benefits.Benefits.Where(b => !string.IsNullOrWhiteSpace(b.Definition.Risk)).ToList();
        if (risky.Count == 0) return;
        document.Keep(kept => kept.Heading(level, words["Risks"]).List(ordered: false, risky.Select(
            f => LineBuilder.Build(line => line.Strong(words.NameOf(f)).Text($": {RiskOf(f, words)}")))));
    }

    /// <summary>A risk with its likelihood and what is done about it.</summary>
    public static string RiskOf(BenefitFigure figure, ReportLanguage words)
    {
        var definition = figure.Definition;
        var likelihood = definition.RiskLikelihood is { } likely ? " " + words["Likelihood", words[$"Likelihood{likely}"]] : "";
        var response = string.IsNullOrWhiteSpace(definition.RiskResponse)
            ? words["NoResponse"]
            : words["Response", Punctuation.Ended(definition.RiskResponse)];
        return $"{Punctuation.Ended(definition.Risk!)}{likelihood} {response}";
    }

    private static void AddDecisions(this DocumentBuilder document, ReportChapter chapter, ReportLanguage words)
    {
        var today = chapter.Benefits.Today;
        var open = chapter.Decisions.Where(d => d.CountsAsOpen(today)).ToList();
        if (open.Count == 0) document.Paragraph(words["NoDecisions"]);
        else document.List(ordered: true, open.Select(d => d.IsOpen(today) ? Punctuation.Ended(words.Text(d.Text)) : Answered(d, words)));

        // What is said of freed time has all of its follow-ups.
        document.List(ordered: false, chapter.Decisions.Where(d => d.Answer is not null && !d.CountsAsOpen(today) && !d.ChecksFreedTime)
            .Select(d => Answered(d, words)));
    }

    private static string Answered(Decision decision, ReportLanguage words)
    {
        var answer = decision.Answer!;
        var text = answer.Answer == Occurrence.PutOff
            ? words["PutOff", answer.Day]
            : words["DecidedBy", answer.Evidence ?? answer.EnteredBy, answer.Day];
        var said = answer.Text.Trim() is { Length: > 0 } words2 ? $": {Punctuation.Ended(words2)}" : ".";
        return $"{Punctuation.Ended(words.Text(decision.Text))} {words.Capital(text)}{said}";
    }

    private static string ShownBy(BenefitNote note, ReportLanguage words) =>
        string.IsNullOrWhiteSpace(note.Evidence) ? words.Date(note.Day) : $"{Punctuation.Bare(note.Evidence)}, {words.Date(note.Day)}";

    private static void AddBehaviours(this DocumentBuilder document, IReadOnlyList<BehaviourFigure> behaviours, ReportLanguage words) =>
        document.Table(
            [new(words["ColumnBehaviour"]) { IsRowHeader = true }, new(words["ColumnHappens"], 28), new(words["ColumnShows"], 62)],
            table =>
            {
                foreach (var behaviour in behaviours)
                {
                    var latest = behaviour.Notes.Count > 0 ? behaviour.Notes[0] : null;
                    var (answer, tone) = latest?.Answer switch
                    {
                        Occurrence.Yes => ("HappensYes", Tone.Ok),
                        Occurrence.Partly => ("HappensPartly", Tone.Warn),
                        Occurrence.No => ("HappensNo", Tone.Bad),
                        _ => ("HappensUnknown", Tone.Grey),
                    };
                    table.Row(
                        what => what.Text(Sentence(behaviour.Element, words)), cell => cell.Mark(words[answer], tone),
                        shown => shown.Text(latest is null ? "–" : Shown(latest, words)));
                }
            });

    private static string Shown(BenefitNote note, ReportLanguage words) => Punctuation.Bare(note.Text) is { Length: > 0 } text
        ? $"{text} ({ShownBy(note, words)})"
        : ShownBy(note, words);
}
