using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents.Legacy;

/// <summary>
/// Makes the document of a report that was stored as <see cref="LegacyReport"/>, word for word as it was shown then. In Danish. Pure.
/// </summary>
internal static class LegacyDocument
{
    /// <summary>The document.</summary>
    public static Document Build(LegacyReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var number = report.Number is { } issued ? $" nr. {issued}" : "";
        var document = new DocumentBuilder()
            .Title($"Gevinstrapport{number} · {report.Period}", report.Title,
                report.Issued is { } when ? $"{report.Subtitle} · {when}" : report.Subtitle)
            .Heading(2, "Kort fortalt")
            .AddConclusion(report.Conclusion, report.Edit);
        if (report.IsOverview) document.AddChains(report.Chapters);
        else document.AddChain(report.Chapters[0], 2);
        return document.NewPage(appendix => appendix.AddAppendix(report))
            .Build($"Gevinstrapport{number}: {report.Title}", report.Footer);
    }

    // The conclusion, with its author when it was written by hand.
    private static DocumentBuilder AddConclusion(this DocumentBuilder document, string text, LegacyEdit? edit)
    {
        document.Paragraph(text, BlockStyle.Lead, "conclusion");
        if (edit is null) return document;
        return document.Paragraph(
            $"Konklusionen er redigeret af {edit.By} den {edit.On}. Portalens egen står i bilaget.", BlockStyle.Caption,
            "conclusion-edited");
    }

    private static void AddChains(this DocumentBuilder document, IReadOnlyList<LegacyChapter> chapters)
    {
        if (chapters.Count > 0) document.Heading(2, "Effektkæderne").AddOverview(chapters);
        foreach (var chapter in chapters)
        {
            document.NewPage(page =>
            {
                page.Heading(2, chapter.Title).AddConclusion(chapter.Conclusion, chapter.Edit);
                page.AddChain(chapter, 3);
            });
        }
    }

    private static void AddChain(this DocumentBuilder document, LegacyChapter chapter, int level)
    {
        if (chapter.Benefits.Count == 0) document.Paragraph("Kæden har ingen gevinster endnu.");
        else document.Heading(level, "Gevinster mod nulpunkt og mål").AddBenefits(chapter.Benefits);
        AddDeviations(document, chapter, level);
        if (chapter.Behaviours.Count > 0) document.Heading(level, "Ny adfærd – sker det?").AddBehaviours(chapter.Behaviours);
        if (chapter.Unplanned.Count > 0)
            document.Heading(level, "Gevinster, der kom af sig selv").List(ordered: false, chapter.Unplanned);
        document.Keep(decisions =>
        {
            decisions.Heading(level, "Hvad der skal besluttes");
            if (chapter.Decisions.Count == 0) decisions.Paragraph("Intet kræver en beslutning nu.");
            else decisions.List(ordered: true, chapter.Decisions);
        });
        document.Landscape(page => page.Heading(level, "Kæden")
            .Figure(chapter.Picture.Drawing, $"Kæden {chapter.Title}: {chapter.Picture.Description}"));
    }

    // Inputs count too: changing the baseline of one changes the benefits calculated from it.
    private static void AddDeviations(DocumentBuilder document, LegacyChapter chapter, int level)
    {
        var deviating = chapter.Benefits.Concat(chapter.Helpers).Where(r => r.Deviations.Count > 0).ToList();
        if (deviating.Count == 0) return;
        document.Heading(level, "Afvigelser og årsager").List(ordered: false, deviating.Select(
            row => LineBuilder.Build(line => line.Strong(row.Title).Text($": {string.Join(' ', row.Deviations)}"))));
    }
}
