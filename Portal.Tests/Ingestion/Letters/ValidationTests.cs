using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class ValidationTests
{
    private static readonly LetterSubmission Good = new()
    {
        CaseNumber = " 24-0117 ", LetterId = "1", Title = "Afgørelse",
        Recipient = new RecipientSubmission { Name = "Anna", Id = "010101-1234", IdType = "cpr" },
        SentAt = "2023-02-13T12:21:40+01:00", Identifiers = new LetterIdentifiers { MessageUuid = "A" }, Channel = "fysiskpost",
    };

    private static readonly DateTimeOffset Now = new(2023, 2, 14, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_good_letter_is_trimmed_and_normalised()
    {
        var letter = LetterValidation.Validate(Good, Now).Letter!;
        Assert.Equal(("24-0117", LetterChannel.FysiskPost, true, "0101011234", "CPR"),
            (letter.CaseNumber, letter.Channel, letter.Decision, letter.Recipient.Id, letter.Recipient.IdType));
        Assert.Equal(new DateTimeOffset(2023, 2, 13, 11, 21, 40, TimeSpan.Zero), letter.SentAt);
    }

    [Theory]
    [InlineData(" urn:oio:kle:27.45.12 ", "{5A1B0C9E00004000800000000000000A}", "27.45.12", "5a1b0c9e-0000-4000-8000-00000000000a")]
    [InlineData("27", "urn:uuid:5a1b0c9e-0000-4000-8000-00000000000a", "27", "5a1b0c9e-0000-4000-8000-00000000000a")]
    [InlineData(" ", "", null, null)]
    public void Subject_and_unit_are_taken_as_they_are_written(string? kle, string? unit, string? number, string? uuid)
    {
        var letter = LetterValidation.Validate(Good with { Kle = kle, OrganisationUnit = unit }, Now).Letter!;
        Assert.Equal((number, uuid), (letter.Kle, letter.OrganisationUnit));
    }

    [Fact]
    public void A_subject_or_unit_that_is_none_is_named() => Assert.Equal(["kle", "organisationUnit"], LetterValidation.Validate(
        Good with { Kle = "27.*", OrganisationUnit = "Boligstøtte" }, Now).Problems.Select(p => p.Field));

    [Fact]
    public void An_empty_letter_has_every_demanded_field_named() =>
        Assert.Equal(["caseNumber", "letterId", "title", "recipient.name", "sentAt", "identifiers"],
            LetterValidation.Validate(null, Now).Problems.Select(p => p.Field));

    [Fact]
    public void Each_wrong_field_is_named_by_its_path()
    {
        var wrong = Good with
        {
            CaseNumber = "0101011234", LetterId = "010101-1234", Title = "a\u0007b", Channel = "Fax", SentAt = "2023-02-13T12:21:40",
            Recipient = new RecipientSubmission { Name = "Anna", Id = "123", IdType = "CPR" },
            Documents = [new DocumentSubmission { Name = "a.pdf", Sha256 = "xyz" }, null],
        };
        Assert.Equal(
            ["caseNumber", "letterId", "title", "recipient.id", "channel", "sentAt", "documents[0].sha256", "documents[1].name"],
            LetterValidation.Validate(wrong, Now).Problems.Select(p => p.Field));
    }

    [Fact]
    public void An_id_needs_its_type() =>
        Assert.Equal("recipient.idType", Assert.Single(
            LetterValidation.Validate(Good with { Recipient = new RecipientSubmission { Name = "A", Id = "1" } }, Now).Problems).Field);

    [Fact]
    public void A_year_that_is_a_slip_of_the_pen_is_reported_and_a_letter_prepared_ahead_is_taken()
    {
        Assert.Equal(
            "sentAt", Assert.Single(LetterValidation.Validate(Good with { SentAt = "2032-02-13T12:21:40+01:00" }, Now).Problems).Field);
        Assert.Empty(LetterValidation.Validate(Good with { SentAt = "2023-04-01T12:00:00+02:00" }, Now).Problems);
    }
}
