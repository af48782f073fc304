using Portal.Features.Evidence;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Platform.Documents.Model;
using Portal.Tests.Features.Cases;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>Evidence documents of cases that are large, empty, erased, damaged or hard to write.</summary>
public sealed class EvidenceInputTests : IAsyncDisposable
{
    private readonly EvidenceFixture _fixture = new(ledger: new FakeLedger());

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<string> TextAsync(params LetterView[] letters)
    {
        _fixture.Cases.Add(letters);
        return EvidenceText.Of(EvidenceMaker.Build(await _fixture.GatherAsync()));
    }

    [Fact]
    public async Task A_document_of_1000_letters_costs_no_more_for_each_letter_than_one_of_100()
    {
        var (few, many) = (await DossierAsync(100), await DossierAsync(1000));
        EvidenceMaker.Build(few); // loads what is loaded once
        var (ofFew, ofMany) = (BytesToBuild(few), BytesToBuild(many));
        Assert.InRange(ofMany, 1, ofFew * 11);
        Assert.Equal(1000, EvidenceMaker.Build(many).Blocks.OfType<NoteBlock>().Count());
    }

    private async Task<EvidenceDossier> DossierAsync(int letters)
    {
        _fixture.Cases.Cases.Clear();
        _fixture.Cases.Add([.. Enumerable.Range(0, letters).Select(n => EvidenceDocumentTests.Delivered with
        {
            LetterId = $"L-{n}", Events = [FakeCases.Event($"besked-{n}") with { Sequence = n + 1 }],
        })]);
        return await _fixture.GatherAsync();
    }

    private static long BytesToBuild(EvidenceDossier dossier)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        EvidenceMaker.Build(dossier);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public async Task A_title_of_2000_characters_is_whole_wherever_it_stands()
    {
        var title = string.Join(' ', Enumerable.Range(1, 400).Select(n => $"{n:0000}"));
        var text = await TextAsync(FakeCases.Letter() with { Title = title });

        // In the summary, the heading and the points; in the guide at the end in heading, answer and words to the citizen.
        Assert.Equal(6, text.Split(title).Length - 1);
    }

    [Theory]
    [InlineData("החלטה בעניין שכר הדירה")]
    [InlineData("قرار بشأن الإيجار")]
    [InlineData("Afgørelse 🏠👨‍👩‍👧‍👦 – Nguyễn, Łódź, Ωμέγα, Москва")]
    public async Task A_title_in_any_script_comes_through_as_it_is(string title) =>
        Assert.Contains($"{title} til Anna Lejer", await TextAsync(FakeCases.Letter() with { Title = title }), StringComparison.Ordinal);

    [Fact]
    public async Task A_case_without_letters_says_that_there_are_no_messages()
    {
        _fixture.Cases.Cases.Add(new CaseView("26-0412", null, false, []));
        var document = EvidenceMaker.Build(await _fixture.GatherAsync());
        Assert.Contains("Portalen har ingen beskeder om sagens breve.", EvidenceText.Of(document), StringComparison.Ordinal);
        Assert.Empty(document.Blocks.OfType<TableBlock>().First().Rows);
        Assert.Equal("myndighed med CVR-nr. 55133018", document.Blocks.OfType<TitleBlock>().Single().Subtitle);
    }

    [Fact]
    public async Task Erased_statuses_and_registration_are_named_with_the_day_and_the_verdict_remains()
    {
        var erased = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var text = await TextAsync(FakeCases.Letter() with
        {
            Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent, Title = "", Recipient = new LetterRecipient("", null, null),
            StatusesErasedAt = erased, RegistrationErasedAt = erased,
        });
        Assert.Contains("blev slettet efter reglerne om opbevaring den 01.03.2026.", text, StringComparison.Ordinal);
        Assert.Contains("Modtager, titel og dokumenter er slettet efter samme regel.", text, StringComparison.Ordinal);
        Assert.Contains("At brevet kom frem ja", text, StringComparison.Ordinal);
        Assert.Contains("Brev uden titel 13.02.2023", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Portalen har ingen status om brevet.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_the_ledger_cannot_prove_says_so()
    {
        var dossier = await DossierAsync(1);
        dossier = dossier with { Ledger = dossier.Ledger! with { Proofs = new Dictionary<long, string>() } };
        Assert.Contains("Blad 0; der kunne ikke laves et bevis mod checkpointet nedenfor",
            EvidenceText.Of(EvidenceMaker.Build(dossier)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_several_letters_is_listed_once_with_its_fingerprint()
    {
        var text = await TextAsync(
            FakeCases.Letter("L-1") with { Events = [FakeCases.Event()] }, FakeCases.Letter("L-2") with { Events = [FakeCases.Event()] });
        Assert.Equal(2, text.Split("ab12").Length);
    }

    [Fact]
    public async Task The_title_and_the_footer_of_every_page_hold_no_number_of_a_person()
    {
        _fixture.Cases.Cases.Add(new CaseView("010101-1234", null, false, [FakeCases.Letter(caseNumber: "010101-1234")]));
        var dossier = await _fixture.Maker.CollectAsync(EvidenceFixture.Request() with { CaseNumber = "010101-1234" }, default);
        var document = EvidenceMaker.Build(dossier!);
        Assert.Equal($"Bevis {dossier!.Number} – sag 010101-xxxx", document.Title);
        Assert.Equal($"Bevis {dossier.Number} · sag 010101-xxxx", document.Footer);
        Assert.Equal("Sag 010101-xxxx", document.Blocks.OfType<TitleBlock>().Single().Title);
    }
}
