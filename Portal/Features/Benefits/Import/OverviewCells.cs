using System.Globalization;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Entry;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Import;

/// <summary>Reads the cells of one row of an overview; collects what is wrong with them.</summary>
/// <param name="notation">How numbers written as text are written in this file; null when nothing shows it.</param>
internal sealed class OverviewCells(
    XlsxRow line, IReadOnlyDictionary<int, OverviewHeading> columns, Notation? notation, bool is1904)
{
    private const int Shown = 60;
    private const int DaysOf1904 = 1462;
    private static readonly DateOnly SerialStart = new(1899, 12, 30);
    private readonly List<ProblemText> _problems = [];

    /// <summary>The row.</summary>
    public OverviewRow Row()
    {
        var unit = Text(OverviewColumn.Unit);
        var art = Text(OverviewColumn.Art);
        var isNegative = art is null ? null : OverviewWords.IsNegative(art);
        if (art is not null && isNegative is null) Wrong("ArtUnknown", Short(art));
        var row = new OverviewRow(line.Number, Text(OverviewColumn.Benefit) ?? "")
        {
            IsNegative = isNegative,
            Form = Word(OverviewColumn.Type, OverviewWords.Form, "TypeUnknown", OverviewWords.AllForms),
            Owner = Text(OverviewColumn.Owner),
            Unit = unit,
            Low = Estimate(EstimateCase.Low, unit),
            Likely = Estimate(EstimateCase.Likely, unit),
            High = Estimate(EstimateCase.High, unit),
            Assumptions = Text(OverviewColumn.Assumptions),
            Method = Text(OverviewColumn.Method),
            Risk = Text(OverviewColumn.Risk),
            Likelihood = Word(OverviewColumn.Likelihood, OverviewWords.Likelihood, "LikelihoodUnknown", OverviewWords.AllLikelihoods),
            Response = Text(OverviewColumn.Response),
            EffectFrom = Day(OverviewColumn.EffectFrom),
            Target = Cell(OverviewColumn.Target) is { } target ? Number(target, OverviewHeadings.Of(OverviewColumn.Target), unit) : null,
            TargetOn = Day(OverviewColumn.TargetOn),
            Box = Text(OverviewColumn.Box),
            Chain = Text(OverviewColumn.Chain),
        };
        return row with { Problems = _problems };
    }

    private XlsxCell? Cell(OverviewColumn column)
    {
        foreach (var (at, heading) in columns)
        {
            if (heading.Column == column && line.Cells.TryGetValue(at, out var cell) && cell.Text.Length > 0) return cell;
        }

        return null;
    }

    private string? Text(OverviewColumn column)
    {
        if (Cell(column) is not { } cell) return null;
        var text = ChainRules.Clean(cell.Text).Trim();
        var most = column == OverviewColumn.Benefit ? ChainRules.MaxText : IndicatorRules.MaxText;
        if (text.Length > most) _problems.Add(ProblemTexts.Of("TextTooLong", most));
        else if (CprNumber.IsIn(text)) _problems.Add(ProblemTexts.Of("TextHasCpr"));
        return text.Length > 0 ? text : null;
    }

    private T? Word<T>(OverviewColumn column, Func<string, T?> read, string problem, ILocalizedText all)
        where T : struct
    {
        if (Text(column) is not { } text) return null;
        if (read(text) is { } value) return value;
        Wrong(problem, Short(text), all);
        return null;
    }

    // Of the first year that has one.
    private decimal? Estimate(EstimateCase estimate, string? unit)
    {
        foreach (var (at, heading) in columns.Where(c => c.Value.Column == OverviewColumn.Estimate && c.Value.Case == estimate)
            .OrderBy(c => c.Value.Year))
        {
            if (!line.Cells.TryGetValue(at, out var cell) || cell.Text.Length == 0) continue;
            if (cell.IsFormula && estimate == EstimateCase.Likely) return null;
            return Number(cell, OverviewHeadings.Of(heading.Year, heading.Case), unit);
        }

        return null;
    }

    private decimal? Number(XlsxCell cell, string column, string? unit)
    {
        if (cell.IsNumber) return Stored(cell, column);
        var first = WrittenNumber.Read(cell.Text);
        if (first is { Notation: Notation.Either } && notation is null)
        {
            Wrong("NumberWrong", column, ImportTexts.Of("NumberUnsure", Short(cell.Text)));
            return null;
        }

        var read = first.Notation == Notation.Either ? WrittenNumber.Read(cell.Text, notation) : first;
        if ((read.Problem ?? (unit is null ? null : UnitOfNumber.Check(read, unit))) is { } problem)
        {
            Wrong("NumberWrong", column, problem);
            return null;
        }

        return read.Value;
    }

    // A spreadsheet stores numbers in binary: 15 digits are those that were typed.
    private decimal? Stored(XlsxCell cell, string column)
    {
        if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            && Math.Abs(number) < (double)Amount.Largest && Amount.Of(number) is { } amount)
        {
            return cell.IsPercent ? amount * 100 : amount;
        }

        Wrong("NumberWrong", column, ProblemTexts.Of("NumberTooLarge", Amount.Largest));
        return null;
    }

    private DateOnly? Day(OverviewColumn column)
    {
        if (Cell(column) is not { } cell) return null;
        if (cell.IsNumber)
        {
            if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial)
                && serial + (is1904 ? DaysOf1904 : 0) is >= 61 and < 2_900_000 and var days)
            {
                return SerialStart.AddDays((int)days);
            }
        }
        else if (WrittenDate.Read(cell.Text).Day is { } day)
        {
            return day;
        }

        Wrong("DayWrong", OverviewHeadings.Of(column), Short(cell.Text));
        return null;
    }

    private void Wrong(string key, params object[] places) => _problems.Add(ImportTexts.Of(key, places));

    private static string Short(string text) => TextCut.At(text, Shown, "…");
}
