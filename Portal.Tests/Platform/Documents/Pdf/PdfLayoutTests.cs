using Portal.Platform.Documents.Model;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>Where things are on the pages.</summary>
public sealed class PdfLayoutTests
{
    [Fact]
    public void The_same_document_gives_the_same_bytes() =>
        Assert.Equal(PdfSamples.Write(PdfSamples.Everything()), PdfSamples.Write(PdfSamples.Everything()));

    [Fact]
    public void Every_page_has_its_number_of_how_many_and_the_running_title_which_are_not_read_aloud()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Everything()));
        foreach (var page in reading.Pages)
        {
            var foot = page.GetMarkedContents().Single(c => c.IsArtifact && c.Letters.Count > 0 && c.Letters[0].StartBaseLine.Y < 60);
            var text = string.Concat(foot.Letters.Select(l => l.Value));
            Assert.StartsWith("Gevinstrapport · Digital post", text);
            Assert.EndsWith($"Side {page.Number} af {reading.Pages.Count}", text);
        }

        Assert.DoesNotContain(reading.Document.All, e => e.Heard.Contains("Side 1 af", StringComparison.Ordinal));
    }

    [Fact]
    public void The_head_of_a_table_is_on_each_of_its_pages_but_heard_once()
    {
        using var reading = new PdfReading(PdfSamples.Checked(Rows(120, "Borgerservice")));
        Assert.True(reading.Pages.Count > 2);
        Assert.All(reading.Pages, p => Assert.Contains("Afdeling", p.Text));
        Assert.Single(reading.Document.All, e => e.Heard == "Afdeling");
    }

    [Fact]
    public void No_row_is_on_two_pages_when_it_fits_on_one()
    {
        using var reading = new PdfReading(PdfSamples.Checked(Rows(60, PdfSamples.Prose(2))));
        var rows = reading.Document.All.Where(e => e.Type == "TR").ToList();
        Assert.Equal(61, rows.Count);
        Assert.All(rows, r => Assert.Single(
            r.All.SelectMany(e => e.Contents).Where(p => p.Content is not null).Select(p => p.Content!.Value.Page).Distinct()));
    }

    [Fact]
    public void A_heading_is_on_the_page_of_the_three_lines_that_follow_it_wherever_the_page_ends()
    {
        for (var lines = 0; lines < 45; lines++)
        {
            var document = PdfSamples.Of(b =>
            {
                for (var i = 0; i < lines; i++) b.Paragraph("Linje");
                b.Heading(2, "Overskrift").Paragraph(PdfSamples.Prose(8));
            });
            using var reading = new PdfReading(PdfSamples.Write(document));
            var page = reading.Pages.Single(p => p.Text.Contains("Overskrift", StringComparison.Ordinal));
            var heading = page.Letters.First(l => l.PointSize > 12).StartBaseLine.Y;
            var below = page.Letters.Where(l => l.StartBaseLine.Y < heading - 5 && l.StartBaseLine.Y > 60);
            Assert.True(Lines(below) >= 3, $"After {lines} lines");
        }
    }

    [Fact]
    public void No_page_begins_or_ends_with_fewer_than_three_lines_of_a_paragraph()
    {
        for (var before = 0; before < 12; before++)
        {
            using var reading = new PdfReading(PdfSamples.Write(PdfSamples.Of(b =>
            {
                for (var i = 0; i < before; i++) b.Paragraph("Linje");
                b.Paragraph(PdfSamples.Prose(60));
            })));
            var paragraph = reading.Document.Children.Last();
            var pages = paragraph.Contents.Select(c => c.Content!.Value).ToList();
            Assert.True(pages.Count > 1);
            Assert.All(pages, p => Assert.True(Lines(
                reading.Pages[p.Page - 1].GetMarkedContents().Single(c => c.MarkedContentIdentifier == p.Mcid).Letters) >= 3));
        }
    }

    [Fact]
    public void What_is_kept_is_on_one_page_when_it_fits_on_one()
    {
        for (var before = 0; before < 40; before += 3)
        {
            using var reading = new PdfReading(PdfSamples.Write(PdfSamples.Of(b =>
            {
                for (var i = 0; i < before; i++) b.Paragraph("Linje");
                b.Heading(2, "Foran").Keep(k => k
                    .Heading(3, "Begynd").Paragraph(PdfSamples.Prose(12)).Figure(PdfSamples.Chart, "Kurve").Paragraph("Slut"));
            })));
            var page = reading.Pages.Single(p => p.Text.Contains("Begynd", StringComparison.Ordinal));
            Assert.Contains("Foran", page.Text);
            Assert.Contains("Slut", page.Text);
        }
    }

    [Fact]
    public void Pages_on_their_side_hold_their_section_alone_and_wait_for_the_end_of_the_page()
    {
        using var reading = new PdfReading(PdfSamples.Write(PdfSamples.Of(b => b
            .Paragraph("Før").Landscape(l => l.Paragraph("Bred")).Paragraph("Efter"))));
        string[][] pages = [["Før", "Efter"], ["Bred"]];
        Assert.Equal(pages, reading.Pages.Select(p => reading.Document.All
            .Where(e => e.Type == "P").Select(e => e.Heard).Where(t => p.Text.Contains(t, StringComparison.Ordinal))
            .OrderBy(t => p.Text.IndexOf(t, StringComparison.Ordinal)).ToArray()));
        Assert.Equal([false, true], reading.Pages.Select(p => p.Width > p.Height));
        Assert.Equal(595.3, reading.Pages[0].Width, 0.1);
        Assert.Equal(841.9, reading.Pages[1].Width, 0.1);
    }

    [Fact]
    public void Words_are_broken_at_soft_hyphens_and_after_hyphens_but_numbers_and_dates_are_not()
    {
        var text = PdfSamples.Of(b => b.Table(
            [new("Tekst", 30), new("Rest")],
            t => t.Row("Sags\u00ADbe\u00ADhand\u00ADlings\u00ADtid den 2026-11-29 -5 grader A/S-kontrakt\u00AD", "")));
        using var reading = new PdfReading(PdfSamples.Checked(text));
        var cell = reading.Pages[0].GetMarkedContents().Single(c => c.Tag == "TD");
        var lines = cell.Letters.GroupBy(l => Math.Round(l.StartBaseLine.Y)).OrderByDescending(g => g.Key)
            .Select(g => string.Concat(g.Select(l => l.Value)).Trim()).ToList();
        Assert.Contains(lines, l => l.EndsWith('\u00AD'));
        Assert.DoesNotContain(lines, l => l.EndsWith("kontrakt\u00AD", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("2026-11-29", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("-5 ", StringComparison.Ordinal) || l.EndsWith("-5", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_are_not_broken_at_spaces_and_hyphens_that_forbid_it()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Table(
            [new("Tekst", 24), new("Rest")], t => t.Row("aaaa bbbb 12\u00A0kr. ccc ddd A\u2011kasse eee", "")))));
        var cell = reading.Pages[0].GetMarkedContents().Single(c => c.Tag == "TD");
        var lines = cell.Letters.GroupBy(l => Math.Round(l.StartBaseLine.Y)).Select(g => string.Concat(g.Select(l => l.Value))).ToList();
        Assert.True(lines.Count > 2);
        Assert.Contains(lines, l => l.Contains("12\u00A0kr.", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("A\u2011kasse", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_end_at_the_same_edge()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Table(
            [new("Navn"), new("Antal", 40, true), new("Rest")], t => t.Row("a", "1", "").Row("b", "1.234", "").Row("c", "-12,5", "")))));
        var ends = reading.Pages[0].GetMarkedContents().Where(c => c.Tag == "TD" && c.Letters.Any(l => char.IsDigit(l.Value[0])))
            .Select(c => c.Letters[^1].EndBaseLine.X).ToList();
        Assert.Equal(3, ends.Count);
        Assert.InRange(ends.Max() - ends.Min(), 0, 0.2);
    }

    [Fact]
    public void A_code_falls_back_to_the_proportional_face_for_what_the_fixed_one_lacks()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Code("let Ω = λ"))));
        var fonts = reading.Pages[0].Letters.Where(l => l.StartBaseLine.Y > 60).ToLookup(l => l.FontName!.Split('+')[1], l => l.Value);
        Assert.Equal("let = ", string.Concat(fonts["IBMPlexMono-Regular"].Where((v, i) => i != 4)));
        Assert.Equal("Ωλ", string.Concat(fonts["IBMPlexSans-Regular"]));
    }

    [Fact]
    public void A_link_over_two_lines_is_one_link_with_two_places()
    {
        var document = PdfSamples.Of(b => b.Paragraph(l => l.Link(PdfSamples.Prose(3), "https://a.dk/x")));
        using var reading = new PdfReading(PdfSamples.Checked(document));
        var link = Assert.Single(reading.Document.All, e => e.Type == "Link");
        Assert.True(link.Contents.Count(c => c.Annotation is not null) > 1);
    }

    [Fact]
    public void Head_cells_say_whether_they_head_a_column_or_a_row()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Table(
            [new("Navn") { IsRowHeader = true }, new("Antal", null, true)], t => t.Row("Breve", "12")))));
        Assert.Equal(
            ["Navn Column", "Antal Column", "Breve Row"],
            reading.Document.All.Where(e => e.Type == "TH").Select(e =>
                $"{e.Heard} {((NameToken)reading.Get<DictionaryToken>(e.Dictionary, "A").Data["Scope"]).Data}"));
    }

    [Fact]
    public void The_text_of_a_drawing_is_text()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Figure(PdfSamples.Chart, "Kurve"))));
        Assert.Equal("Timer pr. månedŁódź — Δ", reading.Document.All.Single(e => e.Type == "Figure").Seen);
    }

    private static Document Rows(int count, string text) => PdfSamples.Of(b => b.Table(
        [new("Nr.", null, true), new("Navn"), new("Afdeling")],
        t =>
        {
            for (var i = 0; i < count; i++) t.Row($"{i}", $"Sagsbehandler {i}", text);
        }));

    private static int Lines(IEnumerable<Letter> letters) =>
        letters.Where(l => l.Value.Trim().Length > 0).Select(l => Math.Round(l.StartBaseLine.Y)).Distinct().Count();
}
