using System.Globalization;
using System.Text;
using Portal.Ingestion.Letters;
using Portal.Registering;
using Xunit;

namespace Portal.Tests.Registering;

public sealed class LetterFileTests
{
    private const string Heads = "Sagsnummer;Brevets id;Titel;Modtager;Sendt;MessageUUID";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static LetterFileReading Read(string text, Encoding? encoding = null) => LetterFile.Read([.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)], Now);

    private static LetterRegistration One(LetterFileReading read) => Assert.Single(read.Lines).Letter!;

    [Fact]
    public void The_template_reads_as_the_letter_that_it_shows()
    {
        var letter = One(LetterFile.Read(LetterFile.Template(), Now));
        Assert.Equal(("24-0117", "L-88213", "Afgørelse om huslejenedsættelse", true), (letter.CaseNumber, letter.LetterId, letter.Title, letter.Decision));
        Assert.Equal(new LetterRecipient("Anna Lejer", "0101011234", "CPR"), letter.Recipient);
        Assert.Equal(new DateTimeOffset(2023, 2, 13, 11, 21, 40, TimeSpan.Zero), letter.SentAt);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 bom")]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    public void Danish_letters_survive_every_encoding_that_spreadsheets_write(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding encoding = name switch { "utf-8" => new UTF8Encoding(false), "utf-8 bom" => new UTF8Encoding(true), "utf-16" => Encoding.Unicode, _ => Encoding.GetEncoding(1252) };
        Assert.Equal(("Åse Ærø", "Påbud"), (One(Read($"{Heads}\r\n1;a;Påbud;Åse Ærø;13-02-2023 12:21;u\r\n", encoding)).Recipient.Name, One(Read($"{Heads}\r\n1;a;Påbud;Åse Ærø;13-02-2023 12:21;u\r\n", encoding)).Title));
    }

    [Theory]
    [InlineData(";")]
    [InlineData(",")]
    [InlineData("\t")]
    public void Semicolon_comma_and_tab_part_columns_and_quotes_hold_them(string by)
    {
        var letter = One(Read($"{Heads.Replace(";", by, StringComparison.Ordinal)}\n1{by}a{by}\"Afslag; 1, 2 \"\"delvist\"\"\"{by}Bo{by}13-02-2023 12:21{by}u\n"));
        Assert.Equal("Afslag; 1, 2 \"delvist\"", letter.Title);
    }

    [Theory]
    [InlineData("13-02-2023 12:21", "2023-02-13T11:21:00Z")]
    [InlineData("13.02.2023 kl. 12.21", "2023-02-13T11:21:00Z")]
    [InlineData("3/2/2023", "2023-02-02T23:00:00Z")]
    [InlineData("13-07-23 12:21:40", "2023-07-13T10:21:40Z")]
    [InlineData("2023-02-13 12:21:40", "2023-02-13T11:21:40Z")]
    [InlineData("2023-02-13T12:21:40+01:00", "2023-02-13T11:21:40Z")]
    [InlineData("2023-02-13T11:21:40Z", "2023-02-13T11:21:40Z")]
    [InlineData("2023-10-29 02:30", "2023-10-29T00:30:00Z")] // exists twice: the earlier
    public void Danish_times_and_iso_are_read(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), One(Read($"{Heads}\n1;a;T;Bo;{text};u")).SentAt);

    [Theory]
    [InlineData("31-02-2023 12:00")]
    [InlineData("i går")]
    [InlineData("13-02-2023 25:00")]
    public void What_is_no_time_is_an_error_of_its_field(string text)
    {
        var line = Assert.Single(Read($"{Heads}\n1;a;T;Bo;{text};u").Lines);
        Assert.Equal((2, "a", "sentAt"), (line.Line, line.LetterId, Assert.Single(line.Problems).Field));
    }

    [Fact]
    public void Errors_stand_with_their_line_and_field_and_the_good_lines_stay()
    {
        var read = Read($"{Heads};Afgørelse;Bemærkning\n1;a;T;Bo;13-02-2023 12:21;u;ja;x\n\n;b;T;;13-02-2023 12:21;;måske;\n");
        Assert.Equal(["Bemærkning"], read.Ignored);
        Assert.NotNull(read.Lines[0].Letter);
        Assert.Equal(4, read.Lines[1].Line);
        Assert.Equal(["caseNumber", "recipient.name", "identifiers", "decision"], read.Lines[1].Problems.Select(p => p.Field));
    }

    [Theory]
    [InlineData("", "FileEmpty")]
    [InlineData("a;b;c\n1;2;3", "FileNoHeads")]
    [InlineData(Heads, "FileNoLetters")]
    [InlineData("PK\u0003\0\0", "FileNotText")]
    public void A_file_that_is_none_says_why(string text, string trouble) => Assert.Equal(trouble, Read(text).Trouble);

    [Fact]
    public void A_file_that_is_too_long_is_not_read_in_part() =>
        Assert.Equal(("FileTooLong", 0), (Read($"{Heads}\n{string.Concat(Enumerable.Range(0, LetterFile.MaxLines + 1).Select(n => $"1;{n};T;Bo;13-02-2023 12:21;u\n"))}").Trouble, 0));
}
