using Portal.Features.Benefits.Figures;

namespace Portal.Features.Reports.Documents;

/// <summary>The line under a report's title: department, owners, when it was drawn and issued.</summary>
internal static class ReportHead
{
    private const int MostNamed = 4;

    /// <summary>The line.</summary>
    public static string SubtitleOf(ReportModel report, ReportLanguage words)
    {
        var department = report.IsOverview ? "" : report.Chapters[0].Benefits.Document.Department.Trim();
        string[] parts =
        [
            department, OwnersOf([.. report.Chapters.SelectMany(c => c.Benefits.Benefits)], words),
            words["Drawn", words.Moment(report.DrawnAt)],
            report.Issued is { } issued ? words["IssuedBy", words.Moment(issued.At), issued.By] : "",
            report.Number is { } number ? words["NumberInSeries", number] : "",
        ];
        return words.Capital(string.Join(" · ", parts.Where(p => p.Length > 0)));
    }

    private static string OwnersOf(IReadOnlyList<BenefitFigure> benefits, ReportLanguage words)
    {
        var owners = benefits.Select(b => b.Definition.Owner?.Trim()).Where(o => !string.IsNullOrEmpty(o))
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(o => o!).ToList();
        return owners.Count switch
        {
            0 => words["OwnersNone"],
            1 => words["OwnersOne", owners[0]],
            <= MostNamed => words["OwnersSome", words.List(owners)],
            _ => words["OwnersMany", words.InWords(owners.Count)],
        };
    }
}
