namespace Portal.Reports;

/// <summary>A benefit in the report, its numbers already written as they are shown.</summary>
/// <param name="Months">The months' numbers behind the chart.</param>
public sealed record ReportRow(
    string Title, string Source, bool Negative, string Baseline, string Now, string Target, string Range, string Owner, string State, string Look, IReadOnlyList<ReportMonth> Months,
    double? BaselineLevel, double? TargetLevel, IReadOnlyList<string> Causes, string Note);

/// <summary>A month's number. <paramref name="Number"/> counts months from the period's first.</summary>
public sealed record ReportMonth(int Number, string Name, double Level, string Text);

/// <summary>A behaviour and whether it happens.</summary>
public sealed record ReportBehaviour(string Text, string Answer, string Look, string Evidence);

/// <summary>Everything that a report shows. Kept as it is when the report is issued.</summary>
/// <param name="Number">Its number; null for one that is not issued.</param>
/// <param name="ConclusionBy">Who wrote the conclusion; null when it is the rules' own.</param>
/// <param name="Picture">The chain as SVG.</param>
/// <param name="Basis">Name and text, line by line.</param>
public sealed record ReportModel(
    int? Number, string ChainId, string Title, string Period, string Subtitle, int Months, string Conclusion, string? ConclusionBy, IReadOnlyList<ReportRow> Benefits, IReadOnlyList<ReportBehaviour> Behaviours,
    IReadOnlyList<string> Unplanned, IReadOnlyList<string> Decisions, string Picture, IReadOnlyList<ReportFact> Basis, IReadOnlyList<ReportRow> Helpers, string Footer);

/// <summary>A line of the appendix.</summary>
public sealed record ReportFact(string Name, string Text);
