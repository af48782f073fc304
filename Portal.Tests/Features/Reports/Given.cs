using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Tests.Features.Chains;

namespace Portal.Tests.Features.Reports;

/// <summary>Invented figures for the year 2026, as of 24 November.</summary>
internal static class Given
{
    public static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 13, 36, 5, TimeSpan.Zero);

    /// <summary>A benefit in the given state, whatever its months say.</summary>
    public static BenefitFigure Benefit(
        string title, BenefitState state, decimal? now = null, decimal? baseline = null, decimal? target = null, string unit = "",
        bool negative = false, BenefitForm form = BenefitForm.Quality, decimal? low = null, decimal? high = null,
        string? owner = "P. Madsen") => new(
            new ChainElement("b" + title.Length, negative ? ChainKind.NegativeBenefit : ChainKind.Benefit,
                ChainGen.Values((ElementProperty.Text, title))),
            new IndicatorDefinition { Key = "n" + title.Length, Name = "", Unit = unit, Form = form, Owner = owner,
                Kind = state == BenefitState.Described ? IndicatorKind.Described : IndicatorKind.ByHand,
                Baseline = Baseline.None with { Value = baseline }, Target = target }, true, new IndicatorSeries([], now, null, null),
            new TargetProgress(state, baseline, target, low, high, null), [], [], [], false);

    /// <summary>A benefit with measurements in the months that have a value; its state is computed by the real rules.</summary>
    public static BenefitFigure Measured(string id, string title, IndicatorDefinition definition, params decimal?[] months)
    {
        var points = months.Select((value, n) => (Month: Year.First + n, value)).Where(p => p.value is not null)
            .Select(p => new SeriesPoint(p.Month, p.value!.Value)).ToList();
        var series = MonthlyValues.Aggregated(definition.Gathering, points, null);
        return new BenefitFigure(
            new ChainElement(id, ChainKind.Benefit, ChainGen.Values((ElementProperty.Text, title))), definition, true, series,
            TargetProgress.Of(definition, series, Year, Today), [new IndicatorVersion(1, definition, Now.AddMonths(-10), "Freja", null)],
            [.. points.Select((p, n) => new Measurement(n + 1, id, p.Month.Begins.AddDays(2), p.Value, n == 0 ? "=HYPERLINK(1)" : null, Now,
                "Freja", "form"))], [], BaselineLock.IsLocked(definition, Today));
    }

    /// <summary>A share of letters that the portal has counted, all in October.</summary>
    public static BenefitFigure Share(string title, long part, long whole)
    {
        var definition = new IndicatorDefinition { Key = "bevis", Name = "", Kind = IndicatorKind.Counted, Unit = "%", Owner = "P. Madsen",
            Measure = LogMeasure.DocumentedShare, Gathering = Aggregation.Whole, Target = 100 };
        var series = MonthlyValues.Letters(LogMeasure.DocumentedShare, new LetterCounts(
            [(Year.First + 9, Verdict.Delivered.ToWire(), 5, part), (Year.First + 9, Verdict.Failed.ToWire(), 0, whole - part)]), Year);
        return new BenefitFigure(
            new ChainElement("s1", ChainKind.Benefit, ChainGen.Values((ElementProperty.Text, title))), definition, true, series,
            TargetProgress.Of(definition, series, Year, Today), [], [], [], false);
    }

    public static ChainBenefits Chain(params BenefitFigure[] benefits) => Chain("Bevis for digital post i huslejesager", benefits);

    public static ChainBenefits Chain(string title, BenefitFigure[] benefits)
    {
        var document = ChainGen.Chain("d1:problem:Tvist om, hvorvidt digital post er modtaget>g1",
            "g1:benefit:Mindre spildtid") with { Title = title, Department = "Teknik og Miljø" };
        return new ChainBenefits(
            new ChainSummary("k-" + title.Length, title, "Teknik og Miljø", ChainStage.Following, 2, 1, Now, "Freja", Now, "Freja", null),
            document, Year, Today, benefits, [], [], [], [], [], null, 61402, 4810);
    }

    public static BenefitNote Note(
        NoteKind kind, string text, string element = "", Occurrence? answer = null, string? evidence = null, long id = 1) =>
        new(id, kind, element, new DateOnly(2026, 11, 3), answer, text, evidence, Now, "Freja");

    public static Viewer Facilitator { get; } = ChainFixture.Facilitator();

    public static Viewer Manager => ChainFixture.Manager;
}
