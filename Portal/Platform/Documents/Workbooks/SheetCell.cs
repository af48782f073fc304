using System.Globalization;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Platform.Text;

namespace Portal.Platform.Documents.Workbooks;

/// <summary>How a cell looks.</summary>
internal enum CellLook
{
    Text,
    Heading,
    Bold,
    Day,
    Month,
    Moment,

    /// <summary>A number with <see cref="SheetCell.Decimals"/>.</summary>
    Number,
    BoldNumber,
}

/// <summary>
/// A cell of a workbook: a text, a number, a day, or a formula of numbers with its result. A gap is an empty cell, never a zero.
/// </summary>
/// <param name="Value">
/// A <see cref="string"/> or a <see cref="decimal"/> (days are numbers to a spreadsheet); null for an empty cell.
/// </param>
/// <param name="Decimals">How many decimals a number is shown with; it keeps all that it has.</param>
/// <param name="Formula">Calculated by the spreadsheet; made of numbers, operators and references only. Null for none.</param>
internal readonly record struct SheetCell(object? Value, CellLook Look, int Decimals = 0, string? Formula = null)
{
    // Excel's days before March 1900 are wrong by one.
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    /// <summary>An empty cell.</summary>
    public static SheetCell Empty { get; } = new(null, CellLook.Text);

    /// <summary>A text; empty for none.</summary>
    public static SheetCell Text(string? text) => new(string.IsNullOrEmpty(text) ? null : text, CellLook.Text);

    /// <summary>A text that exists in several languages: the file is in Danish.</summary>
    public static SheetCell Text(ILocalizedText? text) => Text(text?.In(DanishFormat.Danish));

    /// <summary>A number as it is: without decimals when it is whole, else with two.</summary>
    public static SheetCell Number(decimal? value) =>
        value is { } number ? new SheetCell(number, CellLook.Number, number == Math.Truncate(number) ? 0 : 2) : Empty;

    /// <summary>A result that the spreadsheet calculates.</summary>
    public static SheetCell Live(string formula, decimal result, int decimals) => new(result, CellLook.Number, decimals, formula);

    /// <summary>A day.</summary>
    public static SheetCell Day(DateOnly? day) => Dated(day, CellLook.Day);

    /// <summary>A month, shown with its name.</summary>
    public static SheetCell Month(Month month) => Dated(month.First, CellLook.Month);

    /// <summary>A moment in Danish time.</summary>
    public static SheetCell Moment(DateTimeOffset? at)
    {
        if (at is not { } known || StoredTime.IsUnreadable(known)) return Empty;
        var local = DanishTime.ToLocal(known).DateTime;
        return DateOnly.FromDateTime(local) < FirstDay
            ? Text(local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
            : new SheetCell((decimal)local.ToOADate(), CellLook.Moment);
    }

    /// <summary>
    /// A moment; only its day when it is noon or midnight in Danish time, as numbers are that were entered for a day.
    /// </summary>
    public static SheetCell DayOrMoment(DateTimeOffset at) => IsDayAlone(at) ? Day(DanishTime.DateOf(at)) : Moment(at);

    /// <summary>When a letter was sent: a day alone when only the day is known.</summary>
    public static SheetCell Sent(DateTimeOffset at) => DanishTime.IsDateAlone(at) ? Day(DanishTime.DateOf(at)) : Moment(at);

    /// <summary>True for noon and midnight in Danish time.</summary>
    public static bool IsDayAlone(DateTimeOffset at) =>
        !StoredTime.IsUnreadable(at) && DanishTime.ToLocal(at).TimeOfDay is { Minutes: 0, Seconds: 0, Milliseconds: 0, Hours: 0 or 12 };

    /// <summary>A value of a definition: a number, a day, or words.</summary>
    public static SheetCell Of(object? value) => value switch
    {
        decimal number => Number(number),
        DateOnly day => Day(day),
        ILocalizedText words => Text(words),
        _ => Text(value as string),
    };

    private static SheetCell Dated(DateOnly? day, CellLook look) => day is not { } known ? Empty
        : known < FirstDay ? Text(known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        : new SheetCell((decimal)known.ToDateTime(TimeOnly.MinValue).ToOADate(), look);
}
