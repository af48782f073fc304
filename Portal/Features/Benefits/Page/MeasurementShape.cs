using Microsoft.Extensions.Localization;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Benefits.Page;

/// <summary>How the measurements of all benefits of a page are shown, and the page's address with another look.</summary>
public sealed record MeasurementList(ListLook Look, Func<ListLook, string> LinkTo);

/// <summary>The columns of a benefit's measurements. They are few and read whole, so they are sorted in memory.</summary>
internal static class MeasurementShape
{
    public const string Number = "tal", Day = "dag", Note = "note", Entered = "indtastet";

    /// <summary>The heading of a column.</summary>
    public static string Heading(string column, IStringLocalizer<BenefitsTexts> texts) => texts[column switch
    {
        Number => "Number",
        Day => "Day",
        Note => "Note",
        _ => "Entered",
    }];

    /// <summary>The list; its own order is the newest day first, and of one day what replaced a number before it.</summary>
    public static ListShape Shape { get; } = new(
        "gevinster",
        [
            new(Number) { Required = true, Sortable = true }, new(Day) { Required = true, Sortable = true }, new(Note), new(Entered),
        ])
    {
        Own = new ListSort(Day, Descending: true),
    };

    /// <summary>The measurements in the order of a look.</summary>
    /// <param name="measurements">In their own order.</param>
    public static IEnumerable<Measurement> Sorted(IReadOnlyList<Measurement> measurements, ListLook look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return look.Sort switch
        {
            { Column: Day } => measurements.Reverse(),
            { Column: Number, Descending: true } => measurements.OrderByDescending(m => m.Value),
            { Column: Number } => measurements.OrderBy(m => m.Value),
            _ => measurements,
        };
    }

    /// <summary>The ids of those that count: of several of a day the one that was entered last.</summary>
    public static HashSet<long> Current(IEnumerable<Measurement> measurements) =>
        [.. measurements.GroupBy(m => m.At).Select(g => g.Max(m => m.Id))];
}
