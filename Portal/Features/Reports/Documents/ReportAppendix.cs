using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>The appendix of a report: data basis, formulas, monthly values, missing data, and the ledger's checkpoint.</summary>
internal static class ReportAppendix
{
    private const string OwnConclusion = "Portalens egen konklusion";

    /// <summary>Adds it.</summary>
    public static void AddAppendix(this DocumentBuilder document, ReportModel report)
    {
        document.Heading(2, "Bilag: grundlag og formler").AddFacts(report.Basis);
        if (report is { IsOverview: true, Edit: { } whole }) document.AddFacts([new(OwnConclusion, whole.Automatic)]);
        foreach (var chapter in report.Chapters)
        {
            if (report.IsOverview) document.Heading(2, chapter.Title).AddFacts(chapter.Missing);
            if (chapter.Edit is { } edit) document.AddFacts([new(OwnConclusion, edit.Automatic)]);
            foreach (var row in chapter.Benefits.Concat(chapter.Helpers)) document.Keep(measure => measure.AddMeasure(row));
        }

        document.Keep(ledger => ledger.AddLedger(report.Checkpoint));
    }

    private static void AddMeasure(this DocumentBuilder document, ReportRow row)
    {
        document.Heading(3, row.Title).AddFacts(row.Facts);
        if (row.IsMeasured) document.Figure(ReportChart.Draw(row), ReportChart.Describe(row)).AddMonths(row.Months);
        else if (row.Months.Count > 0) document.Paragraph("Ingen data i perioden.", BlockStyle.Small);
    }

    private static void AddLedger(this DocumentBuilder document, string? checkpoint)
    {
        document.Heading(3, "Bevislog");
        if (checkpoint is null)
        {
            document.Paragraph("Portalens bevislog kunne ikke give et checkpoint, da tallene blev læst.", BlockStyle.Small);
            return;
        }

        document.Paragraph(
            "Tallene hviler på de beskeder, der var skrevet i portalens bevislog ved dette underskrevne checkpoint (C2SP signed note). Er "
                + "en besked fjernet eller ændret siden, kan det ses ved at holde loggen op mod det.", BlockStyle.Small)
            .Code(checkpoint.TrimEnd());
    }

    private static DocumentBuilder AddFacts(this DocumentBuilder document, IReadOnlyList<ReportFact> facts) => document.Facts(
        names =>
        {
            foreach (var fact in facts) names.Add(fact.Name, fact.Text);
        },
        BlockStyle.Small);
}
