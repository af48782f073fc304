using Portal.Features.Benefits.Figures;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Page;

/// <summary>The rules that give a benefit its state and its forecast, in words; shown once where states are shown.</summary>
public static class StateRule
{
    private const int Hundred = 100;

    /// <summary>The rules, one a state, from the best state to the worst.</summary>
    public static IReadOnlyList<(BenefitState State, ProblemText Text)> Words { get; } =
    [
        (BenefitState.Reached, PageTexts.Of("RuleReached")),
        (BenefitState.ReachedUnsure, PageTexts.Of("RuleReachedUnsure")),
        (BenefitState.OnTrack, PageTexts.Of("RuleOnTrack", (int)(TargetProgress.Slack * Hundred))),
        (BenefitState.Behind, PageTexts.Of("RuleBehind")),
        (BenefitState.Missed, PageTexts.Of("RuleMissed")),
        (BenefitState.Better, PageTexts.Of("RuleBetter")),
        (BenefitState.Unchanged, PageTexts.Of("RuleUnchanged")),
        (BenefitState.Worse, PageTexts.Of("RuleWorse")),
    ];

    /// <summary>How a forecast was made.</summary>
    public static ProblemText Of(Forecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        return PageTexts.Of(
            forecast.Rule == ForecastRule.RestOfYear ? "ForecastRestOfYear" : "ForecastSamePace", forecast.Months, Forecast.LeastMonths);
    }
}
