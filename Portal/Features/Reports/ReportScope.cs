using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Reports;

/// <summary>What a report covers: a chain, or all chains of a department, or (both empty) all chains of the authority.</summary>
public sealed record ReportScope(string ChainId, string Department)
{
    /// <summary>One chain.</summary>
    public static ReportScope Of(string chainId) => new(chainId, "");

    /// <summary>All chains of a department; all of the authority when it is null or empty.</summary>
    public static ReportScope All(string? department) => new("", department?.Trim() ?? "");

    /// <summary>True for several chains.</summary>
    public bool IsAll => ChainId.Length == 0;

    /// <summary>The URL of the page, for an issued report by its number, otherwise for a period.</summary>
    public string Page(Period? period = null, int? number = null) =>
        (IsAll ? PortalUrls.Reports : PortalUrls.Report(ChainId)) + Query(period, number);

    /// <summary>The URL of the PDF.</summary>
    public string Pdf(Period? period = null, int? number = null) => File("rapport.pdf", period, number);

    /// <summary>The URL of a file of the report: <c>eksport.xlsx</c>, <c>maalinger.csv</c>.</summary>
    public string File(string name, Period? period = null, int? number = null) =>
        $"/api{(IsAll ? PortalUrls.Chains : PortalUrls.Chain(ChainId))}/{name}{Query(period, number)}";

    private string Query(Period? period, int? number)
    {
        var pairs = new List<string>();
        if (Department.Length > 0) pairs.Add($"afdeling={Uri.EscapeDataString(Department)}");
        if (number is { } issued) pairs.Add(FormattableString.Invariant($"nr={issued}"));
        else if (period is { } months) pairs.Add($"fra={months.First}&til={months.Last}");
        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }
}

/// <summary>Reads the period of a report from the query.</summary>
public static class ReportPeriod
{
    /// <summary>The most months in a report.</summary>
    public const int Longest = 60;

    /// <summary>The twelve months that end with the current one.</summary>
    public static Period Usual(DateOnly today) => Period.YearUpTo(Month.Of(today));

    /// <summary>
    /// The period of <c>fra</c> and <c>til</c> (<c>2026-01</c>); a missing one is filled in. Null, with the field and the problem, when
    /// they are not a valid period.
    /// </summary>
    public static (Period? Period, string? Field, ProblemText? Problem) Read(string? from, string? to, DateOnly today)
    {
        var usual = Usual(today);
        if (!string.IsNullOrEmpty(from) && Month.Parse(from) is null) return (null, "fra", ReportTexts.Of("FromNoMonth"));
        if (!string.IsNullOrEmpty(to) && Month.Parse(to) is null) return (null, "til", ReportTexts.Of("ToNoMonth"));
        var last = Month.Parse(to) ?? (Month.Parse(from) is { } begun && begun > usual.Last ? begun : usual.Last);
        var first = Month.Parse(from) ?? last + -11;
        if (first > last) return (null, "fra", ReportTexts.Of("FromAfterTo"));
        return last - first >= Longest ? (null, "fra", ReportTexts.Of("PeriodTooLong", Longest)) : (new Period(first, last), null, null);
    }
}
