using Portal.Features.Benefits.Figures;
using Portal.Features.Chains.Pictures;

namespace Portal.Features.Reports.Issued;

/// <summary>Names the files of a report so that those of several chains, numbers and periods can lie in one folder.</summary>
public static class ReportFileNames
{
    /// <summary>
    /// »gevinstrapport-bevis-for-digital-post-nr-3-2026-01-til-2026-12.pdf«. Never anything like a CPR number, since file names are seen by
    /// anyone.
    /// </summary>
    /// <param name="kind"><c>gevinstrapport</c>, <c>gevinster</c> or <c>maalinger</c>.</param>
    /// <param name="title">The chain's title, the department's name, or empty for all chains.</param>
    /// <param name="number">The report's number; null when it is not issued.</param>
    /// <param name="extension">Without a dot.</param>
    /// <param name="isEnglish">True for a document in English: »benefit-report-…-no-3-2026-01-to-2026-12.pdf«.</param>
    public static string Of(string kind, string title, int? number, Period period, string extension, bool isEnglish = false)
    {
        var whose = title.Trim().Length == 0 ? isEnglish ? "all-effect-chains" : "alle-effektkaeder"
            : ChainFileName.SlugOf(title) ?? (isEnglish ? "effect-chain" : "effektkaede");
        var issued = number is { } known ? FormattableString.Invariant($"-{(isEnglish ? "no" : "nr")}-{known}") : "";
        return $"{kind}-{whose}{issued}-{period.First}-{(isEnglish ? "to" : "til")}-{period.Last}.{extension}";
    }
}
