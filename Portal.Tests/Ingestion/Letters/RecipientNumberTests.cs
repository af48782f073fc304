using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class RecipientNumberTests
{
    private static LetterValidationResult Of(string? id, string? type, string name = "Anna") => LetterValidation.Validate(
        new LetterSubmission
        {
            CaseNumber = "24-0117", LetterId = "1", Title = "Afgørelse",
            Recipient = new RecipientSubmission { Name = name, Id = id, IdType = type },
            SentAt = "2023-02-13T12:21:40+01:00", Identifiers = new LetterIdentifiers { MessageUuid = "A" },
        },
        new DateTimeOffset(2023, 2, 14, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("55133018", "CVR", "55133018")]
    [InlineData("55 13 30 18", "cvr", "55133018")]
    [InlineData("55\u00A013\u00A030\u00A018", "CVR", "55133018")]
    [InlineData("DK55133018", "CVR", "55133018")]
    [InlineData("DK-55 13 30 18", "CVR", "55133018")]
    [InlineData("5513.3018", "CVR", "55133018")]
    [InlineData("CVR-nr. 55133018", "CVR-nr.", "55133018")]
    [InlineData("\u200B55133018", "CVR", "55133018")]
    [InlineData("1003456789", "P", "1003456789")]
    [InlineData("1 003 456 789", "p-nummer", "1003456789")]
    [InlineData("P-nr. 1003456789", "P", "1003456789")]
    [InlineData("010101-1234", "CPR", "0101011234")]
    [InlineData("010101\u20111234", "cpr-nr", "0101011234")]
    [InlineData("010101 1234", "CPR", "0101011234")]
    public void Numbers_are_taken_as_people_write_them(string id, string type, string digits)
    {
        var letter = Of(id, type).Letter;
        Assert.Equal(digits, letter!.Recipient.Id);
    }

    [Theory]
    [InlineData("5513301", "CVR", "recipient.id", "otte")]
    [InlineData("DK551330188", "CVR", "recipient.id", "otte")]
    [InlineData("101011234", "CPR", "recipient.id", "0 forrest")]
    [InlineData("10101-1234", "CPR", "recipient.id", "0 forrest")]
    [InlineData("12345", "CPR", "recipient.id", "ti cifre")]
    [InlineData("100345678", "P", "recipient.id", "P-nummer")]
    [InlineData("DK0101011234", "CPR", "recipient.id", "ti cifre")]
    [InlineData("0101011234", "EAN", "recipient.idType", "CPR, CVR eller P")]
    [InlineData("0101011234", null, "recipient.idType", "CPR, CVR eller P")]
    [InlineData(null, "P", "recipient.id", "P-nummer")]
    public void What_is_wrong_is_reported_without_the_number(string? id, string? type, string field, string says)
    {
        var problem = Assert.Single(Of(id, type).Problems);
        Assert.Equal(field, problem.Field);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        if (id is not null) Assert.DoesNotContain(id, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0101011234", "CPR")]
    [InlineData("101011234", "CPR")]
    [InlineData("55 13 30 18", "CVR")]
    [InlineData("DK55133018", "CVR")]
    [InlineData("P-nr. 1003456789", "P")]
    [InlineData("CVR no. 55133018", "CVR")]
    [InlineData("urn:oio:cpr-nr:0101011234", "CPR")]
    [InlineData("dk-55 13 30 18", "CVR")]
    [InlineData("Produktionsenhedsnummer 1003456789", "P")]
    [InlineData("123", null)]
    public void A_type_that_is_not_reported_is_guessed_where_it_can_be(string id, string? type) =>
        Assert.Equal(type, RecipientNumber.DetectType(id));

    [Fact]
    public void A_production_units_number_is_shown_and_a_persons_is_not()
    {
        Assert.Equal("1003456789", LetterMask.Of(new LetterRecipient("A", "1003456789", "P")).Id);
        Assert.Equal("010101-xxxx", LetterMask.Of(new LetterRecipient("A", "0101011234", "CPR")).Id);
    }

    [Theory]
    [InlineData("Anna\u2028Lejer")]
    [InlineData("Anna\vLejer")]
    [InlineData("Anna \r\n Lejer")]
    [InlineData("Anna\u0085Lejer")]
    [InlineData("Anna\tLejer\n")]
    public void A_line_break_of_any_kind_is_one_space(string name) =>
        Assert.Equal("Anna Lejer", Of(null, null, name).Letter!.Recipient.Name);
}
