using Portal.Features.Benefits.Figures;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Issued;

/// <summary>A benefit in an issued report and now.</summary>
/// <param name="Title">As it is called now; as the report called it when it is gone.</param>
/// <param name="Then">Null for one that was added since.</param>
/// <param name="Now">Null for one that is gone.</param>
public sealed record ComparedFigure(string Title, IssuedFigure? Then, IssuedFigure? Now)
{
    /// <summary>How much larger the value is now, with its sign; null without two values in the same unit.</summary>
    public decimal? Difference => Then is { Value: { } then } && Now is { Value: { } now } && Then.Unit == Now.Unit ? now - then : null;

    /// <summary>True when value, target, unit or state is another one.</summary>
    public bool IsChanged => Then is null || Now is null || Then.Value != Now.Value || Then.Target != Now.Target
        || Then.Unit != Now.Unit || Then.State != Now.State;

    /// <summary>The unit of the difference.</summary>
    public string Unit => (Now ?? Then)?.Unit ?? "";

    /// <summary>A value with its unit.</summary>
    public static ILocalizedText Shown(IssuedFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return new AmountText(figure.Value, figure.Unit);
    }
}

/// <summary>Compares the figures of an issued report with those of today. Pure.</summary>
public static class IssuedComparison
{
    /// <summary>The benefits of today in their order, then those that are gone.</summary>
    public static IReadOnlyList<ComparedFigure> Of(IssuedFigures then, IssuedFigures now)
    {
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(now);
        var known = then.Figures.DistinctBy(f => (f.ChainId, f.ElementId)).ToDictionary(f => (f.ChainId, f.ElementId));
        var rows = new List<ComparedFigure>();
        foreach (var figure in now.Figures)
        {
            known.Remove((figure.ChainId, figure.ElementId), out var before);
            rows.Add(new ComparedFigure(figure.Title, before, figure));
        }

        rows.AddRange(known.Values.Select(gone => new ComparedFigure(gone.Title, gone, null)));
        return rows;
    }
}
