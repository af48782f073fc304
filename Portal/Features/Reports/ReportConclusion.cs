using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;

namespace Portal.Features.Reports;

/// <summary>Writes the automatic conclusion in plain Danish. Deterministic: the same numbers give the same text. Pure.</summary>
public static class ReportConclusion
{
    private const int MostNamed = 3;

    /// <summary>The conclusion for one chain, a few sentences.</summary>
    /// <param name="decisions">The number of decisions that the report asks for.</param>
    public static string Of(ChainBenefits benefits, int decisions)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var positive = benefits.Benefits.Where(b => !b.IsNegative).ToList();
        var negative = benefits.Benefits.Where(b => b.IsNegative).ToList();
        var compared = positive.Where(IsCompared).ToList();
        var sentences = new List<string> { compared.Count == 0 ? NothingCompared(positive) : Standings(compared, positive.Count) };
        sentences.AddRange(compared.Take(MostNamed).Select(Describe));
        if (compared.Count > MostNamed) sentences.Add("Resten fremgår af tabellen.");
        sentences.AddRange(Freed(compared));
        sentences.AddRange(
            negative.Where(b => b.Standing.State is BenefitState.Worse or BenefitState.Behind).Take(MostNamed).Select(Price));
        var open = compared.Count > 0 ? [.. positive, .. negative] : negative;
        sentences.AddRange(WithoutAnswer(open));
        sentences.AddRange(Wanted(decisions));
        return string.Join(" ", sentences);
    }

    /// <summary>The conclusion for several chains.</summary>
    public static string OfAll(IReadOnlyList<ChainBenefits> chains, int decisions)
    {
        ArgumentNullException.ThrowIfNull(chains);
        if (chains.Count == 0) return "Der er ingen effektkæder at rapportere om.";
        var all = chains.SelectMany(c => c.Benefits).ToList();
        var positive = all.Where(b => !b.IsNegative).ToList();
        var negatives = all.Count - positive.Count;
        var sentences = new List<string> { "Rapporten dækker "
            + $"{DanishWords.Count(chains.Count, "effektkæde", "effektkæder")} {Holding(positive.Count, negatives)}." };
        var compared = positive.Where(IsCompared).ToList();
        if (compared.Count > 0) sentences.Add(Standings(compared, positive.Count));
        if (all.Count(b => b is { IsNegative: true, Standing.State: BenefitState.Worse }) is > 0 and var worse)
            sentences.Add($"{DanishWords.Capital(DanishWords.Count(worse, "negativ gevinst", "negative gevinster"))} er blevet større.");
        if (all.Count(b => b.Standing.State == BenefitState.NoData) is > 0 and var silent)
            sentences.Add($"Der er ingen data for {Part(silent, all.Count, "gevinsten", "nogen af gevinsterne")}.");
        if (all.Count(b => string.IsNullOrWhiteSpace(b.Definition.Owner)) is > 0 and var unowned)
        {
            sentences.Add(unowned == all.Count && unowned > 1
                ? "Ingen af gevinsterne har en ejer i linjen."
                : $"{DanishWords.Capital(Part(unowned, all.Count, "gevinsten", ""))} mangler en ejer i linjen.");
        }

        sentences.AddRange(Wanted(decisions));
        return string.Join(" ", sentences);
    }

    private static string Holding(int positive, int negative) => (positive, negative) switch
    {
        (0, 0) => "uden gevinster",
        (0, _) => $"med {DanishWords.Count(negative, "negativ gevinst", "negative gevinster")} og ellers ingen gevinster",
        (_, 0) => $"med {DanishWords.Count(positive, "gevinst", "gevinster")}",
        _ => $"med {DanishWords.Count(positive, "gevinst", "gevinster")} "
            + $"og {DanishWords.Count(negative, "negativ gevinst", "negative gevinster")}",
    };

    private static string Part(int count, int of, string only, string every) =>
        of == 1 ? only : count == of ? every : $"{DanishWords.Number(count)} af gevinsterne";

    private static bool IsCompared(BenefitFigure benefit) => benefit.Standing.IsJudged;

    private static string NothingCompared(List<BenefitFigure> positive)
    {
        if (positive.Count == 0) return "Kæden har ingen gevinster endnu.";
        var one = positive.Count == 1;
        if (positive.TrueForAll(b => b.Standing.State == BenefitState.Described))
        {
            return one
                ? "Gevinsten er beskrevet i ord og bliver ikke målt, så tallene kan ikke sige, om den er nået."
                : "Gevinsterne er beskrevet i ord og bliver ikke målt, så tallene kan ikke sige, om de er nået.";
        }

        if (positive.TrueForAll(b => b.Standing.State is BenefitState.NotCalculable or BenefitState.Described))
        {
            return one
                ? "Tallet for gevinsten kan ikke regnes ud, så det kan ikke siges, om den er nået."
                : "Tallene for gevinsterne kan ikke regnes ud, så det kan ikke siges, om de er nået.";
        }

        if (positive.Exists(b => b.Standing.State == BenefitState.NothingToCompare))
        {
            return one ? "Gevinsten er målt, men har hverken nulpunkt eller mål, så det kan ikke siges, om den er nået."
                : "Det kan ikke siges, om gevinsterne er nået: Ingen af dem har både data og et nulpunkt eller mål at holde dem op imod.";
        }

        var silent = positive.Count(b => b.Standing.State == BenefitState.NoData);
        return (silent, one) switch
        {
            (_, true) => "Der er ingen data for gevinsten i perioden, så det kan ikke siges, om den er nået.",
            (1, _) => "Der er ingen data i perioden for den gevinst, der skal måles, så det kan ikke siges, om den er nået.",
            _ when silent == positive.Count => "Der er ingen data for gevinsterne i perioden, så det kan ikke siges, om de er nået.",
            _ => "Der er ingen data i perioden for de gevinster, der skal måles, så det kan ikke siges, om de er nået.",
        };
    }

    // »Begge målte gevinster er nået.« »Af tre gevinster er én nået, én på vej og én bagud.«
    private static string Standings(List<BenefitFigure> compared, int of)
    {
        var measured = compared.Count < of ? "målte " : "";
        var groups = compared.GroupBy(b => b.Standing.State).OrderBy(g => Rank(g.Key)).ToList();
        if (compared.Count == 1) return $"{(of == 1 ? "Gevinsten" : "Den målte gevinst")} {Verb(groups[0].Key)} {Word(groups[0].Key)}.";
        if (groups is [{ Key: BenefitState.Unchanged }])
            return $"Ingen af de {DanishWords.Number(compared.Count)} {measured}gevinster har flyttet sig.";
        if (groups.Count == 1)
        {
            return $"{(compared.Count == 2 ? "Begge" : $"Alle {DanishWords.Number(compared.Count)}")} {measured}gevinster "
                + $"{Verb(groups[0].Key)} {Word(groups[0].Key)}.";
        }
        return $"Af {DanishWords.Number(compared.Count)} {measured}gevinster er "
            + $"{DanishWords.List([.. groups.Select(g => $"{DanishWords.Number(g.Count())} {WordAmong(g.Key)}")])}.";
    }

    private static int Rank(BenefitState state) => state switch
    {
        BenefitState.Reached => 0, BenefitState.OnTrack => 1, BenefitState.Better => 2, BenefitState.Behind => 3,
        BenefitState.Unchanged => 4, _ => 5,
    };

    private static string Verb(BenefitState state) => state == BenefitState.Unchanged ? "har" : "er";

    private static string Word(BenefitState state) => state == BenefitState.Unchanged ? "ikke flyttet sig" : WordAmong(state);

    // None of these is inflected, so they fit any number.
    private static string WordAmong(BenefitState state) => state switch
    {
        BenefitState.Reached => "nået",
        BenefitState.OnTrack => "på vej",
        BenefitState.Better => "gået frem",
        BenefitState.Behind => "bagud",
        BenefitState.Unchanged => "uden ændring",
        _ => "gået tilbage",
    };

    // »Mindre spildtid: 925 t mod 0 t før; målet er 1.000 t (ventet 840–1.010).«
    private static string Describe(BenefitFigure benefit)
    {
        var unit = benefit.Definition.Unit;
        var standing = benefit.Standing;
        var aim = standing.Target switch
        {
            null => "",
            { } target when standing.State == BenefitState.Reached => $"; målet på {BenefitFormat.Value(target, unit)} er nået",
            { } target => $"; målet er {BenefitFormat.Value(target, unit)}",
        };
        return $"{DanishWords.Capital(DanishWords.Bare(ReportRows.TitleOf(benefit)))}: {BenefitFormat.Value(benefit.Series.Value, unit)}"
            + $"{Before(benefit)}{aim}{ReportRows.Expected(standing, " (ventet {0})")}.";
    }

    private static string Before(BenefitFigure benefit) =>
        benefit.Standing.Baseline is { } baseline ? $" mod {BenefitFormat.Value(baseline, benefit.Definition.Unit)} før" : "";

    private static IEnumerable<string> Freed(List<BenefitFigure> compared)
    {
        if (!compared.Exists(b => b.Definition.Form == BenefitForm.Time)) yield break;
        yield return compared.Exists(b => b.Definition.Form == BenefitForm.Cash)
            ? "Frigjort tid og penge er ikke lagt sammen."
            : "Frigjort tid er ikke penge, før nogen beslutter, hvad den skal bruges til.";
    }

    private static string Price(BenefitFigure benefit)
    {
        var (unit, standing) = (benefit.Definition.Unit, benefit.Standing);
        var now = BenefitFormat.Value(benefit.Series.Value, unit);
        var aim = standing.Target is { } target ? $"; målet er {BenefitFormat.Value(target, unit)}" : "";
        return $"Den negative gevinst {DanishWords.Quoted(ReportRows.TitleOf(benefit))} "
            + $"er {(standing.State == BenefitState.Worse ? "blevet større" : "større end ventet")}: {now}{Before(benefit)}{aim}.";
    }

    private static IEnumerable<string> WithoutAnswer(List<BenefitFigure> benefits)
    {
        List<string> Titles(BenefitState state) => [.. benefits.Where(b => b.Standing.State == state).Select(ReportRows.TitleOf)];
        if (Titles(BenefitState.NoData) is { Count: > 0 } silent) yield return $"Der er ingen data for {DanishWords.Names(silent)}.";
        if (Titles(BenefitState.NotCalculable) is { Count: > 0 } failing)
            yield return $"{DanishWords.Names(failing)} kan ikke regnes ud; hvorfor står under afvigelser.";
        if (Titles(BenefitState.NothingToCompare) is { Count: > 0 } bare)
            yield return $"{DanishWords.Names(bare)} er målt, men har hverken nulpunkt eller mål.";
    }

    private static IEnumerable<string> Wanted(int decisions)
    {
        if (decisions > 0)
            yield return $"{DanishWords.Capital(DanishWords.Count(decisions, "punkt", "punkter", neuter: true))} kræver en beslutning.";
    }
}
