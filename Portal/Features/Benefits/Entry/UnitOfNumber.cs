using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;
using Portal.Platform.Ui;

namespace Portal.Features.Benefits.Entry;

/// <summary>
/// Checks that the unit written after a number fits the indicator's. A percent or hours are never silently read as a count. Pure.
/// </summary>
public static partial class UnitOfNumber
{
    /// <summary>Why the number cannot be used; null when it can.</summary>
    /// <param name="unit">The indicator's unit, as written.</param>
    public static ProblemText? Check(NumberReading number, string unit)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(unit);
        if (number.Unit is not { } written) return null;
        var (writtenUnit, wanted) = (UnitText.Parse(written), UnitText.Parse(unit));
        var fits = writtenUnit == Unit.OfCount || writtenUnit == Unit.None
            ? (wanted == Unit.OfCount || wanted == Unit.None) && IsCount(written, unit)
            // Spreadsheets format numbers as money, whatever they count.
            : writtenUnit == wanted || (writtenUnit == Unit.OfMoney && (wanted == Unit.OfCount || wanted == Unit.None));
        if (fits) return null;
        return UnitText.WithoutPeriod(unit) is { Length: > 0 } named
            ? ProblemTexts.Of("OtherUnit", written, named)
            : ProblemTexts.Of("UnitWithoutUnit", written);
    }

    /// <summary>Reads a number in a field: as Danish where it is ambiguous, in the field's unit.</summary>
    /// <returns>The value, or the problem; neither for an empty field.</returns>
    public static (decimal? Value, ProblemText? Problem) ReadField(string? text, string unit)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, null);
        var number = WrittenNumber.ReadField(text);
        return (number.Problem ?? Check(number, unit) ?? OutsideScale(number.Value, unit)) is { } problem
            ? (null, problem)
            : (number.Value, null);
    }

    /// <summary>A number in a unit like »af 5« lies on that scale; null when it does, and for every other unit.</summary>
    public static ProblemText? OutsideScale(decimal? value, string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return value is { } number && Scale().Match(unit.Trim()) is { Success: true } scale
            && decimal.TryParse(scale.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && (number < 0 || number > most) ? ProblemTexts.Of("OutsideScale", most) : null;
    }

    [GeneratedRegex(@"^(?:af|of) (\d{1,6})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scale();

    private static bool IsCount(string written, string unit) =>
        written.TrimEnd('.').ToLowerInvariant() is "stk" or "antal" or "pcs"
        || UnitWord.AreAlike(UnitText.WithoutPeriod(written), UnitText.WithoutPeriod(unit));
}
