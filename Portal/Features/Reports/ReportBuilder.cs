using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Conclusions;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>Builds reports from figures, for one chain or for several.</summary>
public sealed class ReportBuilder(TimeProvider time)
{
    /// <summary>The report of one chain.</summary>
    /// <param name="checkpoint">The ledger's signed checkpoint, read after the figures; null when there is none.</param>
    public ReportModel Build(ChainBenefits benefits, string? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var chapter = ChapterOf(benefits);
        return new ReportModel(
            TitleOf(benefits), "", false, benefits.Period, benefits.Today, time.GetUtcNow(), [chapter], chapter.Edit, checkpoint);
    }

    /// <summary>The report of several chains of the same authority, all read for the same period.</summary>
    /// <param name="department">The department they belong to; empty for all chains of the authority.</param>
    /// <param name="written">The conclusion written by hand; null to use the automatic one.</param>
    public ReportModel BuildAll(
        IReadOnlyList<ChainBenefits> chains, string department, Period period, WrittenConclusion? written, string? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(department);
        var ordered = chains.OrderBy(c => c.Document.Title, StringComparer.Create(DanishFormat.Danish, ignoreCase: true)).ToList();
        var masked = CprNumber.MaskIn(department);
        return new ReportModel(
            masked.Length > 0 ? $"Gevinster i {masked}" : "Gevinster i alle effektkæder", masked, true, period,
            DanishFormat.Day(time.GetUtcNow()), time.GetUtcNow(), [.. ordered.Select(ChapterOf)], written, checkpoint);
    }

    /// <summary>The Danish title of a chain's report.</summary>
    public static string TitleOf(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        return benefits.Document.Title.Trim() is { Length: > 0 } text ? text : "Effektkæde uden titel";
    }

    private static ReportChapter ChapterOf(ChainBenefits benefits) => new(benefits, Decisions.Of(benefits),
        benefits.Conclusion is { } note ? new WrittenConclusion(note.Text, note.EnteredBy, note.EnteredAt) : null);
}
