using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>Converts a benefit's figures to a row of the report. Pure.</summary>
internal static class ReportRows
{
    private const string Dash = "–";

    /// <summary>The title of a benefit.</summary>
    public static string TitleOf(BenefitFigure figure) => figure.Element.Text.Trim() is { Length: > 0 } text ? text
        : figure.IsNegative ? "Negativ gevinst uden tekst"
        : figure.IsBenefit ? "Gevinst uden tekst"
        : figure.Definition.Name is { Length: > 0 } name ? name
        : figure.Definition.Key;

    /// <summary>The expected range, »840–1.010«, inserted in <paramref name="form"/>; empty when there is none.</summary>
    public static string Expected(TargetProgress standing, string form) => (standing.Low, standing.High) switch
    {
        ({ } low, { } high) when low == high => string.Format(DanishFormat.Danish, form, BenefitFormat.Number(low)),
        ({ } low, { } high) => string.Format(DanishFormat.Danish, form, $"{BenefitFormat.Number(low)}–{BenefitFormat.Number(high)}"),
        ({ } low, null) => string.Format(DanishFormat.Danish, form, $"mindst {BenefitFormat.Number(low)}"),
        (null, { } high) => string.Format(DanishFormat.Danish, form, $"højst {BenefitFormat.Number(high)}"),
        _ => "",
    };

    /// <summary>The row of a figure.</summary>
    public static ReportRow Of(ChainBenefits benefits, BenefitFigure figure)
    {
        var (definition, standing) = (figure.Definition, figure.Standing);
        var inMonth = definition.Gathering == Aggregation.Sum ? 1 / 12m : 1;
        var points = figure.Series.Points.ToDictionary(p => p.Month, p => p.Value);
        string Known(decimal? value) => value is null ? Dash : BenefitFormat.Value(value, definition.Unit);
        return new ReportRow(
            TitleOf(figure), BenefitFormat.Source(definition), figure.IsNegative, Known(standing.Baseline), BaselineNote(figure),
            definition.Kind == IndicatorKind.Described ? Dash
                : figure.Series is { Value: null, Problem: not null } ? BenefitFormat.State(BenefitState.NotCalculable)
                : BenefitFormat.Value(figure.Series.Value, definition.Unit), Known(standing.Target), Expected(standing, "{0}"),
            Clean(definition.Owner), BenefitFormat.State(standing.State), BenefitFormat.Style(standing.State),
            definition.Kind == IndicatorKind.Described ? [] : [.. benefits.Period.Months.Select(m => new ReportMonth(
                m.First.ToString("MMM yyyy", DanishFormat.Danish), points.TryGetValue(m, out var value) ? (double)value : null,
                BenefitFormat.Value(points.TryGetValue(m, out var shown) ? shown : null, definition.Unit)))],
            (double?)(definition.Baseline.Value * inMonth), (double?)(definition.Target * inMonth), [.. Deviations(benefits, figure)],
            [.. Facts(benefits, figure)]);
    }

    private static string BaselineNote(BenefitFigure figure) =>
        figure.BaselineChanges.LastOrDefault() is { After: { } after } ? $"ændret {DanishFormat.Date(after.At)}"
            : figure.Definition.Baseline.Value is null ? ""
            : figure.BaselineLocked ? ""
            : "ikke låst";

    private static IEnumerable<string> Deviations(ChainBenefits benefits, BenefitFigure figure)
    {
        foreach (var cause in figure.Causes) yield return DanishWords.Ended(cause.Text);
        if ((figure.Problem ?? figure.Series.Problem) is { } problem) yield return DanishWords.Ended($"Kan ikke regnes: {problem.Danish}");
        if (figure.Series.Covered > 0 && figure.Series.Covered < benefits.Period.Count
            && figure.Definition.Gathering is Aggregation.Sum or Aggregation.Average)
        {
            yield return $"Målt i {DanishWords.Number(figure.Series.Covered)} "
                + $"af {DanishWords.Count(benefits.Period.Count, "måned", "måneder")}"
                + $"{(figure.Definition.Gathering == Aggregation.Sum ? "; nulpunkt og mål er regnet for lige så mange måneder" : "")}.";
        }

        foreach (var (before, after) in figure.BaselineChanges)
        {
            var (was, now) = (before.Definition, after.Definition);
            var changed = was.Baseline.Value == now.Baseline.Value
                ? ""
                : $" fra {BenefitFormat.Value(was.Baseline.Value, was.Unit)} til {BenefitFormat.Value(now.Baseline.Value, now.Unit)}";
            var rest = BaselineLock.Changes(was, now).Where(c => c.Key != "LockedBaseline").Select(c => c.Danish).ToList();
            yield return DanishWords.Ended(
                $"{(changed.Length > 0 ? "Det låste nulpunkt" : "Det, der er låst med nulpunktet,")} blev ændret{changed} den "
                + $"{DanishFormat.Date(after.At)} af {after.By}{(rest.Count > 0 ? $" ({string.Join("; ", rest)})" : "")}: {after.Reason}");
        }
    }

    // How the number is produced, for the appendix.
    private static IEnumerable<ReportFact> Facts(ChainBenefits benefits, BenefitFigure figure)
    {
        var indicator = figure.Definition;
        yield return new("Måles ved", indicator.Kind == IndicatorKind.Calculated
            ? $"{indicator.Key} = {indicator.Formula}"
            : $"{BenefitFormat.Source(indicator)}{(indicator.Kind == IndicatorKind.Described ? "" : $" (i formler: {indicator.Key})")}");
        if (indicator.Kind == IndicatorKind.Described) yield break;
        yield return new("Enhed", indicator.Unit.Length > 0 ? indicator.Unit : "antal");
        yield return new("Periodens tal", indicator.Gathering switch
        {
            Aggregation.Sum => "månederne lagt sammen; nulpunkt og mål er for et år",
            Aggregation.Average => "gennemsnit af de måneder, der har et tal",
            Aggregation.Latest => "det nyeste tal",
            _ => "regnet ud over hele perioden under ét",
        });
        if (figure.Series.Basis is { } basis)
        {
            var (one, many) = indicator.Measure == LogMeasure.MessageVolume ? ("besked", "beskeder") : ("brev", "breve");
            yield return new("Talt i", $"{DanishFormat.Number(basis)} {(basis == 1 ? one : many)}");
        }
        yield return new("Nulpunkt", BaselineOf(figure));
        if (indicator.Target is { } target)
        {
            yield return new("Mål",
                BenefitFormat.Value(target, indicator.Unit) + (indicator.TargetOn is { } on ? $" senest {DanishFormat.Date(on)}" : ""));
        }
        if (indicator.EffectFrom is { } from) yield return new("Effekten begynder", DanishFormat.Date(from));
        if (indicator.Form != BenefitForm.Quality)
            yield return new("Tæller som", indicator.Form == BenefitForm.Cash ? "penge, der kan tages ud af budgettet" : "frigjort tid");
        foreach (var (name, text) in new[] { ("Måles af", indicator.Measurer), ("Forudsætninger", indicator.Assumptions),
            ("Hvem får gavn", indicator.WhoGains), ("Hvem bærer det", indicator.WhoBears), ("Prisen på at måle", indicator.MeasuringCost) })
        {
            if (Clean(text) is { } words) yield return new(name, words);
        }

        if (indicator.FollowUpOn is { } next) yield return new("Næste opfølgning", DanishFormat.Date(next));
    }

    private static string BaselineOf(BenefitFigure figure)
    {
        var (baseline, unit) = (figure.Definition.Baseline, figure.Definition.Unit);
        if (baseline.Value is null) return "intet";
        var when = (baseline.From, baseline.To) switch
        {
            ({ } from, { } to) => $", målt {DanishFormat.Date(from)}–{DanishFormat.Date(to)}",
            ({ } from, null) => $", målt fra {DanishFormat.Date(from)}",
            (null, { } to) => $", målt til {DanishFormat.Date(to)}",
            _ => ", periode ikke angivet",
        };
        return $"{BenefitFormat.Value(baseline.Value, unit)}{when}{(Clean(baseline.Source) is { } source ? $", kilde: {source}" : "")}, "
            + $"{(figure.BaselineLocked ? "låst" : "ikke låst")}";
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
