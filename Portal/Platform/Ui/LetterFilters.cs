using System.Globalization;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>
/// The filter of letters as the page's address and the export have it: the names are those of <c>GET /api/breve</c>, the days are
/// Copenhagen's, both inclusive.
/// </summary>
public sealed record LetterFilters(Verdict? Verdict = null, DateOnly? From = null, DateOnly? To = null, AppealKind? Kind = null)
{
    private const string DayFormat = "yyyy-MM-dd";

    // No letter is from outside these years, and each of their days has a beginning and an end.
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(9000, 1, 1);

    /// <summary>True when no condition is set.</summary>
    public bool IsEmpty => this == new LetterFilters();

    /// <summary>How many conditions are set.</summary>
    public int Count => Pairs().Count();

    /// <summary>The period ends before it begins, so no letter is in it.</summary>
    public bool IsBackwards => From > To;

    /// <summary>The filter as the reader of letters takes it.</summary>
    public LetterQuery Query => new(
        Verdict, From is { } from ? DanishFormat.StartOf(from) : null, To is { } to ? DanishFormat.StartOf(to.AddDays(1)) : null, Kind);

    /// <summary>The conditions as a query string without its question mark; empty for none.</summary>
    public string QueryString => string.Join('&', Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>The filter of a request's values.</summary>
    /// <param name="value">The value by its name; null or empty for none.</param>
    /// <returns>The filter without values that cannot be read, and the name of the first of those; null when all can.</returns>
    public static (LetterFilters Filters, string? Wrong) Read(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string? wrong = null;
        T? Of<T>(string name, Func<string, T?> read)
            where T : struct
        {
            if (value(name)?.Trim() is not { Length: > 0 } text) return null;
            var result = read(text);
            if (result is null) wrong ??= name;
            return result;
        }

        return (new LetterFilters(
            Of("verdict", ReadVerdict), Of("from", t => ReadDay(t, isEnd: false)), Of("to", t => ReadDay(t, isEnd: true)),
            Of("kind", ReadKind)), wrong);
    }

    /// <summary>The filter with the month of a day as its period.</summary>
    public LetterFilters InMonthOf(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return this with { From = first, To = first.AddMonths(1).AddDays(-1) };
    }

    /// <summary>A day as an input of the type date writes it; empty for none.</summary>
    public static string DayText(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A day that <see cref="DayText"/> wrote; null for any other text.</summary>
    public static DateOnly? ReadDay(string? text) => text is null ? null : ReadDay(text, isEnd: false);

    private IEnumerable<(string Name, string Value)> Pairs()
    {
        if (Verdict is { } verdict) yield return ("verdict", verdict.ToWire());
        if (From is not null) yield return ("from", DayText(From));
        if (To is not null) yield return ("to", DayText(To));
        if (Kind is { } kind) yield return ("kind", NameOf(kind));
    }

    private static string NameOf(AppealKind kind) => kind.ToWire() ?? "none";

    private static Verdict? ReadVerdict(string text) =>
        Enum.GetValues<Verdict>().Where(v => v.ToWire() == text).Select(v => (Verdict?)v).FirstOrDefault();

    private static AppealKind? ReadKind(string text) =>
        Enum.GetValues<AppealKind>().Where(k => NameOf(k) == text).Select(k => (AppealKind?)k).FirstOrDefault();

    // A moment, as the API takes, counts as its day; the end of a period is exclusive there.
    private static DateOnly? ReadDay(string text, bool isEnd)
    {
        DateOnly? day = DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : !IsoMoment.TryRead(text.Replace(' ', '+'), out var at) ? null
            : isEnd && at > DateTimeOffset.MinValue.AddDays(2) ? DanishFormat.Day(at.AddTicks(-1))
            : DanishFormat.Day(at);
        return day >= Earliest && day <= Latest ? day : null;
    }
}
