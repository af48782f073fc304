using Portal.Benefits.Figures;
using Portal.Benefits.Indicators;
using Portal.Benefits.Keeping;
using Portal.Chains.Layout;
using Portal.Chains.Pictures;
using Portal.Ingestion.Time;
using Portal.Shell;
using Microsoft.Extensions.Localization;

namespace Portal.Reports;

/// <summary>Makes the report of a chain's benefits.</summary>
public sealed class ReportBuilder(ChainPicture picture, IStringLocalizer<LayoutTexts> words, TimeProvider time)
{
    /// <summary>The report as it stands now.</summary>
    public ReportModel Build(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var owners = benefits.Benefits.Select(b => b.Definition.Owner).OfType<string>().Distinct().ToList();
        var made = $"udarbejdet {DanishFormat.Date(time.GetUtcNow())}";
        return new ReportModel(
            null, benefits.Chain.Id, benefits.Document.Title, benefits.Period.ToString(),
            string.Join(" · ", new[] { benefits.Document.Department, owners.Count switch { 0 => "uden gevinstejer", 1 => $"gevinstejer i linjen: {owners[0]}", _ => $"gevinstejere i linjen: {string.Join(", ", owners)}" }, made }.Where(t => t.Length > 0)),
            benefits.Period.Count, benefits.Conclusion?.Text ?? ReportConclusion.Of(benefits), benefits.Conclusion?.EnteredBy,
            [.. benefits.Benefits.Select(b => RowOf(benefits, b))],
            [.. benefits.Behaviours.Select(b => BehaviourOf(b))],
            [.. benefits.Unplanned.Select(n => $"{n.Text} ({DanishFormat.Date(n.Day)})")], DecisionsOf(benefits), picture.Draw(benefits.Document), BasisOf(benefits),
            [.. benefits.Helpers.Select(b => RowOf(benefits, b))], $"Tallene er målt på {DanishFormat.Number(benefits.Messages)} beskeder; grundlag og formler i bilag");
    }

    private static ReportRow RowOf(ChainBenefits benefits, BenefitFigure figure)
    {
        var (unit, standing) = (figure.Definition.Unit, figure.Standing);
        var perMonth = figure.Definition.Gathering == Gathering.Sum && standing.Baseline is not null ? 1 / 12m : 1;
        string Known(decimal? value) => value is null ? "–" : BenefitFormat.Value(value, unit);
        return new ReportRow(
            figure.Element.Text, BenefitFormat.Source(figure.Definition), figure.IsNegative, Known(standing.Baseline),
            figure.Definition.Kind == IndicatorKind.Described ? "–" : BenefitFormat.Value(figure.Series.Value, unit), Known(standing.Target),
            standing is { Low: { } low, High: { } high } ? $"{BenefitFormat.Number(low)}–{BenefitFormat.Number(high)}" : "", figure.Definition.Owner ?? "mangler", BenefitFormat.State(standing.State), BenefitFormat.Look(standing.State),
            [.. figure.Series.Points.Select(p => new ReportMonth(p.Month - benefits.Period.First, p.Month.First.ToString("MMM yyyy", DanishFormat.Danish), (double)p.Value, BenefitFormat.Value(p.Value, unit)))],
            (double?)(figure.Definition.Baseline.Value * perMonth), (double?)(figure.Definition.Target * perMonth), [.. figure.Causes.Select(c => c.Text)], NoteOf(benefits, figure));
    }

    private static string NoteOf(ChainBenefits benefits, BenefitFigure figure)
    {
        var notes = new List<string>();
        if (figure.Series.Trouble is { } trouble) notes.Add(trouble);
        if (figure.Series.Covered > 0 && figure.Series.Covered < benefits.Period.Count) notes.Add($"Målt i {figure.Series.Covered} af {benefits.Period.Count} måneder{(figure.Definition.Gathering == Gathering.Sum ? "; nulpunkt og mål er for de samme måneder" : "")}.");
        notes.AddRange(figure.BaselineChanges.Select(c => $"Nulpunktet blev ændret {DanishFormat.Date(c.After.At)} af {c.After.By} fra {BenefitFormat.Value(c.Before.Definition.Baseline.Value, figure.Definition.Unit)} til {BenefitFormat.Value(c.After.Definition.Baseline.Value, figure.Definition.Unit)}: {c.After.Reason}"));
        return string.Join(" ", notes);
    }

    private static ReportBehaviour BehaviourOf(BehaviourFigure behaviour)
    {
        var box = behaviour.Element;
        var text = string.Join(" ", new[] { box.Text, box.Who, box.Start, box.Stop is { } stop ? $"holder op med {stop}" : null, box.InsteadOf is { } instead ? $"i stedet for {instead}" : null }.Where(t => !string.IsNullOrEmpty(t)));
        var latest = behaviour.Notes.Count > 0 ? behaviour.Notes[0] : null;
        return latest?.Answer switch
        {
            Happens.Yes => new(text, "ja", "ok", EvidenceOf(latest)),
            Happens.Partly => new(text, "delvist", "warn", EvidenceOf(latest)),
            Happens.No => new(text, "nej", "bad", EvidenceOf(latest)),
            _ => new(text, "ikke fulgt op", "grey", ""),
        };
    }

    private static string EvidenceOf(BenefitNote note) => string.Join(" · ", new[] { note.Text, note.Evidence ?? "", DanishFormat.Date(note.Day) }.Where(t => t.Length > 0));

    // What people have written, and what the numbers themselves ask for.
    private static List<string> DecisionsOf(ChainBenefits benefits)
    {
        var decisions = benefits.Decisions.Select(d => d.Text).ToList();
        decisions.AddRange(benefits.Benefits.Where(b => b.Definition.Owner is null).Select(b => $"Hvem ejer {(b.IsNegative ? "den negative gevinst" : "gevinsten")} »{b.Element.Text}«?"));
        decisions.AddRange(benefits.Benefits.Where(b => b.Standing.State is BenefitState.Worse or BenefitState.Behind && b.Causes.Count == 0).Select(b => $"Hvad skal der ske med »{b.Element.Text}«, som er {BenefitFormat.State(b.Standing.State)}?"));
        return decisions;
    }

    private List<ReportFact> BasisOf(ChainBenefits benefits)
    {
        var facts = new List<ReportFact>
        {
            new("Beskeder i perioden", DanishFormat.Number(benefits.Messages)), new("Breve sendt i perioden", DanishFormat.Number(benefits.Letters)),
            new("Tidspunkt", $"Tallene er læst {DanishFormat.DateAndTime(time.GetUtcNow())}."),
        };
        if (Month.Of(benefits.Today) <= benefits.Period.Last) facts.Add(new("Ikke afsluttet", $"{Month.Of(benefits.Today).First.ToString("MMMM yyyy", DanishFormat.Danish)} er ikke slut; tallene for den måned vokser endnu."));
        foreach (var figure in benefits.All.Where(f => f.Definition.Kind != IndicatorKind.Described))
        {
            var indicator = figure.Definition;
            var baseline = indicator.Baseline is { From: { } from, To: { } to } ? $" Nulpunkt målt {DanishFormat.Date(from)}–{DanishFormat.Date(to)}{(indicator.Baseline.Source.Length > 0 ? $" ({indicator.Baseline.Source})" : "")}{(figure.BaselineLocked ? ", låst" : ", ikke låst")}." : indicator.Baseline.Value is null ? "" : $" Nulpunktets periode er ikke angivet{(figure.BaselineLocked ? "; låst" : "")}.";
            var counted = figure.Series.Basis is { } basis ? $" Talt i {DanishFormat.Number(basis)} {(indicator.Measure == LogMeasure.MessageVolume ? "beskeder" : "breve")}." : "";
            facts.Add(new(figure.Element.Text.Length > 0 ? figure.Element.Text : BoxContent.Label(figure.Element.Kind, words), $"{indicator.Key}: {BenefitFormat.Source(indicator)}, {(indicator.Unit.Length > 0 ? indicator.Unit : "tal")}.{counted}{baseline}"));
        }

        var missing = benefits.Benefits.Where(b => b.Standing.State == BenefitState.NoData).Select(b => b.Element.Text).ToList();
        facts.Add(new("Mangler", missing.Count == 0 ? "Alle gevinster, der skal måles, har data." : $"Ingen data for: {string.Join("; ", missing)}."));
        facts.AddRange(benefits.DoubleCounts.Select(d => new ReportFact("Måske talt to gange", $"»{d.One.Element.Text}« og »{d.Other.Element.Text}«: {d.Why}")));
        return facts;
    }
}
