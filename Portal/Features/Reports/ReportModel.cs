using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Issued;

namespace Portal.Features.Reports;

/// <summary>
/// What a report is made of, in no language: <see cref="ReportDocumentBuilder"/> makes its document in the language that is asked for.
/// </summary>
/// <param name="Title">In Danish, as lists show it.</param>
/// <param name="Department">The department that a report of several chains is about; empty for all, and for one chain.</param>
/// <param name="IsOverview">True for a report of several chains.</param>
/// <param name="Today">In Copenhagen.</param>
/// <param name="DrawnAt">When the numbers were read, UTC.</param>
/// <param name="Edit">The conclusion when it was written by hand; null for the automatic one.</param>
/// <param name="Checkpoint">The ledger's signed checkpoint, which covers every message that was counted; null when there is none.</param>
public sealed record ReportModel(
    string Title, string Department, bool IsOverview, Period Period, DateOnly Today, DateTimeOffset DrawnAt,
    IReadOnlyList<ReportChapter> Chapters, WrittenConclusion? Edit, string? Checkpoint)
{
    /// <summary>Its number; null when it is not issued.</summary>
    public int? Number { get; init; }

    /// <summary>When and by whom it was issued; null when it is not.</summary>
    public ReportIssued? Issued { get; init; }

    /// <summary>What is different from the report of the same scope before; null for the first, and for one that is not issued.</summary>
    public ReportSince? Since { get; init; }

    /// <summary>The conclusion: the one written by hand, or the automatic one in the language of the page.</summary>
    public string Conclusion => Edit?.Text ?? ReportConclusion.Of(this, CultureInfo.CurrentUICulture);
}

/// <summary>When and by whom a report was issued.</summary>
/// <param name="At">UTC.</param>
public sealed record ReportIssued(DateTimeOffset At, string By);

/// <summary>A chain in the report.</summary>
/// <param name="Decisions">What is to be decided, answered or not.</param>
/// <param name="Edit">Its conclusion when it was written by hand; null for the automatic one.</param>
public sealed record ReportChapter(ChainBenefits Benefits, IReadOnlyList<Decision> Decisions, WrittenConclusion? Edit)
{
    /// <summary>How many decisions wait for an answer.</summary>
    public int Open => Decisions.Count(d => d.CountsAsOpen(Benefits.Today));

    /// <summary>How many of <see cref="Open"/> are postponed to a later day; the overview's tasks do not count these.</summary>
    public int PutOff => Decisions.Count(d => d.CountsAsOpen(Benefits.Today) && !d.IsOpen(Benefits.Today));
}
