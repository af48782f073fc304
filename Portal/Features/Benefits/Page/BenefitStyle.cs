using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Page;

/// <summary>Icons of states, texts of a row, and a fingerprint that tells a page whether anything changed.</summary>
public static class BenefitStyle
{
    /// <summary>The icon of a state, shown with its word and colour, so that colour is never the only sign.</summary>
    public static string Icon(BenefitState state) => state switch
    {
        BenefitState.Reached => "✓",
        BenefitState.ReachedUnsure => "?",
        BenefitState.Missed => "!",
        BenefitState.OnTrack => "→",
        BenefitState.Behind => "!",
        BenefitState.Unchanged => "=",
        BenefitState.Better => "↗",
        BenefitState.Worse => "↘",
        BenefitState.Described => "✎",
        BenefitState.NotCalculable => "!",
        _ => "○",
    };

    /// <summary>Icon and colour of an answer to »sker det?«.</summary>
    public static (string Icon, string Style) Of(Occurrence? answer) => answer switch
    {
        Occurrence.Yes => ("✓", "ok"),
        Occurrence.Partly => ("◐", "warn"),
        Occurrence.No => ("✕", "bad"),
        _ => ("○", "grey"),
    };

    /// <summary>The anchor of a box's row.</summary>
    public static string Anchor(string elementId) => PortalUrls.BenefitAnchor(elementId);

    /// <summary>The CSS selector of a closed form's button.</summary>
    /// <param name="elementId">The box whose row it is in; empty for the page.</param>
    /// <param name="testId">The button.</param>
    public static string OpenerOf(string elementId, string testId)
    {
        ArgumentNullException.ThrowIfNull(elementId);
        return $"{(elementId.Length == 0 ? "" : $"[data-element-id='{elementId}'] ")}[data-testid={testId}][aria-expanded=false]";
    }

    /// <summary>The counts behind a share of a benefit; null for what is no share.</summary>
    public static PartOfWhole? PartOf(BenefitFigure figure, PartOfWhole? counted)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Definition is { Kind: IndicatorKind.Counted, Measure: LogMeasure.DocumentedShare } ? counted : null;
    }

    /// <summary>A behaviour as one line: who starts and stops doing what.</summary>
    public static string Behaviour(ChainElement box)
    {
        ArgumentNullException.ThrowIfNull(box);
        return string.Join(" ", new[] { box.Text, box.Who, box.Start, box.Stop is { } stop ? $"– holder op med {stop}" : null,
            box.InsteadOf is { } instead ? $"i stedet for {instead}" : null }.Where(t => !string.IsNullOrEmpty(t)));
    }

    /// <summary>A text that is equal for equal content, so that a refreshed page renders only after a change.</summary>
    public static string Mark(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var figures = benefits.All.Select(f =>
            $"{f.Element.Id} {f.Element.Text} {f.Element.Owner} {f.Standing.State} {f.Series.Value} {f.Problem} {f.Versions.Count} "
            + $"{f.Measurements.Count} {f.BaselineLocked} {f.Sureness.Level} {f.Limit} {f.Request?.Id} {f.Series.Counted} "
            + $"{string.Join(',', f.Causes.Concat(f.OtherCauses).Concat(f.FollowUps).Select(c => c.Id))} "
            + $"{string.Join(',', f.Series.Points.Select(p => p.Value))}");
        var notes = benefits.Behaviours.SelectMany(b => b.Notes).Concat(benefits.Unplanned).Concat(benefits.Decisions).Select(n => n.Id);
        var inputs = benefits.Inputs.Facts.Select(f => $"{f.Key} {f.Latest.Version} {benefits.Inputs.PendingOf(f)}");
        var answers = benefits.Answers.SelectMany(a => a).Select(n => n.Id);
        return $"{benefits.Chain.LastNumber} {benefits.Chain.Title} {benefits.Today} {benefits.Letters} {string.Join(',', notes)} "
            + $"{string.Join(',', answers)} {string.Join(',', inputs)}\n"
            + $"{string.Join('\n', figures)}";
    }
}
