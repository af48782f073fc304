using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Features.Benefits.Calculations;
using Portal.Ingestion.Domain;

namespace Portal.Features.Benefits.Import;

/// <summary>The columns of a benefit overview; an estimate is a column for each year and case.</summary>
public enum OverviewColumn
{
    /// <summary>The text of the benefit's box.</summary>
    Benefit,

    /// <summary>Whether it is a benefit or a negative one.</summary>
    Art,
    Type,
    Owner,
    Unit,
    Estimate,
    Assumptions,
    Method,
    Risk,
    Likelihood,
    Response,
    EffectFrom,
    Target,
    TargetOn,

    /// <summary>The id of the box.</summary>
    Box,

    /// <summary>The title of the chain, in a list of several.</summary>
    Chain,

    /// <summary>What the portal writes and does not read.</summary>
    Written,
}

/// <summary>What a column holds.</summary>
/// <param name="Year">For an estimate: 0–9, years after the first.</param>
/// <param name="Case">For an estimate.</param>
public sealed record OverviewHeading(OverviewColumn Column, int Year = 0, EstimateCase Case = EstimateCase.Likely);

/// <summary>
/// The headings of a benefit overview, as the Danish state's (Digitaliseringsstyrelsens gevinstoversigt) has them; the file is in Danish in
/// every language. Read in any order, case and spacing. Pure.
/// </summary>
public static partial class OverviewHeadings
{
    /// <summary>The name of the sheet.</summary>
    public const string Sheet = "Gevinstoversigt";

    /// <summary>The heading of the column that says which chain a row belongs to.</summary>
    public const string ChainHeading = "Effektkæde";

    /// <summary>The heading of the column that says which total a row is added to.</summary>
    public const string SumHeading = "Lægges sammen i";

    /// <summary>The last year that the overview has columns for; the first is 0.</summary>
    public const int LastYear = 5;

    private static readonly Dictionary<OverviewColumn, string[]> Names = new()
    {
        [OverviewColumn.Benefit] = ["Gevinst", "Gevinstens navn", "Gevinster", "Navn", "Gevinstbeskrivelse", "Benefit"],
        [OverviewColumn.Art] = ["Art", "Gevinst eller ulempe", "Fortegn"],
        [OverviewColumn.Type] = ["Type", "Gevinsttype", "Kategori", "Gevinstkategori"],
        [OverviewColumn.Owner] = ["Ejer", "Gevinstejer", "Ansvarlig", "Owner"],
        [OverviewColumn.Unit] = ["Enhed", "Måleenhed", "Unit"],
        [OverviewColumn.Assumptions] = ["Forudsætning", "Forudsætninger", "Antagelser", "Assumptions"],
        [OverviewColumn.Method] = ["Målemetode", "Måles ved", "Måling", "Indikator", "Målepunkt"],
        [OverviewColumn.Risk] = ["Risiko", "Risici", "Risk"],
        [OverviewColumn.Likelihood] = ["Sandsynlighed for risiko", "Sandsynlighed", "Risikoens sandsynlighed", "Likelihood"],
        [OverviewColumn.Response] = ["Håndtering af risiko", "Håndtering", "Risikohåndtering", "Response"],
        [OverviewColumn.EffectFrom] = ["Effekt fra", "Effekten begynder", "Startdato", "Start"],
        [OverviewColumn.Target] = ["Mål", "Målet", "Måltal", "Target"],
        [OverviewColumn.TargetOn] = ["Mål nås senest", "Nås inden", "Slutdato", "Måldato"],
        [OverviewColumn.Box] = ["Boks"],
        [OverviewColumn.Chain] = [ChainHeading],
        [OverviewColumn.Written] = [SumHeading],
    };

    private static readonly Dictionary<string, OverviewColumn> ByKey = Names
        .SelectMany(n => n.Value, (n, name) => (Key: NameKey.Of(name), n.Key))
        .ToDictionary(n => n.Key, n => n.Item2, StringComparer.Ordinal);

    /// <summary>The heading of a column that stands once.</summary>
    public static string Of(OverviewColumn column) => Names[column][0];

    /// <summary>The heading of an estimate: »År 0 (2026) lav«.</summary>
    public static string Of(int year, int calendarYear, EstimateCase estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"År {year} ({calendarYear}) {WordOf(estimate)}");

    /// <summary>The same without the calendar year: »År 0 lav«.</summary>
    public static string Of(int year, EstimateCase estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"År {year} {WordOf(estimate)}");

    /// <summary>What a heading names; null when it is not one of an overview.</summary>
    public static OverviewHeading? Read(string? text)
    {
        var key = NameKey.Of(text).TrimEnd('*', ':', '.');
        if (ByKey.TryGetValue(key, out var column)) return new OverviewHeading(column);
        foreach (var match in new[] { YearFirst().Match(key), CaseFirst().Match(key) })
        {
            if (!match.Success) continue;
            return new OverviewHeading(
                OverviewColumn.Estimate, int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture),
                CaseOf(match.Groups["c"].Value));
        }

        return null;
    }

    private static string WordOf(EstimateCase estimate) =>
        estimate switch { EstimateCase.Low => "lav", EstimateCase.High => "høj", _ => "sandsynlig" };

    private static EstimateCase CaseOf(string word) => word switch
    {
        "" => EstimateCase.Likely,
        _ when word[0] == 'h' || word.StartsWith("ma", StringComparison.Ordinal) => EstimateCase.High,
        _ when word.StartsWith("lik", StringComparison.Ordinal) || word[0] == 's' || word.StartsWith("mes", StringComparison.Ordinal) =>
            EstimateCase.Likely,
        _ => EstimateCase.Low,
    };

    // A key has no spaces and hyphens: »År 0 (2026) – lav« is »år0(2026)lav«.
    private const string Cases = "lavt?|laveste|mindst|min|sandsynligt?|mestsandsynligt?|højt?|højeste|højst|maks?|max|low|likely|high";

    [GeneratedRegex(@"^(?:år|year)(?<y>\d)(?:\(?\d{4}\)?)?[:,;]?(?<c>" + Cases + @")?(?:skøn|estimat)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<c>" + Cases + @")(?:skøn|estimat)?[:,;]?(?:år|year)(?<y>\d)(?:\(?\d{4}\)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex CaseFirst();
}
