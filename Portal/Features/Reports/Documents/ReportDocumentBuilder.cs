using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Issued;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>Builds the document of a report, for page and PDF, in the language that is asked for: Danish or English. Pure.</summary>
public static class ReportDocumentBuilder
{
    /// <summary>The document.</summary>
    /// <param name="language">English for an English culture, otherwise Danish.</param>
    public static Document Build(ReportModel report, CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(language);
        var words = new ReportLanguage(language);
        var (name, title) = (NameOf(report, words), TitleOf(report, words));
        var document = new DocumentBuilder()
            .Title($"{name} · {report.Period.In(words.Culture, report.Today)}", title, ReportHead.SubtitleOf(report, words))
            .Heading(2, words["InShort"])
            .AddConclusion(report.Conclusion(words), report.Edit, words)
            .AddSince(report.Since, words);
        if (report.IsOverview) document.AddPortfolio(report, words);
        else document.AddChain(report.Chapters[0], 2, words);
        document.Section(annex => annex.AddAnnex(report, words));
        foreach (var chapter in report.Chapters) document.AddPicture(chapter, report.IsOverview, words);
        return NumbersTogether.In(document.Build($"{name}: {title}", ReportFooter.Of(report, words)) with
        {
            Language = words.IsEnglish ? "en" : null,
        });
    }

    /// <summary>The conclusion in a language: the one written by hand, or the automatic one.</summary>
    internal static string Conclusion(this ReportModel report, ReportLanguage words) =>
        report.Edit?.Text ?? ReportConclusion.Of(report, words.Culture);

    /// <summary>The title of a chain in a language.</summary>
    internal static string TitleOf(ChainBenefits benefits, ReportLanguage words) =>
        benefits.Document.Title.Trim() is { Length: > 0 } text ? text : words["ChainWithoutTitle"];

    /// <summary>The conclusion, with its author when it was written by hand.</summary>
    internal static DocumentBuilder AddConclusion(
        this DocumentBuilder document, string text, WrittenConclusion? edit, ReportLanguage words)
    {
        document.Paragraph(text, BlockStyle.Lead, "conclusion");
        return edit is null
            ? document
            : document.Paragraph(words["EditedBy", edit.By, edit.At], BlockStyle.Caption, "conclusion-edited");
    }

    // What is different from the report before is the first thing that a reader of both asks.
    private static DocumentBuilder AddSince(this DocumentBuilder document, ReportSince? since, ReportLanguage words)
    {
        if (since is null) return document;
        var from = words["Since", since.Number, since.IssuedAt];
        return since.Lines.Count == 0
            ? document.Paragraph($"{from} {words["SinceNothing"]}", testId: "since")
            : document.Keep(part => part.Paragraph(from, testId: "since").List(ordered: false, since.Lines.Select(words.Text)));
    }

    /// <summary>Blocks that belong together, without a page of their own.</summary>
    internal static DocumentBuilder Section(this DocumentBuilder document, Action<DocumentBuilder> blocks)
    {
        var inner = new DocumentBuilder();
        blocks(inner);
        return document.Add(new SectionBlock(inner.Blocks));
    }

    private static string NameOf(ReportModel report, ReportLanguage words) =>
        report.Number is { } number ? words["ReportNumber", number] : words["Report"];

    private static string TitleOf(ReportModel report, ReportLanguage words) => !report.IsOverview
        ? TitleOf(report.Chapters[0].Benefits, words)
        : report.Department.Length > 0 ? words["TitleIn", report.Department] : words["TitleAll"];
}
