using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>
/// Points out what a person wrote when a number of the calculation was another one than now: an expectation, or an assumption in words.
/// Only what the portal knows is said: when the text got its present wording, and what was agreed then. Pure.
/// </summary>
public static class OlderNumbers
{
    /// <summary>»skrevet, da minutter for hver var 109 min«, of the expected values; null when no number was changed since.</summary>
    public static ILocalizedText? OfExpected(BenefitFigure figure, InputBook book)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Latest is { Low: null, Likely: null, High: null } ? null : Of(figure, book, d => (d.Low, d.Likely, d.High));
    }

    /// <summary>The same of the assumption.</summary>
    public static ILocalizedText? OfAssumptions(BenefitFigure figure, InputBook book)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return string.IsNullOrWhiteSpace(figure.Latest.Assumptions) ? null : Of(figure, book, d => d.Assumptions);
    }

    private static ProblemText? Of<T>(BenefitFigure figure, InputBook book, Func<IndicatorDefinition, T> written)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (WrittenAt(figure.Versions, written) is not { } at) return null;
        var isOneBox = figure.Inputs.Select(f => f.Key.ElementId).Distinct(StringComparer.Ordinal).Count() < 2;
        var older = figure.Inputs.Select(f => (Fact: f, Then: f.Versions.LastOrDefault(v => v.At <= at)))
            .Where(f => f.Then is not null && f.Then.Value != f.Fact.Latest.Value)
            .Select(f => FigureTexts.Of(
                "OlderNumber", InputExplanation.NameOf(f.Fact.Key, book, isOneBox), Deviations.Shown(f.Fact.Key.Part, f.Then!.Value)))
            .ToList();
        return older.Count == 0 ? null : FigureTexts.Of("WrittenWhen", new Problems.JoinedText(older));
    }

    // When it got the wording that it has now; null when nothing is stored.
    private static DateTimeOffset? WrittenAt<T>(IReadOnlyList<IndicatorVersion> versions, Func<IndicatorDefinition, T> written)
    {
        if (versions.Count == 0) return null;
        var n = versions.Count - 1;
        var now = written(versions[n].Definition);
        while (n > 0 && EqualityComparer<T>.Default.Equals(written(versions[n - 1].Definition), now)) n--;
        return versions[n].At;
    }
}
