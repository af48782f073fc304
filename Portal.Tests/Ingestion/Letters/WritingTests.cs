using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>A case, a letter and an identifier are found however they are spelled, and shown as written.</summary>
public sealed class WritingTests
{
    private const string Uuid = "4f1c2d3e-00ab-4000-8000-0000000000cd";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{4F1C2D3E-00AB-4000-8000-0000000000CD}", Uuid)]
    [InlineData(Uuid, "4F1C2D3E00AB400080000000000000CD")]
    [InlineData("urn:uuid:" + Uuid, "(4f1c2d3e-00ab-4000-8000-0000000000cd)")]
    [InlineData("AFS–12", "afs-12")]
    [InlineData("\uFF21\uFF26\uFF33-12", "afs-12")]
    [InlineData("\u201C4F1C2D3E-00AB-4000-8000-0000000000CD\u201D", Uuid)]
    public async Task A_status_finds_its_letter_under_another_writing_whichever_comes_first(string registered, string reported)
    {
        foreach (var letterFirst in (bool[])[true, false])
        {
            await using var fixture = await LettersFixture.OpenAsync();
            if (letterFirst) await fixture.RegisterAsync(LettersFixture.Letter(uuid: registered));
            await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: reported);
            if (!letterFirst) await fixture.RegisterAsync(LettersFixture.Letter(uuid: registered));
            var letter = await fixture.FindAsync();
            Assert.Equal(Verdict.Delivered, letter.Verdict);
            Assert.Equal(registered, letter.Identifiers.MessageUuid);
        }
    }

    [Theory]
    [InlineData("24\u20110117")]
    [InlineData("24–0117")]
    [InlineData("24-0117\u200B")]
    [InlineData("\u00AD24-0117")]
    [InlineData("\uFF12\uFF14\uFF0D\uFF10\uFF11\uFF11\uFF17")]
    [InlineData("24\u20150117")]
    [InlineData("24\u2796\u20600117")]
    public async Task A_case_is_one_however_its_number_is_written(string written)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2", "bbbb") with { CaseNumber = written });
        foreach (var asked in (string[])["24-0117", written, "24\u22120117"])
        {
            var found = await fixture.Cases.FindAsync(LettersFixture.Caseworker(), asked, Stop);
            Assert.Equal(("24-0117", 2), (found!.CaseNumber, found.Letters.Count));
            var hit = Assert.Single((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), asked, null, 10, Stop)).Items);
            Assert.Equal(("24-0117", 2), (hit.CaseNumber, hit.Letters));
        }

        Assert.True(await fixture.Notes.HoldAsync(LettersFixture.Caseworker(), written, true, "Tvist", Stop));
        Assert.True((await fixture.Cases.FindAsync(LettersFixture.Caseworker(), "24-0117", Stop))!.Hold);
        Assert.False(await fixture.Notes.HoldAsync(LettersFixture.Caseworker(), "24-0117", true, "igen", Stop));
        Assert.True(await fixture.Notes.HoldAsync(LettersFixture.Caseworker(), "24-0117", false, "slut", Stop));
        Assert.False((await fixture.Cases.FindAsync(LettersFixture.Caseworker(), written, Stop))!.Hold);
    }

    [Fact]
    public async Task A_letter_with_its_id_and_case_written_otherwise_is_the_letter_that_is_known()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        Assert.Equal(RegistrationOutcome.Unchanged,
            await fixture.RegisterAsync(LettersFixture.Letter("BREV\u20111") with { CaseNumber = "24–0117" }));
        Assert.Equal(RegistrationOutcome.Corrected, await fixture.RegisterAsync(LettersFixture.Letter("brev–1") with { Title = "Rettet" }));
        var letter = await fixture.FindAsync();
        Assert.Equal(("brev-1", "24-0117", "Rettet"), (letter.LetterId, letter.CaseNumber, letter.Title));
        var preview = await fixture.Registry.PreviewAsync(
            LettersFixture.Caseworker(), [LettersFixture.Letter("Brev-1\u200B") with { Title = "Rettet" }], Stop);
        Assert.Equal([RegistrationOutcome.Unchanged], preview);
    }

    [Fact]
    public async Task Letters_of_an_earlier_version_get_their_keys_and_the_statuses_that_waited_for_them()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter(uuid: Uuid) with { CaseNumber = "24\u20110117" });
        await using (var db = fixture.CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("""UPDATE "Letters" SET "CaseNumberKey" = '', "LetterIdKey" = ''""", Stop);
            await db.Database.ExecuteSqlRawAsync(
                """UPDATE "LetterIdentifiers" SET "Value" = '{{4f1c2d3e-00ab-4000-8000-0000000000cd}}'""", Stop);
            await db.ReaderPositions.Where(p => p.Reader == LetterKeys.Reader).ExecuteDeleteAsync(Stop);
        }

        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: Uuid, match: false);
        await using (var db = fixture.CreateDbContext()) await LetterKeys.FillAsync(db, Stop);
        await fixture.Matcher.CatchUpAsync(Stop);
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync()).Verdict);
        await using (var db = fixture.CreateDbContext()) Assert.Equal(Uuid, (await db.LetterIdentifiers.SingleAsync(Stop)).Value);
    }

    [Fact]
    public async Task A_case_type_as_the_page_shows_it_is_the_code_and_has_its_period()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter() with { CaseType = "Huslejenævn" });
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        var letter = await fixture.FindAsync();
        Assert.Equal(("huslejenaevn", new DateOnly(2024, 4, 2)), (letter.CaseType, letter.AppealDeadline));
        Assert.Equal(RegistrationOutcome.Unchanged, await fixture.RegisterAsync(LettersFixture.Letter() with { CaseType = "HUSLEJENÆVN" }));
    }

    [Fact]
    public async Task A_person_number_in_any_text_of_a_letter_is_shown_masked_everywhere()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        var letter = LettersFixture.Letter(uuid: "MSG0202021234x") with
        {
            Title = "Afslag til CPR0101011234", Recipient = new LetterRecipient("Åse 010101–1234 Lejer", "0101011234", "CPR"),
            Documents = [new LetterDocument("Bilag-010101-1234.pdf", null), new LetterDocument("0101011234_x.pdf", new string('a', 64))],
        };
        await fixture.RegisterAsync(letter);
        await fixture.RegisterAsync(
            letter with { Title = "Afslag 01 01 01 1234", Documents = [new LetterDocument("010101/1234 kvittering", null)] });
        await fixture.StatusAsync(KnownHandlinger.Fejlet, uuid: "msg0202021234X", error: "x_0101011234");

        var shown = await fixture.FindAsync();
        Assert.Equal(("Afslag 010101-xxxx", "Åse 010101-xxxx Lejer", "010101-xxxx kvittering"),
            (shown.Title, shown.Recipient.Name, shown.Documents[0].Name));
        Assert.Equal("MSG020202-xxxxx", shown.Identifiers.MessageUuid);
        Assert.Equal("x_010101-xxxx", Assert.Single(shown.Events).Error!.Code);
        var all = System.Text.Json.JsonSerializer.Serialize(new
        {
            shown, Corrections = shown.Corrections.SelectMany(c => c.Changes), Work = await fixture.WorkAsync(),
            Cases = (await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), null, null, 10, Stop)).Items,
            Hands = await fixture.Hands.FindLettersAsync(LettersFixture.Caseworker(), "s-1", "afslag", 10, Stop),
        });
        Assert.DoesNotContain("1234", all, StringComparison.Ordinal);
    }
}
