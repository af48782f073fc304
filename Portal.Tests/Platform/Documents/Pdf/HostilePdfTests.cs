using Portal.Platform.Documents;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Pdf;
using UglyToad.PdfPig;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>Documents that nobody should write, but whose PDF must be right all the same.</summary>
public sealed class HostilePdfTests
{
    private const string Hostile =
        "<b>&amp;</b> \"' ]]> <!-- %s \0\u0001 \\ ( ) << >> \uFFFE \uD800 \uDC00 endstream endobj \u202Eab\u202C";

    [Fact]
    public void A_title_of_2000_characters_is_cut_nowhere()
    {
        var title = string.Concat(Enumerable.Repeat("Overskrift æøå ", 134)).Trim();
        PdfSamples.Checked(new DocumentBuilder().Title("Rapport", title, "Undertitel", new FigureBlock(PdfSamples.Chart, "QR", 25))
            .Heading(2, title).Paragraph("Tekst").Build(title, title));
    }

    [Fact]
    public void A_word_of_300_characters_is_broken_where_its_line_ends()
    {
        var word = new string('m', 300);
        var pdf = PdfSamples.Checked(PdfSamples.Of(b => b.Paragraph(word).Heading(2, word).List(true, [word]).Code(word)
            .Facts(f => f.Add(word, word)).Paragraph(l => l.Mark(word, Tone.Ok).Link(word, "https://a.dk/" + word))
            .Table([new(word), new("Tal", 12, true)], t => t.Row(word, word)).Note(Tone.Bad, n => n.Paragraph(word))));
        InsideTheMargins(pdf);
    }

    [Fact]
    public void Five_hundred_rows_all_come_out()
    {
        var document = PdfSamples.Of(b => b.Table(
            [new("Nr.", null, true), new("Navn"), new("Afdeling")],
            t =>
            {
                for (var i = 0; i < 500; i++) t.Row($"{i}", $"Sagsbehandler {i}", "Borgerservice");
            }));
        InsideTheMargins(PdfSamples.Checked(document));
    }

    [Fact]
    public void Scripts_that_the_fonts_lack_are_named_in_their_place_and_listed_and_heard_as_they_are()
    {
        var document = PdfSamples.Of(b => b.Heading(2, "مرحبا بك").Paragraph("Hej محمد علي! 👩‍👩‍👧🏽 e\u0301 שלום \u202Eabc\u202C 日本語")
            .Table([new("שם")], t => t.Row("ไทย"))
            .Figure(new Drawing(0, 0, 200, 40, [new WordsShape(0, 20, ["中文"], 12, 14, "#000000")]), "中文"));
        var pdf = PdfSamples.Checked(document);
        using var reading = new PdfReading(pdf);
        var seen = string.Join('\n', reading.Document.All.Where(e => DocumentTexts.IsText(e.Type)).Select(e => e.Seen));
        Assert.Contains("[arabisk: 8 tegn]", seen);
        Assert.Contains("Hej [arabisk: 8 tegn]! [emoji: 1 tegn] é [hebraisk: 4 tegn] abc [kinesisk: 3 tegn]", seen);
        Assert.Contains("[thai: 3 tegn]", seen);
        Assert.Contains("[kinesisk: 2 tegn] på side 1: U+4E2D U+6587", seen);
        Assert.Contains("Tegn, der ikke er vist", seen);
    }

    [Fact]
    public void A_document_whose_characters_are_all_shown_has_no_list_of_others()
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Paragraph("Ærø Łódź Ớ Ω Ж → ✓ • ½ € № ‰"))));
        Assert.DoesNotContain(reading.Document.All, e => e.Type == "H1");
    }

    [Fact]
    public void Text_that_would_end_a_string_a_tag_or_an_object_is_text() => PdfSamples.Checked(
        new DocumentBuilder().Title(Hostile, Hostile, Hostile).Heading(2, Hostile).Paragraph(Hostile).Code(Hostile)
            .Facts(f => f.Add(Hostile, Hostile)).Table([new(Hostile)], t => t.Row(Hostile)).Note(Tone.Warn, n => n.Paragraph(Hostile))
            .Figure(PdfSamples.Chart, Hostile)
            .Paragraph(l => l.Link(Hostile, "https://a.dk/?q=) >> endobj \\(" + Hostile).Mark(Hostile, Tone.Bad))
            .Build(Hostile, Hostile));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("sager/12")]
    [InlineData("")]
    public void Only_addresses_that_are_safe_to_open_become_links(string address)
    {
        using var reading = new PdfReading(PdfSamples.Checked(PdfSamples.Of(b => b.Paragraph(l => l.Link("Åbn", address)))));
        Assert.DoesNotContain(reading.Document.All, e => e.Type == "Link");
        Assert.Empty(reading.Pages[0].GetAnnotations());
    }

    [Fact]
    public void Figures_larger_than_a_page_thinner_than_a_line_or_without_size_leave_no_page_broken()
    {
        var tall = PdfSamples.Chart with { Width = 400, Height = 9000 };
        var wrong = new Drawing(
            double.NaN, 0, 100, 100,
            [
                new PathShape("M 0 0 L 1", null, new Stroke("blå", -1)), new PathShape("X Q 1", "#12", null, true),
                new RectShape(0, 0, -5, double.PositiveInfinity, "#ffffff", null, 9), new WordsShape(0, 0, default, 0, 0, ""),
            ]);
        var document = PdfSamples.Of(b => b.Heading(2, "Figurer").Figure(tall, "Høj")
            .Figure(PdfSamples.Chart with { Width = 90_000 }, "Bred", 4000)
            .Figure(PdfSamples.Chart with { Width = 0 }, "Uden bredde").Figure(PdfSamples.Chart with { Height = double.NaN }, "Uden højde")
            .Figure(wrong, "Forkert")
            .Landscape(l => l.Figure(tall, "Høj på tværs")));
        var pdf = PdfSamples.Write(document);
        PdfCheck.Accessible(pdf, "Prøve");
        using var reading = PdfDocument.Open(pdf);
        Assert.InRange(reading.NumberOfPages, 3, 5);
    }

    [Fact]
    public void Numbers_that_do_not_fit_their_column_become_smaller_or_are_broken_but_never_cut()
    {
        var pdf = PdfSamples.Checked(PdfSamples.Of(b => b.Table(
            [new("Navn", 150), new("A", 10, true), new("B", 6, true), new("C", 6, true)],
            t => t.Row("Kort", "1.234.567", "123.456.789.012", "-1,2"))));
        InsideTheMargins(pdf);
    }

    [Fact]
    public void Boxes_and_sections_in_each_other_to_any_depth_are_laid_out()
    {
        Block inner = new ParagraphBlock([new TextInline("Inderst")]);
        for (var i = 0; i < 400; i++)
        {
            inner = (i % 4) switch
            {
                0 => new NoteBlock(Tone.Info, [inner]),
                1 => new SectionBlock([inner]) { Keep = true },
                2 => new SectionBlock([inner]) { NewPage = true },
                _ => new SectionBlock([inner, new ParagraphBlock([new TextInline("Dybde " + i)])]) { Landscape = true },
            };
        }

        InsideTheMargins(PdfSamples.Checked(new Document("Prøve", "Prøve", [inner])));
    }

    [Fact]
    public void Nothing_is_also_a_document()
    {
        PdfSamples.Checked(new Document("", "", []));
        PdfSamples.Checked(new Document("Tom", "", default));
        PdfSamples.Checked(new Document("Tom", "", [
            new TitleBlock("", "", ""), new HeadingBlock(2, ""), new ParagraphBlock([]), new ParagraphBlock(default), new FactsBlock([]),
            new FactsBlock(default), new ListBlock(true, []), new ListBlock(false, default), new TableBlock([], []),
            new TableBlock(default, default), new TableBlock([new("")], [new TableRow(default), new TableRow([[]])]), new CodeBlock(""),
            new NoteBlock(Tone.Ok, []), new NoteBlock(Tone.Ok, default), new SectionBlock([]), new SectionBlock(default) { NewPage = true },
        ]));
    }

    [Fact]
    public void Cells_beyond_the_last_column_and_levels_that_were_left_out_are_not_lost() => PdfSamples.Checked(PdfSamples.Of(b => b
        .Heading(4, "Uden overskrift over").Heading(2, "To").Heading(4, "Fire").Table([new("En")], t => t.Row("a", "b", "c").Row("d"))));

    [Fact]
    public void A_row_longer_than_a_page_is_cut_between_lines()
    {
        var pdf = PdfSamples.Checked(PdfSamples.Of(b => b.Table(
            [new("Navn", 30), new("Forløb")], t => t.Row("Før", "Kort").Row("Langt", PdfSamples.Prose(150)).Row("Efter", "Kort"))));
        InsideTheMargins(pdf);
    }

    [Fact]
    public void A_document_with_too_many_pages_is_refused()
    {
        var blocks = Enumerable.Repeat((Block)new SectionBlock([new ParagraphBlock([new TextInline("Side")])]) { NewPage = true }, 2001);
        var writer = new PdfWriter();
        Assert.Throws<DocumentTooLargeException>(
            () => writer.Write(new Document("Lang", "", [.. blocks]), Stream.Null, CancellationToken.None));
    }

    [Fact]
    public void A_reader_who_left_ends_the_writing_in_the_middle()
    {
        using var source = new CancellationTokenSource();
        var output = new StopsAfter(20_000, source);
        var document = PdfSamples.Of(b => b.Paragraph(PdfSamples.Prose(20_000)));
        Assert.ThrowsAny<OperationCanceledException>(() => new PdfWriter().Write(document, output, source.Token));
        Assert.InRange(output.Length, 20_000, 100_000);
    }

    // No letter is outside the margins of its page, but those of the foot.
    private static void InsideTheMargins(byte[] pdf)
    {
        using var reading = new PdfReading(pdf);
        foreach (var page in reading.Pages)
        {
            var letters = page.GetMarkedContents().Where(c => !c.IsArtifact).SelectMany(c => c.Letters);
            foreach (var letter in letters.Where(l => l.Value.Trim().Length > 0))
            {
                Assert.InRange(letter.StartBaseLine.X, 42, page.Width - 42);
                Assert.InRange(letter.EndBaseLine.X, 42, page.Width - 41);
                Assert.InRange(letter.StartBaseLine.Y, 56, page.Height - 45);
            }
        }
    }

    private sealed class StopsAfter(int bytes, CancellationTokenSource source) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            if (Length > bytes) source.Cancel();
        }
    }
}
