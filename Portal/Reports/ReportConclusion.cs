using Portal.Benefits.Figures;
using Portal.Benefits.Indicators;

namespace Portal.Reports;

/// <summary>Says in plain Danish what the numbers come to. Rules only: the same numbers give the same words.</summary>
public static class ReportConclusion
{
    /// <summary>Two or three sentences.</summary>
    public static string Of(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var measured = benefits.Benefits.Where(b => !b.IsNegative && b.Standing.State is not (BenefitState.Described or BenefitState.NoData or BenefitState.NothingToCompare)).ToList();
        var silent = benefits.Benefits.Where(b => b.Standing.State == BenefitState.NoData).ToList();
        if (measured.Count == 0)
        {
            return silent.Count == 0 && benefits.Benefits.Count == 0 ? "Kæden har ingen gevinster endnu." : "Der er ingen data for gevinsterne i perioden, så det kan ikke siges, om de er nået.";
        }

        var reached = measured.Count(b => b.Standing.State == BenefitState.Reached);
        var good = measured.Count(b => b.Standing.State is BenefitState.Reached or BenefitState.OnTrack or BenefitState.Better);
        var opening = (reached, good) switch
        {
            _ when reached == measured.Count => measured.Count == 1 ? "Gevinsten er nået" : "Alle målte gevinster er nået",
            _ when good == measured.Count => measured.Count == 1 ? "Gevinsten er på vej" : "Alle målte gevinster er nået eller på vej",
            (_, 0) => measured.Count == 1 ? "Gevinsten er ikke på vej" : "Ingen af de målte gevinster er på vej",
            _ => $"{good} af {measured.Count} målte gevinster er nået eller på vej",
        };
        var text = $"{opening}: {string.Join("; ", measured.Take(3).Select(Told))}.";
        var freed = benefits.Benefits.Where(b => !b.IsNegative && b.Definition.Form == BenefitForm.Time && b.Series.Value is > 0).ToList();
        if (freed.Count == 1) text += $" Det svarer til {BenefitFormat.Value(freed[0].Series.Value, freed[0].Definition.Unit)} frigjort tid{Range(freed[0])}; frigjort tid er ikke penge, før nogen beslutter det.";
        var worse = benefits.Benefits.Where(b => b.IsNegative && b.Standing.State is BenefitState.Worse or BenefitState.Behind && b.IsNegative).ToList();
        if (worse.Count > 0) text += $" Det koster: {string.Join("; ", worse.Select(w => $"{w.Element.Text} er {BenefitFormat.State(w.Standing.State)}"))}.";
        if (silent.Count > 0) text += $" Der er ingen data for {Count(silent.Count, "gevinst", "gevinster")}.";
        if (benefits.Decisions.Count > 0) text += $" {Count(benefits.Decisions.Count, "punkt", "punkter")} kræver en beslutning.";
        return text;
    }

    private static string Told(BenefitFigure benefit)
    {
        var unit = benefit.Definition.Unit;
        var before = benefit.Standing.Baseline is { } baseline ? $" mod {BenefitFormat.Value(baseline, unit)} før" : "";
        var aim = benefit.Standing.Target is { } target && benefit.Standing.State != BenefitState.Reached ? $", mål {BenefitFormat.Value(target, unit)}" : "";
        return $"{benefit.Element.Text}: {BenefitFormat.Value(benefit.Series.Value, unit)}{before}{aim}";
    }

    private static string Range(BenefitFigure benefit) => benefit.Standing is { Low: { } low, High: { } high } ? $" (ventet {BenefitFormat.Number(low)}–{BenefitFormat.Number(high)})" : "";

    private static string Count(int count, string one, string many) => count == 1 ? $"Ét {one}".Replace("Ét gevinst", "én gevinst", StringComparison.Ordinal) : $"{count} {many}";
}
