using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.PlainText;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>Documents as plain text.</summary>
public sealed class PlainTextWriterTests
{
    private static string Write(Action<DocumentBuilder> build)
    {
        var builder = new DocumentBuilder();
        build(builder);
        return PlainTextWriter.Write(builder.Build("t", ""));
    }

    [Fact]
    public void Blocks_are_apart_by_a_line_and_titles_are_in_capitals() => Assert.Equal(
        "Bevis\nSAG 26-0412 Å\nHuslejenævn\n\nHVAD DER SKETE\n\nEt afsnit.\n\nNærmere\n\n- et\n- to\n\n1. først\n2. så\n",
        Write(d => d.Title("Bevis", "Sag 26-0412 å", "Huslejenævn").Heading(2, "Hvad der skete").Paragraph("Et afsnit.")
            .Heading(3, "Nærmere").List(ordered: false, ["et", "to"]).List(ordered: true, ["først", "så"])));

    [Fact]
    public void A_command_is_never_wrapped_and_its_lines_are_indented_alike()
    {
        var command = string.Join(' ', Enumerable.Repeat("openssl", 40));
        Assert.Equal($"    {command}\n\n      if\n", Write(d => d.Code($"{command}\n\n  if")));
    }

    [Fact]
    public void Text_is_wrapped_at_100_columns_and_the_next_lines_of_an_item_begin_under_its_first_word()
    {
        var text = string.Join(' ', Enumerable.Repeat("afgørelsen", 25));
        var lines = TextLines(Write(d => d.Paragraph(text).List(ordered: false, [text])).TrimEnd());
        Assert.All(lines, l => Assert.InRange(l.Length, 0, PlainTextWriter.Columns));
        Assert.Equal(text, string.Join(' ', lines.TakeWhile(l => l.Length > 0)));
        var item = lines.SkipWhile(l => l.Length > 0).Skip(1).ToList();
        Assert.StartsWith("- afg", item[0], StringComparison.Ordinal);
        Assert.All(item.Skip(1), l => Assert.StartsWith("  afg", l, StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_that_is_longer_than_a_line_is_whole() =>
        Assert.Contains(new string('a', 300), TextLines(Write(d => d.Paragraph($"før {new string('a', 300)} efter"))));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\u2028")]
    public void A_break_in_a_text_is_a_break(string newLine) => Assert.Equal("a\nb\n", Write(d => d.Paragraph($"a{newLine}b")));

    [Fact]
    public void Values_of_facts_are_below_each_other_and_that_of_a_long_name_is_on_the_next_line()
    {
        var name = new string('n', 60);
        Assert.Equal(
            $"  a         et\n  bevis.x   to\n  {name}\n    tre\n",
            Write(d => d.Facts(f => f.Add("a", "et").Add("bevis.x", "to").Add(name, "tre"))));
    }

    [Fact]
    public void A_row_of_a_table_is_a_line_for_each_cell_with_the_name_of_its_column() => Assert.Equal(
        "  Brev: A\n  Sendt: 1. maj kl. 12\n\n  Brev: B\n",
        Write(d => d.Table([new("Brev"), new("Sendt")], rows => rows.Row("A", "1. maj\nkl. 12").Row("B", ""))));

    [Fact]
    public void Marks_links_breaks_and_figures_are_words()
    {
        var drawing = new Drawing(0, 0, 1, 1, []);
        Assert.Equal(
            "ja her (https://a.dk/)\nhttps://b.dk/ [en kurve]\n\n[et billede]\n",
            Write(d => d.Paragraph(l => l.Mark("ja", Tone.Ok).Text(" ").Link("her", "https://a.dk/").Break()
                .Link("https://b.dk/", "https://b.dk/").Text(" ").Figure(drawing, "en kurve", 10)).Figure(drawing, "et billede")));
    }

    [Fact]
    public void Boxes_and_sections_are_their_blocks() => Assert.Equal(
        "a\n\nb\n\nc\n", Write(d => d.Note(Tone.Ok, n => n.Paragraph("a")).NewPage(p => p.Paragraph("b").Keep(k => k.Paragraph("c")))));

    [Fact]
    public void Every_kind_of_block_has_plain_text()
    {
        var blocks = typeof(Block).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Block))).Select(t => t.Name).Order();
        Assert.Equal(
            ["CodeBlock", "FactsBlock", "FigureBlock", "HeadingBlock", "ListBlock", "NoteBlock", "ParagraphBlock", "SectionBlock",
                "TableBlock", "TitleBlock"],
            blocks);
    }

    private static string[] TextLines(string text) => Portal.Ingestion.Domain.TextLines.Split(text);
}
