using Portal.Features.Evidence;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Log;
using Portal.Tests.Features.Cases;
using Portal.Tests.Platform.Documents;
using Portal.Tests.Platform.Documents.Pdf;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>Evidence documents as PDF, read back: accessible, and with the page's words.</summary>
public sealed class EvidencePdfTests
{
    public static TheoryData<string> Kinds => [.. Letters.Keys];

    private static LetterView Delivered => EvidenceDocumentTests.Delivered;

    private static LetterEvent Failed => FakeCases.Event("besked-2", "Fejlet", StatusKind.Failed) with
    {
        Sequence = 1050, Sha256 = new string('b', 64), ClockAhead = true, Deliveries = 2,
        Error = new PostError("E-17", "Modtageren findes ikke"), Explanation = LocalizedText.AsSent("Modtageren kunne ikke findes."),
    };

    private static readonly Dictionary<string, LetterView[]> Letters = new()
    {
        ["delivered"] = [Delivered],
        ["disputed, with everything"] =
        [
            Delivered with
            {
                Contradiction = true, Events = [Delivered.Events[0], Failed],
                Incidents = [new Incident(1, FakeCases.Sent, null, null, "Fjernprint var nede", FakeCases.Sent, "Drift", null, null)],
                ReplacedBy = new LetterLink("26-0413", "L-9", "Ny afgørelse", Verdict.OnItsWay, FakeCases.Sent.AddDays(9)),
                Corrections = [new LetterCorrection(FakeCases.Sent, "Sofie", ["Titel: fra »A« til »B«"])],
            },
            FakeCases.Letter("L-2") with { Title = "Høring", Verdict = Verdict.HandedToPost },
        ],
        ["a title of 2000 characters"] = [Delivered with { Title = string.Join(' ', Enumerable.Repeat("huslejenedsættelse", 106)) }],
        ["a word of 300 characters"] = [Delivered with { Title = new string('m', 300) }],
        ["Vietnamese, Polish, Greek and Cyrillic"] = [Delivered with { Title = "Nguyễn, Łódź, Ωμέγα, Москва" }],
        ["erased"] =
        [
            FakeCases.Letter() with
            {
                Title = "", Recipient = new LetterRecipient("", null, null), Verdict = Verdict.Delivered,
                StatusesErasedAt = FakeCases.Sent, RegistrationErasedAt = FakeCases.Sent,
            },
        ],
        ["200 statuses"] =
        [
            Delivered with { Events = [.. Enumerable.Range(1, 200).Select(n => Failed with { Sequence = n, BeskedId = $"besked-{n}" })] },
        ],
        ["100 letters"] = [.. Enumerable.Range(1, 100).Select(n => Delivered with { LetterId = $"L-{n}" })],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_is_accessible_and_says_what_the_page_says(string kind)
    {
        await using var fixture = new EvidenceFixture(new FakeLedger());
        fixture.Cases.Add(Letters[kind]);
        var document = EvidenceMaker.Build(await fixture.GatherAsync());
        Assert.NotEmpty(PdfSamples.Checked(document));
        Assert.Equal(DocumentWords.Bare(string.Concat(DocumentWords.Of(document))), DocumentWords.OnPage(document));
    }

    [Theory]
    [InlineData("החלטה בעניין שכר הדירה")]
    [InlineData("Afgørelse 🏠👨‍👩‍👧‍👦")]
    public async Task Scripts_that_the_fonts_lack_are_named_and_the_rest_is_there(string title)
    {
        await using var fixture = new EvidenceFixture();
        fixture.Cases.Add(Delivered with { Title = title });
        var document = EvidenceMaker.Build(await fixture.GatherAsync());
        var pdf = PdfSamples.Write(document);
        PdfCheck.Accessible(pdf, document.Title);
        using var reading = new PdfReading(pdf);
        Assert.Contains(reading.Document.All, e => e.Type == "H2" && e.Heard == "Tegn, der ikke er vist");
        Assert.Contains(reading.Document.All, e => e.Type == "TD" && e.Heard == "Anna Lejer, CPR-nr. 010101-xxxx");
    }

    [Fact]
    public async Task Letters_follow_one_another_without_pages_of_two_lines()
    {
        await using var fixture = new EvidenceFixture();
        fixture.Cases.Add([.. Enumerable.Range(1, 12).Select(n => Delivered with { LetterId = $"L-{n}" })]);
        using var reading = new PdfReading(PdfSamples.Write(EvidenceMaker.Build(await fixture.GatherAsync())));
        Assert.All(reading.Pages.SkipLast(1), page => Assert.InRange(page.GetWords().Count(), 40, int.MaxValue));
    }

    [Fact]
    public async Task A_case_without_letters_and_without_a_ledger_has_a_document_too()
    {
        await using var fixture = new EvidenceFixture();
        fixture.Cases.Cases.Add(new CaseView("26-0412", null, false, []));
        Assert.NotEmpty(PdfSamples.Checked(EvidenceMaker.Build(await fixture.GatherAsync())));
    }

    [Fact]
    public async Task An_unmasked_number_is_in_the_text_alone_and_not_in_the_title()
    {
        await using var fixture = new EvidenceFixture();
        Assert.True(CprNumber.TryParse("0101011234", out var number));
        fixture.Cases.Add(Delivered);
        fixture.Source.Numbers["L-1"] = number;
        var document = EvidenceMaker.Build(await fixture.GatherAsync("retssag"));
        Assert.Contains("010101-1234", EvidenceText.Of(document), StringComparison.Ordinal);
        Assert.DoesNotContain("1234", document.Title + document.Footer, StringComparison.Ordinal);
        PdfSamples.Checked(document);
    }
}
