using Microsoft.Extensions.Localization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>Builds reports from figures, for one chain or for several.</summary>
public sealed class ReportBuilder(ChainPicture picture, IStringLocalizer<LayoutTexts> words, TimeProvider time)
{
    /// <summary>The report of one chain.</summary>
    /// <param name="checkpoint">The ledger's signed checkpoint, read after the figures; null when there is none.</param>
    public ReportModel Build(ChainBenefits benefits, string? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var chapter = ChapterOf(benefits);
        return new ReportModel(
            null, null, TitleOf(benefits.Document.Title), PeriodOf(benefits), Subtitle(benefits.Document.Department, [benefits]), false,
            benefits.Period.Count, chapter.Conclusion, chapter.Edit, [chapter],
            [.. Counted([benefits], benefits.Period), .. chapter.Missing], checkpoint, Footer(benefits));
    }

    /// <summary>The report of several chains of the same authority, all read for the same period.</summary>
    /// <param name="department">The department they belong to; empty for all chains of the authority.</param>
    /// <param name="written">The conclusion written by hand; null to use the automatic one.</param>
    public ReportModel BuildAll(
        IReadOnlyList<ChainBenefits> chains, string department, Period period, WrittenConclusion? written, string? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(department);
        var ordered = chains.OrderBy(c => c.Document.Title, StringComparer.Create(DanishFormat.Danish, ignoreCase: true)).ToList();
        List<ReportChapter> chapters = [.. ordered.Select(ChapterOf)];
        var automatic = ReportConclusion.OfAll(ordered, chapters.Sum(c => c.Decisions.Count));
        return new ReportModel(
            null, null, department.Length > 0
                ? $"Gevinster i {Portal.Ingestion.Domain.CprNumber.MaskIn(department)}"
                : "Gevinster i alle effektkæder", ordered.Count > 0 ? PeriodOf(ordered[0]) : period.ToString(), Subtitle("", ordered), true,
            period.Count, written?.Text ?? automatic, Edit(written, automatic), chapters, [.. Counted(ordered, period)], checkpoint,
            ordered.Count > 0 ? Footer(ordered[0]) : "Gevinstrapport");
    }

    private static string TitleOf(string title) => title.Trim() is { Length: > 0 } text ? text : "Effektkæde uden titel";

    // A period that has not ended is shown as ending today.
    private static string PeriodOf(ChainBenefits benefits)
    {
        var (first, last, today) = (benefits.Period.First, benefits.Period.Last, benefits.Today);
        if (today >= last.Last || today < first.First) return benefits.Period.ToString();
        var from = first.First.ToString(first.Year == today.Year ? "d. MMMM" : "d. MMMM yyyy", DanishFormat.Danish);
        return $"{from} – {today.ToString("d. MMMM yyyy", DanishFormat.Danish)}";
    }

    private static string Footer(ChainBenefits benefits) => "Tallene er målt på "
        + $"{DanishFormat.Number(benefits.Messages)} {(benefits.Messages == 1 ? "besked" : "beskeder")}; grundlag og formler i bilag";

    private string Subtitle(string department, IReadOnlyList<ChainBenefits> chains)
    {
        var owners = chains.SelectMany(c => c.Benefits).Select(b => b.Definition.Owner?.Trim()).Where(o => !string.IsNullOrEmpty(o))
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(o => o!).ToList();
        var accountable = owners.Count switch
        {
            0 => "ingen gevinstejer i linjen",
            1 => $"gevinstejer i linjen: {owners[0]}",
            <= 4 => $"gevinstejere i linjen: {DanishWords.List(owners)}",
            _ => $"{DanishWords.Number(owners.Count)} gevinstejere i linjen",
        };
        return string.Join(
            " · ", new[] { department.Trim(), accountable, $"udarbejdet {DanishFormat.Date(time.GetUtcNow())}" }.Where(t => t.Length > 0));
    }

    private ReportChapter ChapterOf(ChainBenefits benefits)
    {
        var decisions = DecisionsOf(benefits);
        var automatic = ReportConclusion.Of(benefits, decisions.Count);
        var drawn = picture.Draw(benefits.Document);
        var edit =
            Edit(benefits.Conclusion is { } note ? new WrittenConclusion(note.Text, note.EnteredBy, note.EnteredAt) : null, automatic);
        return new ReportChapter(
            benefits.Chain.Id, TitleOf(benefits.Document.Title), benefits.Conclusion?.Text ?? automatic, edit,
            [.. benefits.Benefits.Select(b => ReportRows.Of(benefits, b))], [.. benefits.Helpers.Select(b => ReportRows.Of(benefits, b))],
            [.. benefits.Behaviours.Select(BehaviourOf)], [.. benefits.Unplanned
                .Select(n => $"{DanishWords.Bare(n.Text)} ({Evidence(n.Evidence)}{DanishFormat.Date(n.Day)}).")], decisions,
            new ReportPicture(drawn.Drawing, drawn.Description), [.. MissingOf(benefits)]);
    }

    private static ReportEdit? Edit(WrittenConclusion? written, string automatic) =>
        written is null ? null : new ReportEdit(written.By, DanishFormat.Date(written.At), automatic);

    private static string Evidence(string? evidence) => string.IsNullOrWhiteSpace(evidence) ? "" : $"{DanishWords.Bare(evidence)}, ";

    private ReportBehaviour BehaviourOf(BehaviourFigure behaviour)
    {
        var content = BoxContent.Of(behaviour.Element, words);
        var text = string.Join(" · ", new[] { content.Main }.Concat(content.Details).Where(t => t.Length > 0));
        if (text.Length == 0) text = "Ny adfærd uden tekst";
        var latest = behaviour.Notes.Count > 0 ? behaviour.Notes[0] : null;
        var shown = latest is null
            ? ""
            : string.Join(" · ", new[] { latest.Text, latest.Evidence ?? "", DanishFormat.Date(latest.Day) }.Where(t => t.Length > 0));
        return latest?.Answer switch
        {
            Occurrence.Yes => new(text, "ja", "ok", shown),
            Occurrence.Partly => new(text, "delvist", "warn", shown),
            Occurrence.No => new(text, "nej", "bad", shown),
            _ => new(text, "ikke fulgt op", "grey", shown),
        };
    }

    // Decisions that people have written, and those that follow from the numbers.
    private static List<string> DecisionsOf(ChainBenefits benefits)
    {
        var decisions = benefits.Decisions.Select(d => DanishWords.Ended(d.Text)).ToList();
        decisions.AddRange(
            benefits.Benefits.Where(b => string.IsNullOrWhiteSpace(b.Definition.Owner)).Select(b => $"Hvem ejer {Name(b)}?"));
        decisions.AddRange(benefits.Benefits.Where(b => b.Standing.State == BenefitState.Worse).Select(b => b.IsNegative
            ? $"Hvad skal der ske, når {Name(b)} er blevet større?"
            : $"Hvad skal der ske, når {Name(b)} er gået tilbage?"));
        decisions.AddRange(benefits.Benefits
            .Where(b => b.Standing.State is BenefitState.Behind or BenefitState.Unchanged && b.Causes.Count == 0).Select(b => b.IsNegative
                ? $"Hvad skal der til, for at {Name(b)} bliver mindre?"
                : $"Hvad skal der til, for at {Name(b)} når sit mål?"));
        return decisions;
    }

    private static string Name(BenefitFigure benefit) =>
        $"{(benefit.IsNegative ? "den negative gevinst" : "gevinsten")} {DanishWords.Quoted(ReportRows.TitleOf(benefit))}";

    private IEnumerable<ReportFact> Counted(List<ChainBenefits> chains, Period period)
    {
        if (chains.Count > 0)
        {
            yield return new("Beskeder i perioden", DanishFormat.Number(chains[0].Messages));
            yield return new("Breve sendt i perioden", DanishFormat.Number(chains[0].Letters));
        }

        var now = time.GetUtcNow();
        yield return new("Læst", $"{DanishFormat.Date(now)} kl. {DanishFormat.ShortClock(now).Replace(':', '.')} dansk tid");
        var present = Month.Of(now);
        if (present >= period.First && present <= period.Last)
        {
            yield return new("Ikke afsluttet", $"{DanishWords.Capital(present.First.ToString("MMMM yyyy", DanishFormat.Danish))} er ikke "
                + "slut; månedens tal vokser endnu.");
        }
    }

    private static IEnumerable<ReportFact> MissingOf(ChainBenefits benefits)
    {
        var measured = benefits.Benefits.Where(b => b.Standing.State != BenefitState.Described).ToList();
        var silent = measured.Where(b => b.Standing.State == BenefitState.NoData).Select(ReportRows.TitleOf).ToList();
        if (silent.Count > 0) yield return new("Uden data", $"Ingen data for {DanishWords.List([.. silent.Select(DanishWords.Quoted)])}.");
        else if (measured.Count > 0) yield return new("Uden data", "Ingen; alle gevinster, der skal måles, har data.");
        foreach (var failing in benefits.All.Where(b => b.Problem is not null))
        {
            yield return new(
                "Kan ikke regnes", $"{DanishWords.Quoted(ReportRows.TitleOf(failing))}: {DanishWords.Ended(failing.Problem!.Danish)}");
        }
        var gaps = measured.Where(b => b.Series.Covered > 0 && b.Series.Covered < benefits.Period.Count).Select(
            b => $"{DanishWords.Quoted(ReportRows.TitleOf(b))} ({b.Series.Covered} af {benefits.Period.Count} måneder har tal)").ToList();
        if (gaps.Count > 0) yield return new("Huller", $"{DanishWords.List(gaps)}.");
        var bare = measured.Where(b => b.Definition.Baseline.Value is null).Select(ReportRows.TitleOf).ToList();
        if (bare.Count > 0) yield return new("Uden nulpunkt", $"{DanishWords.List([.. bare.Select(DanishWords.Quoted)])}.");
        if (benefits.Benefits.Count > 0 && !benefits.Benefits.Any(b => b.IsNegative))
            yield return new("Negative gevinster", "Ingen er beskrevet.");
        foreach (var pair in benefits.DoubleCounts)
        {
            yield return new("Måske talt to gange", $"{DanishWords.Quoted(ReportRows.TitleOf(pair.One))} "
                + $"og {DanishWords.Quoted(ReportRows.TitleOf(pair.Other))}: {DanishWords.Ended(pair.Why.Danish)}");
        }
    }
}
