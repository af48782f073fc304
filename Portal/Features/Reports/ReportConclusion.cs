using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports.Documents;

namespace Portal.Features.Reports;

/// <summary>
/// Writes the automatic conclusion in plain words: are the benefits realised and how sure is it, and what is to be done about it. The
/// numbers and causes stand in the tables below it and are not repeated. Deterministic. Pure.
/// </summary>
public static class ReportConclusion
{
    private const int MostNamed = 3;

    /// <summary>The conclusion of a report.</summary>
    public static string Of(ReportModel report, CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(language);
        return report.IsOverview
            ? ReportOverviewConclusion.Of([.. report.Chapters.Select(c => c.Benefits)], report.Chapters.Sum(c => c.Open),
                new(language), report.Chapters.Sum(c => c.PutOff))
            : Of(report.Chapters[0].Benefits, report.Chapters[0].Open, language, report.Chapters[0].PutOff);
    }

    /// <summary>The conclusion for one chain, in two lines.</summary>
    /// <param name="decisions">How many decisions wait for an answer.</param>
    /// <param name="putOff">How many of them are postponed.</param>
    public static string Of(ChainBenefits benefits, int decisions, CultureInfo language, int putOff = 0)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var words = new ReportLanguage(language);
        string[] lines =
        [
            string.Join(' ', Realised(benefits, words).Append(Sure(benefits, words)).Where(s => s.Length > 0)),
            string.Join(' ', Why(benefits, decisions, putOff, words)),
        ];
        return string.Join('\n', lines.Where(l => l.Length > 0));
    }

    private static IEnumerable<string> Realised(ChainBenefits benefits, ReportLanguage words)
    {
        var positive = benefits.Benefits.Where(b => !b.IsNegative).ToList();
        var negative = benefits.Benefits.Where(b => b.IsNegative).ToList();
        var compared = positive.Where(b => b.Standing.IsJudged).ToList();
        yield return compared.Count == 0 ? NothingCompared(positive, words) : Standings(compared, positive.Count, words);
        foreach (var worse in negative.Where(b => b.Standing.State is BenefitState.Worse or BenefitState.Behind or BenefitState.Missed)
            .Take(MostNamed))
        {
            yield return worse.Standing.State == BenefitState.Worse
                ? words["NegativeWorse", words.NameOf(worse)]
                : words["NegativeBehind", words.NameOf(worse)];
        }

        foreach (var late in compared.Where(FallsShort).Take(MostNamed)) yield return words["FallsShort", words.NameOf(late)];
        foreach (var sentence in WithoutAnswer(compared.Count > 0 ? [.. positive, .. negative] : negative, words)) yield return sentence;
    }

    // On its way by its months, and yet the whole year or the target's day will not see the target: a reader must know.
    private static bool FallsShort(BenefitFigure figure) => figure.Standing is { State: BenefitState.OnTrack, Target: { } target,
        Forecast: { } forecast } && (figure.Definition.Better == BetterWhen.Higher ? forecast.High < target : forecast.Low > target);

    private static string NothingCompared(List<BenefitFigure> positive, ReportLanguage words)
    {
        if (positive.Count == 0) return words["NoBenefits"];
        var one = positive.Count == 1;
        if (positive.TrueForAll(b => b.Standing.State == BenefitState.Described)) return words[one ? "OnlyDescribedOne" : "OnlyDescribed"];
        if (positive.TrueForAll(b => b.Standing.State is BenefitState.Empty or BenefitState.Described))
            return words[one ? "OnlyEmptyOne" : "OnlyEmpty"];
        if (positive.TrueForAll(b => b.Standing.State is BenefitState.NotCalculable or BenefitState.Described or BenefitState.Empty))
            return words[one ? "OnlyFailingOne" : "OnlyFailing"];
        if (positive.Exists(b => b.Standing.State == BenefitState.NothingToCompare)) return words[one ? "OnlyBareOne" : "OnlyBare"];
        var silent = positive.Count(b => b.Standing.State == BenefitState.NoData);
        return (silent, one) switch
        {
            (_, true) => words["OnlySilentOne"],
            (1, _) => words["OnlySilentOfSome"],
            _ when silent == positive.Count => words["OnlySilent"],
            _ => words["OnlySilentMeasured"],
        };
    }

    /// <summary>»Begge målte gevinster er nået.« »Af tre gevinster er én nået, én på vej og én bagud.«</summary>
    internal static string Standings(IReadOnlyList<BenefitFigure> compared, int of, ReportLanguage words)
    {
        var measured = compared.Count < of;
        var groups = compared.GroupBy(b => b.Standing.State).OrderBy(g => Rank(g.Key)).ToList();
        if (compared.Count == 1)
        {
            return groups[0].Key == BenefitState.Unchanged
                ? words[measured ? "UnmovedMeasuredOne" : "UnmovedOne"]
                : words[measured ? "StandsMeasuredOne" : "StandsOne", words[$"Among{groups[0].Key}"]];
        }

        var count = words.InWords(compared.Count);
        if (groups.Count == 1)
        {
            if (groups[0].Key == BenefitState.Unchanged) return words[measured ? "NoneMovedMeasured" : "NoneMoved", count];
            return compared.Count == 2
                ? words[measured ? "StandsMeasuredBoth" : "StandsBoth", words[$"Among{groups[0].Key}"]]
                : words[measured ? "StandsMeasuredAll" : "StandsAll", count, words[$"Among{groups[0].Key}"]];
        }

        return words[measured ? "StandsMeasuredSome" : "StandsSome", count, words.List([
            .. groups.Select(g => words[g.Count() == 1 ? "OfThemOne" : "OfThemMany", words.InWords(g.Count()), words[$"Among{g.Key}"]])])];
    }

    private static int Rank(BenefitState state) => state switch
    {
        BenefitState.Reached => 0, BenefitState.ReachedUnsure => 1, BenefitState.OnTrack => 2, BenefitState.Better => 3,
        BenefitState.Behind => 4, BenefitState.Missed => 5, BenefitState.Unchanged => 6, _ => 7,
    };

    private static IEnumerable<string> WithoutAnswer(List<BenefitFigure> benefits, ReportLanguage words)
    {
        List<string> Titles(BenefitState state) => [.. benefits.Where(b => b.Standing.State == state).Select(words.NameOf)];
        if (Titles(BenefitState.NoData) is { Count: > 0 } silent) yield return words["NoDataFor", words.Names(silent)];
        if (Titles(BenefitState.NotCalculable) is { Count: > 0 } failing) yield return words["FailingFor", words.Names(failing)];
        if (Titles(BenefitState.NothingToCompare) is { Count: > 0 } bare) yield return words["BareFor", words.Names(bare)];
    }

    // How many numbers are sure, fairly sure and unsure; why stands below the table.
    private static string Sure(ChainBenefits benefits, ReportLanguage words)
    {
        var figures = benefits.Benefits.Where(b => b.HasNumber).ToList();
        return figures.Count == 0 ? "" : Levels([.. figures.Select(f => f.Sureness.Level)], words);
    }

    /// <summary>»Ét tal er sikkert, to er nogenlunde sikre.«</summary>
    internal static string Levels(IReadOnlyList<SurenessLevel> levels, ReportLanguage words)
    {
        if (levels.Count == 1) return words["LevelOnly", words[$"LevelOne{levels[0]}"]];
        var groups = levels.GroupBy(l => l).OrderByDescending(g => g.Key).ToList();
        if (groups.Count == 1)
        {
            return levels.Count == 2
                ? words["LevelBoth", words[$"LevelMany{levels[0]}"]]
                : words["LevelAll", words.InWords(levels.Count), words[$"LevelMany{levels[0]}"]];
        }

        return words["LevelSome", words.InWords(levels.Count), words.List([.. groups.Select(g => g.Count() == 1
            ? words["OfThemOne", words.InWords(1, neuter: true), words[$"LevelOne{g.Key}"]]
            : words["OfThemMany", words.InWords(g.Count()), words[$"LevelMany{g.Key}"]])])];
    }

    // What was changed, behaviour, what freed time is used for, and how much waits for a decision. Causes stand below the table.
    private static IEnumerable<string> Why(ChainBenefits benefits, int decisions, int putOff, ReportLanguage words)
    {
        if (benefits.Benefits.Where(b => b.WasChangedIn(benefits.Period)).Select(words.NameOf).ToList() is { Count: > 0 } changed)
            yield return words["ChangedInPeriod", words.Names(changed)];
        if (Behaviours(benefits.Behaviours, words) is { Length: > 0 } behaviours) yield return behaviours;
        if (benefits.Benefits.Any(b => b is { IsNegative: false, Series.Value: not null, Definition.Form: BenefitForm.Time }
            && b.TimeUse is null))
        {
            yield return words["TimeUnused"];
        }

        if (decisions > 0) yield return Waiting(decisions, words, putOff);
    }

    /// <summary>»To punkter skal besluttes, heraf ét udskudt.«</summary>
    /// <param name="putOff">How many of them are postponed.</param>
    internal static string Waiting(int decisions, ReportLanguage words, int putOff = 0) => (decisions, putOff) switch
    {
        (1, 0) => words["WaitingOne"],
        (1, _) => words["WaitingOnePutOff"],
        (_, 0) => words["Waiting", words.Capital(words.InWords(decisions))],
        _ => words["WaitingPutOff", words.Capital(words.InWords(decisions)), words.InWords(putOff, neuter: true),
            words[putOff == 1 ? "PutOffOne" : "PutOffMany"]],
    };

    private static string Behaviours(IReadOnlyList<BehaviourFigure> behaviours, ReportLanguage words)
    {
        if (behaviours.Count == 0) return "";
        int Count(Occurrence answer) => behaviours.Count(b => b.Notes.Count > 0 && b.Notes[0].Answer == answer);
        var parts = new List<string>();
        foreach (var (count, key) in new[] { (Count(Occurrence.Yes), "BehavesYes"), (Count(Occurrence.Partly), "BehavesPartly"),
            (Count(Occurrence.No), "BehavesNo"), (behaviours.Count(b => b.Notes.Count == 0), "BehavesUnknown") })
        {
            if (count > 0) parts.Add(words[key, words.InWords(count)]);
        }

        return parts.Count == 0 ? "" : words["Behaves", behaviours.Count, words.List(parts)];
    }
}
