using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Platform.Documents.Model;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>The five points that a lawyer looks for, as the document's blocks have them.</summary>
public sealed class EvidencePointsTests : IAsyncDisposable
{
    private readonly EvidenceFixture _fixture = new(ledger: new FakeLedger());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<IReadOnlyList<Block>> BlocksAsync(LetterView letter)
    {
        _fixture.Cases.Add(letter);
        return [.. Flat(EvidenceMaker.Build(await _fixture.GatherAsync()).Blocks)];
    }

    private static IEnumerable<Block> Flat(IEnumerable<Block> blocks) => blocks.SelectMany(b => b switch
    {
        SectionBlock section => Flat(section.Blocks),
        NoteBlock note => [note, .. Flat(note.Blocks)],
        _ => [b],
    });

    // Demand, answer with its tone, and what proves it, of the table after the heading.
    private static List<(string Demand, MarkInline Answer, string Shown)> Points(IReadOnlyList<Block> blocks)
    {
        var at = blocks.ToList().FindIndex(b => b is HeadingBlock { Level: 3, Text: "Hvad en forsendelseslog skal vise" });
        return [.. Assert.IsType<TableBlock>(blocks[at + 1]).Rows.Select(r => (
            Assert.IsType<TextInline>(Assert.Single(r.Cells[0])).Text, Assert.IsType<MarkInline>(Assert.Single(r.Cells[1])),
            Assert.IsType<TextInline>(Assert.Single(r.Cells[2])).Text))];
    }

    [Theory]
    [InlineData(Verdict.Delivered, "ja", Tone.Ok, Tone.Ok, "13. februar 2023 kl. 12.22.05, oplyst i besked nr. 1.042")]
    [InlineData(
        Verdict.HandedToPost, "sandsynligt", Tone.Warn, Tone.Info, "Brevet er overgivet til postvirksomheden og ikke kommet retur.")]
    [InlineData(Verdict.OnItsWay, "nej", Tone.Bad, Tone.Grey, "Der er ingen status, som viser det.")]
    [InlineData(Verdict.EvidenceMissing, "nej", Tone.Bad, Tone.Warn, "Der er ingen status, som viser det.")]
    [InlineData(Verdict.NoReceipt, "nej", Tone.Bad, Tone.Warn, "Der er ingen status, som viser det.")]
    [InlineData(Verdict.Failed, "nej", Tone.Bad, Tone.Bad, "Der er ingen status, som viser det.")]
    [InlineData(Verdict.Returned, "nej", Tone.Bad, Tone.Bad, "Der er ingen status, som viser det.")]
    [InlineData(Verdict.Recalled, "nej", Tone.Bad, Tone.Grey, "Der er ingen status, som viser det.")]
    public async Task Each_verdict_shows_all_five_and_what_the_arrival_rests_on(
        Verdict verdict, string answer, Tone tone, Tone box, string shown)
    {
        var at = FakeCases.Sent.AddSeconds(25);
        var blocks = await BlocksAsync(FakeCases.Letter() with
        {
            Verdict = verdict, VerdictAt = at,
            Events = verdict == Verdict.Delivered ? [FakeCases.Event() with { At = at }] : [],
        });
        var points = Points(blocks);
        Assert.Equal(
            ["Brevets digitale id", "Titel", "Modtager", "Tidspunkt for afsendelsen", "At brevet kom frem"], points.Select(p => p.Demand));
        Assert.All(points.Take(4), p => Assert.Equal(("ja", Tone.Ok), (p.Answer.Text, p.Answer.Tone)));
        Assert.Equal(
            ["MessageUUID 4f1c", "Afgørelse om huslejenedsættelse", "Anna Lejer, CPR-nr. 010101-xxxx",
                "13. februar 2023 kl. 12.21.40, oplyst af fagsystemet"],
            points.Take(4).Select(p => p.Shown));
        Assert.Equal((answer, tone), (points[4].Answer.Text, points[4].Answer.Tone));
        Assert.StartsWith(shown, points[4].Shown, StringComparison.Ordinal);
        Assert.Equal(box, Assert.Single(blocks.OfType<NoteBlock>()).Tone);
    }

    [Fact]
    public void Every_verdict_is_tried_here()
    {
        var tried = GetType().GetMethod(nameof(Each_verdict_shows_all_five_and_what_the_arrival_rests_on))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(d => (Verdict)d.Data[0]!);
        Assert.Equal(Enum.GetValues<Verdict>().Order(), tried.Order());
    }

    [Fact]
    public async Task A_letter_of_which_nothing_is_known_has_none_of_them()
    {
        var points = Points(await BlocksAsync(FakeCases.Letter() with
        {
            Title = "", Recipient = new LetterRecipient("", null, null), SentAt = default, Identifiers = new LetterIdentifiers(),
        }));
        Assert.All(points, p => Assert.Equal(("nej", Tone.Bad), (p.Answer.Text, p.Answer.Tone)));
        Assert.Equal(
            ["Brevet er registreret uden id hos distributøren.", "Ingen titel er registreret.", "Ingen modtager er registreret.",
                "Intet tidspunkt er registreret.", "Der er ingen status, som viser det."],
            points.Select(p => p.Shown));
    }

    [Fact]
    public async Task A_doubt_takes_the_green_from_the_verdict_and_stands_in_its_box()
    {
        var blocks = await BlocksAsync(EvidenceDocumentTests.Delivered with { Contradiction = true });
        Assert.Equal((Tone.Warn, "i tvivl"), (Points(blocks)[4].Answer.Tone, Points(blocks)[4].Answer.Text));
        var box = Assert.Single(blocks.OfType<NoteBlock>());
        Assert.Equal(Tone.Warn, box.Tone);
        Assert.Single(box.Blocks, b => b.TestId == "evidence-doubt");
    }

    [Fact]
    public async Task The_heading_and_its_table_are_kept_on_one_page()
    {
        _fixture.Cases.Add(FakeCases.Letter());
        var kept = EvidenceMaker.Build(await _fixture.GatherAsync()).Blocks.OfType<SectionBlock>().First(s => s.Keep);
        Assert.Equal([typeof(HeadingBlock), typeof(TableBlock)], kept.Blocks.Select(b => b.GetType()));
    }
}
