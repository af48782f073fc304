using System.Globalization;
using System.Text;
using Portal.Features.Registering;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Features.Registering;

public sealed class LetterFileTests
{
    private const string Heads = "Sagsnummer;Brevets id;Titel;Modtager;Sendt;MessageUUID";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static LetterFileReading Read(string text, Encoding? encoding = null) => LetterFile.Read(
        [.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)], Now);

    private static LetterRegistration One(LetterFileReading read) => Assert.Single(read.Lines).Letter!;

    [Fact]
    public void The_template_reads_as_the_letter_that_it_shows()
    {
        var letter = One(LetterFile.Read(LetterFile.Template(), Now));
        Assert.Equal(("EKSEMPEL-1", "EKSEMPEL-BREV-1", "Eksempel: afgørelse om huslejenedsættelse", true),
            (letter.CaseNumber, letter.LetterId, letter.Title, letter.Decision));
        Assert.Equal(new LetterRecipient("Eksempel Eksempelsen", "0101011234", "CPR"), letter.Recipient);
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
        Encoding encoding = name switch { "utf-8" => new UTF8Encoding(false), "utf-8 bom" => new UTF8Encoding(true), "utf-16" =>
            Encoding.Unicode, _ => Encoding.GetEncoding(1252) };
        Assert.Equal(("Åse Ærø", "Påbud"), (One(Read($"{Heads}\r\n1;a;Påbud;Åse Ærø;13-02-2023 12:21;u\r\n", encoding)).Recipient.Name,
            One(Read($"{Heads}\r\n1;a;Påbud;Åse Ærø;13-02-2023 12:21;u\r\n", encoding)).Title));
    }

    [Theory]
    [InlineData(";")]
    [InlineData(",")]
    [InlineData("\t")]
    public void Semicolon_comma_and_tab_part_columns_and_quotes_hold_them(string by)
    {
        var letter = One(Read($"{Heads.Replace(";", by, StringComparison.Ordinal)}\n1{by}a{by}\"Afslag; 1, "
            + $"2 \"\"delvist\"\"\"{by}Bo{by}13-02-2023 12:21{by}u\n"));
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
    [InlineData("20230213", "2023-02-12T23:00:00Z")]
    [InlineData("Feb 13, 2023", "2023-02-12T23:00:00Z")]
    [InlineData("13. february 2023", "2023-02-12T23:00:00Z")]
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

    [Theory]
    [InlineData("44970", "Er regnearkets nummer for 13-02-2023")]
    [InlineData("feb-23", "Er en måned")]
    [InlineData("uge 7 2023", "Er en periode")]
    [InlineData("31-11-2026", "Er ikke en dato, der findes")]
    [InlineData("Feb 31, 2023 12:21", "Er ikke en dato, der findes")]
    public void A_wrong_date_is_reported_in_words_of_what_was_written(string text, string words)
    {
        var line =
            Assert.Single(Read($"{Heads}\n1;a;T;Bo;{(text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text)};u").Lines);
        Assert.Contains(words, Assert.Single(line.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(("1", "a", "T", "Bo"), (line.CaseNumber, line.LetterId, line.Title, line.Recipient));
    }

    [Fact]
    public void Errors_have_their_line_and_field_and_the_good_lines_stay()
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
    public void A_file_of_another_format_is_refused_with_the_reason(string text, string error) => Assert.Equal(error, Read(text).Error);

    [Fact]
    public void A_file_that_is_too_long_is_not_read_in_part() =>
        Assert.Equal(("FileTooLong", 0),
            (Read($"{Heads}\n{string.Concat(Enumerable.Range(0, LetterFile.MaxLines + 1).Select(n => $"1;{n};T;Bo;13-02-2023 12:21;u\n"))}")
                .Error, 0));

    private static string Line(
        string id, string title = "T", string caseNumber = "24-1", string to = "Bo", string sent = "13-02-2023 12:21", string uuid = "u") =>
        $"{caseNumber};{id};{title};{to};{sent};{uuid}";

    [Fact]
    public void An_unclosed_quotation_mark_costs_its_own_line_alone_and_is_named()
    {
        var lines = Enumerable.Range(2, 30).Select(n => n switch
        {
            21 => Line("L21", "\"Afslag", uuid: "u21"), 31 => Line("L31", "\"Delvist; afslag\"", uuid: "u31"),
            _ => Line($"L{n}", uuid: $"u{n}"),
        });
        var read = Read($"{Heads}\r\n{string.Join("\r\n", lines)}\r\n");
        Assert.Equal(30, read.Lines.Count);
        Assert.Equal(Enumerable.Range(2, 30), read.Lines.Select(l => l.Line));
        var wrong = Assert.Single(read.Lines, l => l.Letter is null);
        Assert.Equal((21, "24-1"), (wrong.Line, wrong.CaseNumber));
        Assert.Contains("Linje 21 har et anførselstegn", Assert.Single(wrong.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("Delvist; afslag", read.Lines[^1].Letter!.Title);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Unclosed_marks_anywhere_swallow_nothing(int every)
    {
        var lines = Enumerable.Range(2, 40)
            .Select(n => Line($"L{n}", n % every == 0 ? "\"Afslag" : n % 7 == 0 ? "\"Ja; nej\"" : "Afslag", uuid: $"u{n}")).ToList();
        var read = Read($"{Heads}\n{string.Join('\n', lines)}");
        Assert.Equal(Enumerable.Range(2, 40), read.Lines.Select(l => l.Line));
        Assert.All(read.Lines, l => Assert.Equal(l.Line % every == 0, l.Letter is null));
    }

    [Fact]
    public void A_line_break_within_quotes_is_a_space_and_the_next_line_keeps_its_number()
    {
        var read = Read($"{Heads}\r\n{Line("a", "\"Afslag\r\npå ansøgning\"", uuid: "1")}\r\n{Line("b", uuid: "2")}\r\n");
        Assert.Equal(["Afslag på ansøgning", "T"], read.Lines.Select(l => l.Letter!.Title));
        Assert.Equal([2, 4], read.Lines.Select(l => l.Line));
    }

    [Theory]
    [InlineData("sep=;\r\n", ";", 3)]
    [InlineData("\"sep=,\"\n", ",", 3)]
    [InlineData("SEP=\t\r\n", "\t", 3)]
    [InlineData("\r\n;;;\r\n", ";", 4)]
    [InlineData("Sep = ;\r\n", ";", 3)]
    [InlineData("sep=\";\"\r\n", ";", 3)]
    [InlineData("sep=;;;;;;\r\n", ";", 3)]
    [InlineData("sep=,\r\n", ";", 3)] // names another separator than it uses
    [InlineData("sep=tab\n", "\t", 3)]
    [InlineData("\uFEFFsep=|\n", "|", 3)]
    [InlineData("Brevliste;;;\r\nUdskrevet 29-11-2026;;;\r\n\r\n", ";", 5)]
    public void A_first_line_for_the_spreadsheet_and_empty_ones_are_passed(string before, string by, int line)
    {
        var read = Read(before + $"{Heads}\r\n{Line("a")}".Replace(";", by, StringComparison.Ordinal));
        Assert.Equal((null, line), (read.Error, Assert.Single(read.Lines).Line));
        Assert.NotNull(One(read));
    }

    [Theory]
    [InlineData("Brevets id", "1,23E+15")]
    [InlineData("Sagsnummer", "2.40117E+11")]
    [InlineData("MessageId", "4E+09")]
    [InlineData("Brevets id", "1,23457E11")]
    [InlineData("Brevets id", "12,3E+09")]
    [InlineData("Sagsnummer", "apr-26")]
    [InlineData("Sagsnummer", "04-dec")]
    [InlineData("Sagsnummer", "9. maj")]
    [InlineData("Brevets id", "1234567,00")]
    [InlineData("MessageId", "88213001.0")]
    public void Digits_that_the_spreadsheet_cut_are_refused_with_what_to_do(string head, string value)
    {
        var columns = "Sagsnummer;Brevets id;Titel;Modtager;Sendt;MessageUUID;MessageId".Split(';');
        var values = "24-1;a;T;Bo;13-02-2023 12:21;u;m".Split(';');
        values[Array.IndexOf(columns, head)] = value;
        var line = Assert.Single(Read($"{string.Join(';', columns)}\n{string.Join(';', values)}").Lines);
        Assert.Contains("Formatér kolonnen som tekst", Assert.Single(line.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(LetterColumns.Find(head)!.Field, line.Problems[0].Field);
    }

    [Fact]
    public void A_person_number_that_lost_its_zero_is_asked_about_and_not_guessed()
    {
        var problem = Assert.Single(Assert.Single(Read($"{Heads};CPR\n{Line("a")};101011234").Lines).Problems);
        Assert.Equal("recipient.id", problem.Field);
        Assert.Contains("0 forrest", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("101011234", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0101011234", "CPR", "0101011234")]
    [InlineData("=\"0101011234\"", "CPR", "0101011234")]
    [InlineData("'010101-1234", "CPR", "0101011234")]
    [InlineData("DK 55 13 30 18", "CVR", "55133018")]
    [InlineData("P-nr. 1003456789", "P", "1003456789")]
    [InlineData("'DK55133018", "CVR", "55133018")]
    [InlineData("urn:oio:cvr-nr:55133018", "CVR", "55133018")]
    [InlineData("\uFF15\uFF15\uFF11\uFF13\uFF13\uFF10\uFF11\uFF18", "CVR", "55133018")]
    [InlineData("CPR: 010101 - 1234", "CPR", "0101011234")]
    public void Numbers_as_spreadsheets_hold_them_are_read(string written, string type, string digits)
    {
        var recipient =
            One(Read($"{Heads};Modtagers nummer\n{Line("a")};\"{written.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Recipient;
        Assert.Equal((type, digits), (recipient.IdType, recipient.Id));
    }

    [Fact]
    public void One_id_for_two_cases_or_recipients_is_an_error_of_the_second_line()
    {
        var read = Read($"{Heads}\n{Line("K-004", uuid: "1")}\n{Line("K–004", caseNumber: "26-7005", uuid: "2")}\n"
            + $"{Line("k-004", to: "Anna", uuid: "3")}\n{Line("K-004", "Rettet", uuid: "1")}");
        Assert.Equal([true, false, false, true], read.Lines.Select(l => l.Letter is not null));
        Assert.All(
            read.Lines.Skip(1).Take(2), l => Assert.Contains("linje 2", Assert.Single(l.Problems).Message, StringComparison.Ordinal));
        Assert.Equal("26-7005", read.Lines[1].CaseNumber);
    }

    [Fact]
    public void Suspicious_values_give_warnings_not_errors()
    {
        LetterFileReading Of(string text) => LetterFile.Read(Encoding.UTF8.GetBytes(text), Now, ["huslejenaevn"]);
        var heads = Heads + ";Sagstype;Afgørelse";
        const string uuid = "3f2b8c1e-9d4a-4b7e-8f10-2a6c5d7e9b01";
        string Line(string id, string sent = "13-02-2023 12:21", string uuid = uuid) => LetterFileTests.Line(id, sent: sent, uuid: uuid);
        IEnumerable<string> Fields(LetterFileReading read, int line = 0) => read.Lines[line].Warnings.Select(w => w.Field);
        Assert.Empty(Fields(Of($"{heads}\n{Line("a")};Huslejenævn;ja")));
        Assert.Equal(["caseType"], Fields(Of($"{heads}\n{Line("a")};Husleje;ja")));
        Assert.Empty(Fields(Of($"{heads}\n{Line("a")};Husleje;nej")));
        Assert.Equal(["decision"], Fields(Of($"{heads}\n{Line("a")};huslejenaevn;")));
        Assert.Equal(["sentAt"], Fields(Of($"{heads}\n{Line("a", sent: "13-02-2023")};huslejenaevn;ja")));
        var ahead = Of($"{heads}\n{Line("a", sent: "15-12-2026 10:00")};huslejenaevn;ja");
        Assert.Equal(["sentAt"], Fields(ahead));
        Assert.True(ahead.Lines[0].IsAhead);
        Assert.False(ahead.Lines[0].HasUnknownType);
        Assert.True(Of($"{heads}\n{Line("a")};Husleje;ja").Lines[0].HasUnknownType);
        Assert.Equal(["caseType"], Fields(Of($"{heads}\n{Line("a")};;ja")));
        Assert.False(Of($"{heads}\n{Line("a")};;ja").Lines[0].HasUnknownType);
        var shared = Of($"{heads}\n{Line("a")};huslejenaevn;ja\n{Line("b", uuid: uuid.ToUpperInvariant())};huslejenaevn;ja");
        Assert.Equal(["identifiers.messageUuid"], Fields(Of($"{heads}\n{Line("a", uuid: "hest")};huslejenaevn;ja")));
        Assert.Equal(["identifiers.messageUuid"], Fields(shared, 1));
        Assert.All(shared.Lines, l => Assert.NotNull(l.Letter));
    }

    [Theory]
    [InlineData("ibm850", "tegnsæt 850 (MS-DOS)")]
    [InlineData("macintosh", "Macintosh")]
    [InlineData("windows-1252", "Windows-1252")]
    [InlineData("utf-16BE", "UTF-16")]
    public void Older_character_sets_are_distinguished_by_their_danish_letters(string name, string readAs)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        foreach (var marked in (bool[])[true, false])
        {
            var read = LetterFile.Read([.. marked ? encoding.GetPreamble() : [],
                .. encoding.GetBytes($"{Heads};Afgørelse\r\n{Line("a", "Afgørelse på påkrav", to: "Åse Ærø Møller")};ja")], Now);
            Assert.Equal(("Åse Ærø Møller", "Afgørelse på påkrav", readAs), (One(read).Recipient.Name, One(read).Title, read.ReadAs));
        }
    }

    [Theory]
    [InlineData("Sæby", "Huslejenævn")]
    [InlineData("HUSLEJENÆVNET", "ÆNDRING")]
    [InlineData("André", "Café")]
    [InlineData("Åge", "T")]
    [InlineData("Ægir", "Æble")]
    [InlineData("Øde", "Ø")]
    [InlineData("Jürgen Müller", "Größe")]
    [InlineData("Peter\u2019s \u201Ctest\u201D", "5 \u20AC \u2013 T")]
    [InlineData("Søren", "½ års § 5 ved 20 °C")]
    public void A_single_letter_tells_the_character_set(string name, string title)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var set in (string[])["windows-1252", "iso-8859-1", "ibm850", "IBM865", "macintosh", "utf-16", "utf-8"])
        {
            var text = $"{Heads}\r\n{Line("a", title, to: name)}";
            var bytes = Encoding.GetEncoding(set).GetBytes(text);
            if (Encoding.GetEncoding(set).GetString(bytes) != text) continue;
            var letter = One(LetterFile.Read(bytes, Now));
            Assert.Equal((set, name, title), (set, letter.Recipient.Name, letter.Title));
        }
    }

    [Fact]
    public void A_file_with_the_month_first_is_not_read_as_day_first()
    {
        var read = Read($"{Heads}\n{Line("a", sent: "4/1/2025 8:20 AM", uuid: "1")}\n"
            + $"{Line("b", sent: "3/31/2025 8:20 AM", uuid: "2")}\n{Line("c", uuid: "3")}");
        Assert.Equal([false, false, true], read.Lines.Select(l => l.Letter is not null));
        Assert.Contains("Kan læses på to måder", Assert.Single(read.Lines[0].Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_that_broke_before_the_file_was_saved_are_reported()
    {
        var line = Assert.Single(Read($"{Heads}\n{Line("a", "AfgÃ¸relse", to: "Ã…se")}").Lines);
        Assert.Equal(["title", "recipient.name"], line.Warnings.Select(w => w.Field).Take(2));
    }

    [Theory]
    [InlineData("46053", "regnearkets nummer for 31-01-2026")]
    [InlineData("46053,51", "regnearkets nummer for 31-01-2026")]
    [InlineData("jan-26", "måned uden dag")]
    [InlineData("########", "for smal kolonne")]
    [InlineData("03/31/2026", "ikke en dato, der findes")]
    public void Text_that_is_no_moment_is_refused_with_what_it_is(string sent, string says) =>
        Assert.Contains(
            says, Assert.Single(Assert.Single(Read($"{Heads}\n{Line("a", sent: sent)}").Lines).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Line_ends_of_every_kind_part_lines_and_a_total_at_the_end_costs_itself_alone()
    {
        Assert.Equal(["a", "b", "c"], Read($"{Heads}\n{Line("a", uuid: "1")}\r{Line("b", uuid: "2")}\r\n{Line("c", uuid: "3")}").Lines
            .Select(l => l.Letter!.LetterId));
        Assert.Equal(
            2, Read($"{Heads}\r\r\n{Line("a", uuid: "1")}\r\r\n{Line("b", uuid: "2")}\r\r\n").Lines.Count(l => l.Letter is not null));
        Assert.Equal([true, false], Read($"{Heads}\n{Line("a")}\nI alt;1;;;;").Lines.Select(l => l.Letter is not null));
    }

    [Fact]
    public void A_file_of_nothing_but_separators_or_heads_is_reported_and_not_worked_on()
    {
        Assert.Equal("FileNoHeads", Read(new string(';', 1_000_000)).Error);
        Assert.Equal("FileNoHeads", Read(string.Join(';', Enumerable.Repeat("sag", 100_000))).Error);
    }

    [Theory]
    [InlineData("31-03-2026 00:00", "2026-03-30T22:00:00Z")]
    [InlineData("31/3-26", "2026-03-30T22:00:00Z")]
    [InlineData("31.03.2026 kl. 8.20", "2026-03-31T06:20:00Z")]
    [InlineData("31. marts 2026 kl. 8.20", "2026-03-31T06:20:00Z")]
    [InlineData("31-mar-26 08:20", "2026-03-31T06:20:00Z")]
    [InlineData("31\u201103\u20112026\u00A008:20", "2026-03-31T06:20:00Z")]
    [InlineData("2026-3-31 8:20", "2026-03-31T06:20:00Z")]
    [InlineData("31/03/2026 8:20 AM", "2026-03-31T06:20:00Z")]
    [InlineData("Mar 31, 2026 8:20 am", "2026-03-31T06:20:00Z")]
    [InlineData("tirsdag den 31. marts 2026 kl. 8.20", "2026-03-31T06:20:00Z")]
    [InlineData("31-03-2026,08:20", "2026-03-31T06:20:00Z")]
    [InlineData("31-03-2026 kl. 8", "2026-03-31T06:00:00Z")]
    [InlineData("2026-03-31 08:20:30.1230000 +02:00", "2026-03-31T06:20:30.123Z")]
    [InlineData("2026-03-31 06:20:00 UTC", "2026-03-31T06:20:00Z")]
    [InlineData("20260331T082000", "2026-03-31T06:20:00Z")]
    [InlineData("30-03-2026 24:00", "2026-03-30T22:00:00Z")]
    public void Dates_as_spreadsheets_show_them_are_read(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture),
            One(LetterFile.Read(Encoding.UTF8.GetBytes($"{Heads}\n1;a;T;Bo;{text};u"), Now.AddYears(1))).SentAt);

    [Fact]
    public void Heads_in_any_order_case_and_language_and_empty_columns_at_the_end_are_read()
    {
        var letter =
            One(Read("SENT AT;  message-uuid ;titel;RECIPIENT NAME;Case Number;brevid;;\n13-02-2023 12:21;u;T;Bo;24-1;a;;\n;;;;;;;\n"));
        Assert.Equal(("24-1", "a", "Bo"), (letter.CaseNumber, letter.LetterId, letter.Recipient.Name));
    }

    [Fact]
    public void More_fields_than_heads_and_two_columns_that_disagree_are_errors()
    {
        Assert.Equal("$", Assert.Single(Assert.Single(Read($"{Heads}\n{Line("a")};mere").Lines).Problems).Field);
        Assert.Equal("caseNumber", Assert.Single(Assert.Single(Read($"{Heads};Sag\n{Line("a")};24-2").Lines).Problems).Field);
    }

    [Fact]
    public void A_date_that_is_none_is_reported_in_danish_terms()
    {
        var message = Assert.Single(Assert.Single(Read($"{Heads}\n{Line("a", sent: "31-11-2026")}").Lines).Problems).Message;
        Assert.DoesNotContain("ISO", message, StringComparison.Ordinal);
    }
}
