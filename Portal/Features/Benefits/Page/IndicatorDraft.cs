using System.Globalization;
using Portal.Features.Benefits.Entry;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;

namespace Portal.Features.Benefits.Page;

/// <summary>An indicator being edited: numbers are text until they are saved.</summary>
public sealed class IndicatorDraft
{
    private readonly IndicatorDefinition _from;

    private IndicatorDraft(IndicatorDefinition from) => _from = from;

    public string Key { get; set; } = "";
    public string Name { get; set; } = "";
    public IndicatorKind Kind { get; set; }
    public string Unit { get; set; } = "";
    public BetterWhen Better { get; set; }
    public Aggregation Gathering { get; set; }
    public LogMeasure Measure { get; set; }
    public string CaseType { get; set; } = "";
    public string MessageType { get; set; } = "";
    public string Formula { get; set; } = "";
    public string Baseline { get; set; } = "";
    public DateOnly? BaselineFrom { get; set; }
    public DateOnly? BaselineTo { get; set; }
    public string BaselineSource { get; set; } = "";
    public bool Lock { get; set; }
    public DateOnly? EffectFrom { get; set; }
    public string Target { get; set; } = "";
    public DateOnly? TargetOn { get; set; }
    public DateOnly? TargetFrom { get; set; }
    public string Low { get; set; } = "";
    public string Likely { get; set; } = "";
    public string High { get; set; } = "";
    public string Owner { get; set; } = "";
    public string Measurer { get; set; } = "";
    public MeasuringRhythm Every { get; set; }
    public string MeasuringCost { get; set; } = "";
    public string Assumptions { get; set; } = "";
    public string WhoGains { get; set; } = "";
    public string WhoBears { get; set; } = "";
    public string WhoChanges { get; set; } = "";
    public string Stakeholders { get; set; } = "";
    public string Risk { get; set; } = "";
    public RiskLikelihood? RiskLikelihood { get; set; }
    public string RiskResponse { get; set; } = "";
    public string TimeUse { get; set; } = "";
    public string TimeUseOwner { get; set; } = "";
    public DateOnly? TimeUseFrom { get; set; }
    public BenefitForm Form { get; set; }
    public DateOnly? FollowUpOn { get; set; }

    /// <summary>Why a locked baseline is changed.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The draft of a definition.</summary>
    public static IndicatorDraft Of(IndicatorDefinition from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return new IndicatorDraft(from)
        {
            Key = from.Key, Name = from.Name, Kind = from.Kind, Unit = from.Unit, Better = from.Better, Gathering = from.Gathering,
            Measure = from.Measure, CaseType = from.CaseType ?? "", MessageType = from.MessageType ?? "", Formula = from.Formula ?? "",
            Baseline = Text(from.Baseline.Value), BaselineFrom = from.Baseline.From, BaselineTo = from.Baseline.To,
            BaselineSource = from.Baseline.Source, Lock = from.Baseline.IsLocked, EffectFrom = from.EffectFrom, Target = Text(from.Target),
            TargetOn = from.TargetOn, TargetFrom = from.TargetFrom, Low = Text(from.Low), Likely = Text(from.Likely),
            High = Text(from.High), Owner = from.Owner ?? "",
            Measurer = from.Measurer ?? "", Every = from.Every, MeasuringCost = from.MeasuringCost ?? "",
            Assumptions = from.Assumptions ?? "", WhoGains = from.WhoGains ?? "",
            WhoBears = from.WhoBears ?? "", WhoChanges = from.WhoChanges ?? "",
            Stakeholders = from.Stakeholders ?? "", Risk = from.Risk ?? "",
            RiskLikelihood = from.RiskLikelihood, RiskResponse = from.RiskResponse ?? "", TimeUse = from.TimeUse ?? "",
            TimeUseOwner = from.TimeUseOwner ?? "", TimeUseFrom = from.TimeUseFrom, Form = from.Form, FollowUpOn = from.FollowUpOn,
        };
    }

    /// <summary>Chooses what is counted, with the unit, direction and aggregation that belong to it.</summary>
    public void Choose(LogMeasure measure)
    {
        Measure = measure;
        (Unit, Gathering, Better) = measure switch
        {
            LogMeasure.DocumentedShare => ("%", Aggregation.Whole, BetterWhen.Higher),
            LogMeasure.MedianArrival or LogMeasure.P95Arrival or LogMeasure.FollowUpAge => ("timer", Aggregation.Whole, BetterWhen.Lower),
            LogMeasure.MessageVolume => ("beskeder/år", Aggregation.Sum, BetterWhen.Higher),
            LogMeasure.Letters or LogMeasure.Delivered or LogMeasure.FollowUpsSolved => ("breve/år", Aggregation.Sum, BetterWhen.Higher),
            _ => ("breve/år", Aggregation.Sum, BetterWhen.Lower),
        };
    }

    /// <summary>
    /// Another unit was typed: numbers »om året« are added up, and hours a year that are to grow are freed time, which otherwise never gets
    /// into the overview. What the person has chosen stays.
    /// </summary>
    public void FollowUnit()
    {
        if (UnitText.MonthsOf(Unit) is null || Unit.Trim() == _from.Unit) return;
        if (Gathering == _from.Gathering) Gathering = Aggregation.Sum;
        if (Form == BenefitForm.Quality && _from.Form == BenefitForm.Quality && Better == BetterWhen.Higher
            && UnitText.Parse(Unit) == Formulas.Unit.OfHours)
        {
            Form = BenefitForm.Time;
        }
    }

    /// <summary>Converts the draft to a definition, and returns the fields whose text is not a number or has another unit.</summary>
    /// <param name="now">The time of saving, UTC.</param>
    /// <param name="by">The name of the user who saves.</param>
    public (IndicatorDefinition Definition, IReadOnlyList<IndicatorProblem> NotNumbers) Read(DateTimeOffset now, string by)
    {
        var wrong = new List<IndicatorProblem>();
        decimal? Number(string field, string text)
        {
            var (value, problem) = UnitOfNumber.ReadField(text, Unit.Trim());
            if (problem is not null) wrong.Add(new IndicatorProblem(field, problem));
            return value;
        }

        // An empty baseline is not locked: entering its first value would require a reason.
        var locked = _from.Baseline.IsLocked ? (_from.Baseline.LockedAt, _from.Baseline.LockedBy)
            : Lock && !string.IsNullOrWhiteSpace(Baseline) ? (now, by) : ((DateTimeOffset?)null, (string?)null);
        var definition = _from with
        {
            Key = Key.Trim(), Name = Name.Trim(), Kind = Kind, Unit = Unit.Trim(), Better = Better, Gathering = Gathering,
            Measure = Measure, CaseType = TextOrNull(CaseType), MessageType = TextOrNull(MessageType),
            Formula = Kind == IndicatorKind.Calculated ? TextOrNull(Formula) : null,
            Baseline = new Baseline(Number("Value", Baseline), BaselineFrom, BaselineTo, BaselineSource.Trim(), locked.Item1, locked.Item2),
            EffectFrom = EffectFrom, Target = Number(nameof(Target), Target), TargetOn = TargetOn, TargetFrom = TargetFrom,
            Low = Number(nameof(Low), Low), Likely = Number(nameof(Likely), Likely),
            High = Number(nameof(High), High), Owner = TextOrNull(Owner), Measurer = TextOrNull(Measurer), Every = Every,
            MeasuringCost = TextOrNull(MeasuringCost), Assumptions = TextOrNull(Assumptions), WhoGains = TextOrNull(WhoGains),
            WhoBears = TextOrNull(WhoBears), WhoChanges = TextOrNull(WhoChanges),
            Stakeholders = TextOrNull(Stakeholders), Risk = TextOrNull(Risk),
            RiskLikelihood = RiskLikelihood, RiskResponse = TextOrNull(RiskResponse), TimeUse = TextOrNull(TimeUse),
            TimeUseOwner = TextOrNull(TimeUseOwner), TimeUseFrom = TimeUseFrom,
            Form = Form, FollowUpOn = FollowUpOn,
        };
        return (definition, wrong);
    }

    private static string Text(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture).Replace('.', ',') ?? "";

    private static string? TextOrNull(string text) => text.Trim() is { Length: > 0 } words ? words : null;
}
