namespace Portal.Features.Reports.Documents.Legacy;

/// <summary>
/// What a report was stored as before documents were: everything that it showed, in Danish. Nothing is stored so any more;
/// <see cref="LegacyDocument"/> makes the document of one that was.
/// </summary>
/// <param name="Number">Its number; null when it is not issued.</param>
/// <param name="Issued">When and by whom it was issued, in Danish; null when it is not issued.</param>
/// <param name="IsOverview">True for a report of several chains.</param>
/// <param name="Months">The number of months in the period.</param>
/// <param name="Edit">Set when the conclusion was written by hand.</param>
/// <param name="Basis">The data behind the numbers, line by line.</param>
/// <param name="Checkpoint">The ledger's signed checkpoint, which covers every message that was counted; null when there is none.</param>
/// <param name="Footer">The text at the foot of every page.</param>
public sealed record LegacyReport(
    int? Number, string? Issued, string Title, string Period, string Subtitle, bool IsOverview, int Months, string Conclusion,
    LegacyEdit? Edit, IReadOnlyList<LegacyChapter> Chapters,
    IReadOnlyList<LegacyFact> Basis, string? Checkpoint, string Footer);

/// <summary>A conclusion that was written by hand.</summary>
/// <param name="On">The date, as shown.</param>
/// <param name="Automatic">The automatic conclusion.</param>
public sealed record LegacyEdit(string By, string On, string Automatic);

/// <summary>A chain in the report.</summary>
/// <param name="Benefits">Benefits, then negative ones.</param>
/// <param name="Helpers">Other measured boxes.</param>
public sealed record LegacyChapter(
    string ChainId, string Title, string Conclusion, LegacyEdit? Edit, IReadOnlyList<LegacyRow> Benefits, IReadOnlyList<LegacyRow> Helpers,
    IReadOnlyList<LegacyBehaviour> Behaviours,
    IReadOnlyList<string> Unplanned, IReadOnlyList<string> Decisions, ReportPicture Picture, IReadOnlyList<LegacyFact> Missing);

/// <summary>A benefit in the report.</summary>
/// <param name="Source">The source of its numbers, in Danish.</param>
/// <param name="BaselineNote">What a reader must know of the baseline, e.g. that it was changed after it was locked.</param>
/// <param name="Owner">Null when there is none.</param>
/// <param name="Look">The style of the state: <c>ok</c>, <c>info</c>, <c>warn</c>, <c>bad</c> or <c>grey</c>.</param>
/// <param name="Months">Every month of the period.</param>
/// <param name="BaselineLevel">The baseline per month; null without one.</param>
/// <param name="TargetLevel">The target per month; null without one.</param>
/// <param name="Deviations">Causes that people have written, and what the numbers themselves show.</param>
/// <param name="Facts">How it is measured, for the appendix.</param>
public sealed record LegacyRow(
    string Title, string Source, bool Negative, string Baseline, string BaselineNote, string Now, string Target, string Range,
    string? Owner, string State, string Look, IReadOnlyList<ReportMonth> Months,
    double? BaselineLevel, double? TargetLevel, IReadOnlyList<string> Deviations, IReadOnlyList<LegacyFact> Facts)
{
    /// <summary>True when any month has a value.</summary>
    public bool IsMeasured => Months.Any(m => m.Level is not null);

    /// <summary>What its charts draw.</summary>
    internal ChartSeries Chart => new(Title, Months, BaselineLevel, ChartTarget.Throughout(Months.Count, TargetLevel));
}

/// <summary>A behaviour and whether it happens.</summary>
public sealed record LegacyBehaviour(string Text, string Answer, string Look, string Evidence);

/// <summary>A line of the appendix.</summary>
public sealed record LegacyFact(string Name, string Text);
