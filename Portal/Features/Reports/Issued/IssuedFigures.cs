using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Issued;

/// <summary>A figure as an issued report says it.</summary>
/// <param name="Value">What is held against the target; null without data.</param>
/// <param name="State">The name of a <see cref="BenefitState"/>.</param>
/// <param name="Sureness">The name of a <see cref="SurenessLevel"/>.</param>
public sealed record IssuedFigure(
    string ChainId, string ElementId, string Title, decimal? Value, decimal? Target, string Unit, string State, string Sureness);

/// <summary>The figures of an issued report, kept with it, so that the next report can say what is different. Pure.</summary>
public sealed record IssuedFigures(IReadOnlyList<IssuedFigure> Figures)
{
    /// <summary>The benefits of the chains, in their order.</summary>
    public static IssuedFigures Of(IEnumerable<ChainBenefits> chains) => new(
    [
        .. chains.SelectMany(c => c.Benefits.Select(b => new IssuedFigure(
            c.Chain.Id, b.Element.Id, ReportRows.TitleOf(b), b.Standing.Achieved, b.Standing.Target, b.Definition.Unit,
            b.Standing.State.ToString(), b.Sureness.Level.ToString()))),
    ]);

    /// <summary>What is different from an earlier report; empty when nothing is.</summary>
    public IReadOnlyList<ILocalizedText> Since(IssuedFigures before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var known = before.Figures.DistinctBy(f => (f.ChainId, f.ElementId)).ToDictionary(f => (f.ChainId, f.ElementId));
        var lines = new List<ILocalizedText>();
        foreach (var now in Figures)
        {
            if (!known.Remove((now.ChainId, now.ElementId), out var then))
            {
                lines.Add(ReportTexts.Of("SinceNew", now.Title, Shown(now.Value, now.Unit)));
                continue;
            }

            if (then.Value != now.Value || then.Unit != now.Unit)
                lines.Add(ReportTexts.Of("SinceValue", now.Title, Shown(then.Value, then.Unit), Shown(now.Value, now.Unit)));
            if (then.Target != now.Target)
                lines.Add(ReportTexts.Of("SinceTarget", now.Title, Shown(then.Target, then.Unit), Shown(now.Target, now.Unit)));
        }

        lines.AddRange(known.Values.Select(gone => ReportTexts.Of("SinceGone", gone.Title)));
        return lines;
    }

    /// <summary>As it is stored.</summary>
    public byte[] Write() => System.Text.Encoding.UTF8.GetBytes(BenefitJson.Write(this));

    /// <summary>From what was stored; null when it cannot be read.</summary>
    public static IssuedFigures? Read(byte[] stored) => BenefitJson.Read<IssuedFigures>(System.Text.Encoding.UTF8.GetString(stored));

    private static AmountText Shown(decimal? value, string unit) => new(value, unit);
}
