using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>Makes the definition that a row of an overview asks for. Pure.</summary>
internal static class OverviewDefinition
{
    /// <summary>The definition of a benefit that the chain does not have. The numbers of an overview are a year's.</summary>
    /// <param name="taken">The keys of the chain's other indicators.</param>
    public static IndicatorDefinition New(OverviewRow row, ChainKind kind, IReadOnlySet<string> taken)
    {
        var hasNumber = (row.Low ?? row.Likely ?? row.High ?? row.Target) is not null;
        var unit = row.Unit ?? (!hasNumber ? "" : row.Form switch
        {
            BenefitForm.Cash or BenefitForm.AvoidedCost => "kr./år", BenefitForm.Time => "timer/år", _ => "",
        });
        var parsed = UnitText.Parse(unit);
        return new IndicatorDefinition
        {
            Key = IndicatorDefaults.FreeKey(row.Text, taken), Name = row.Method ?? "",
            Kind = hasNumber || unit.Length > 0 || row.Method is not null ? IndicatorKind.ByHand : IndicatorKind.Described, Unit = unit,
            Better = kind == ChainKind.NegativeBenefit ? BetterWhen.Lower : BetterWhen.Higher,
            Gathering = parsed == Unit.None || parsed == Unit.OfPercent ? Aggregation.Latest : Aggregation.Sum,
            Form = row.Form ?? BenefitForm.Quality, Owner = row.Owner, Low = row.Low, Likely = row.Likely, High = row.High,
            Assumptions = row.Assumptions, Risk = row.Risk, RiskLikelihood = row.Likelihood, RiskResponse = row.Response,
            EffectFrom = row.EffectFrom, Target = row.Target, TargetOn = row.TargetOn,
        };
    }

    /// <summary>A definition with what the row says; what the row leaves empty, or says the same about, stays as it is.</summary>
    public static IndicatorDefinition Changed(OverviewRow row, IndicatorDefinition before, ChainElement box)
    {
        var isByHand = before.Kind is IndicatorKind.ByHand or IndicatorKind.Described;
        var becomesNumber = before.Kind == IndicatorKind.Described && (row.Low ?? row.Likely ?? row.High ?? row.Target) is not null;
        return before with
        {
            Kind = becomesNumber ? IndicatorKind.ByHand : before.Kind,
            // How a number is counted or calculated cannot be set by a text.
            Name = isByHand && row.Method is { } method && !IsSame(BenefitFormat.Source(before), method) ? method : before.Name,
            Unit = Text(row.Unit, before.Unit) ?? "",
            Form = row.Form ?? before.Form,
            Owner = row.Owner is { } owner && IsSame(before.Owner ?? box.Owner, owner) ? before.Owner : row.Owner ?? before.Owner,
            Low = row.Low ?? before.Low,
            High = row.High ?? before.High,
            // What the overview shows as likely is the target, or the middle, while nobody has estimated it.
            Likely = row.Likely is { } likely && likely != ExpectedYears.Of(before, EstimateCase.Likely) ? likely : before.Likely,
            Assumptions = Text(row.Assumptions, before.Assumptions),
            Risk = Text(row.Risk, before.Risk),
            RiskLikelihood = row.Likelihood ?? before.RiskLikelihood,
            RiskResponse = Text(row.Response, before.RiskResponse),
            EffectFrom = row.EffectFrom ?? before.EffectFrom,
            Target = row.Target ?? before.Target,
            TargetOn = row.TargetOn ?? before.TargetOn,
        };
    }

    /// <summary>The change without what is locked, and what that was.</summary>
    public static (IndicatorDefinition After, IReadOnlyList<ProblemText> Locked) WithoutLocked(
        IndicatorChange change, IndicatorDefinition before, DateOnly today)
    {
        var locked = change.Locked(today);
        var after = change.Wanted;
        foreach (var what in locked)
        {
            after = what.Key switch
            {
                "LockedTarget" => after with { Target = before.Target },
                "LockedTargetOn" => after with { TargetOn = before.TargetOn },
                "LockedEffect" => after with { EffectFrom = before.EffectFrom },
                "LockedUnit" => after with { Unit = before.Unit },
                "LockedKind" => after with { Kind = before.Kind },
                _ => throw new InvalidOperationException($"An overview does not change {what.Key}."),
            };
        }

        return (after, locked);
    }

    private static string? Text(string? wanted, string? before) => wanted is null || IsSame(before, wanted) ? before : wanted;

    private static bool IsSame(string? one, string other) => TextLines.WithLineFeeds(one ?? "").Trim() == other;
}
