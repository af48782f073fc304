using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Portal.Platform.Http;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>JSON in the character sets that case systems send, and the answer when it cannot be read.</summary>
public sealed class JsonCharsetTests
{
    private const string Call = "/api/forsendelser";

    private static readonly string Letter = new JsonObject
    {
        ["caseNumber"] = "24-0117", ["letterId"] = "Ærø-1", ["title"] = "Afgørelse på påkrav",
        ["recipient"] = new JsonObject { ["name"] = "Åse Sørensen" },
        ["sentAt"] = "2023-02-13T12:21:40+01:00", ["identifiers"] = new JsonObject { ["messageUuid"] = "m1" },
    }.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    static JsonCharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8", true, null)]
    [InlineData("utf-8", false, "iso-8859-1")]
    [InlineData("iso-8859-1", false, null)]
    [InlineData("iso-8859-1", false, "iso-8859-1")]
    [InlineData("windows-1252", false, "windows-1252")]
    [InlineData("iso-8859-1", false, "utf-8")]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16", false, null)]
    [InlineData("utf-16BE", true, "utf-16")]
    [InlineData("utf-16BE", false, null)]
    [InlineData("ibm850", false, "ibm850")]
    [InlineData("iso-8859-15", false, "iso-8859-15")]
    [InlineData("macintosh", false, "macintosh")]
    [InlineData("iso-8859-1", false, "utf-16")]
    [InlineData("utf-16", false, "iso-8859-1")]
    [InlineData("utf-8", true, "windows-1252")]
    public void Danish_letters_arrive_from_every_charset(string actual, bool marked, string? charset)
    {
        var encoding = Encoding.GetEncoding(actual);
        var (utf8, error) = JsonText.ToUtf8((byte[])[.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Letter)], charset);
        Assert.Null(error);
        Assert.Equal(Letter, Encoding.UTF8.GetString(utf8.Span));
    }

    [Theory]
    [InlineData("ibm850", null, "850")]
    [InlineData("ibm850", "iso-8859-1", "850")]
    [InlineData("ibm850", "windows-1252", "850")]
    [InlineData("macintosh", null, "Macintosh")]
    [InlineData("macintosh", "utf-8", "Macintosh")]
    [InlineData("iso-8859-1", "ibm850", "Windows-1252")]
    [InlineData("iso-8859-1", "iso-8859-2", "Windows-1252")]
    [InlineData("windows-1252", "macintosh", "Windows-1252")]
    public void No_wrong_letter_is_taken_from_bytes_that_are_in_another_charset_than_is_said(
        string actual, string? charset, string looksLike)
    {
        foreach (var text in (string[])["Afgørelse på påkrav", "Sæby", "Åge", "HUSLEJENÆVN"])
        {
            var (_, error) = JsonText.ToUtf8(Encoding.GetEncoding(actual).GetBytes($"{{\"title\":\"{text}\"}}"), charset);
            Assert.NotNull(error);
            Assert.Contains("Send UTF-8", error, StringComparison.Ordinal);
        }

        Assert.Contains(looksLike, JsonText.ToUtf8(Encoding.GetEncoding(actual).GetBytes("{\"a\":\"på påkrav\"}"), charset).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_the_characters_is_reported_as_that()
    {
        Assert.Contains("nul-byte", JsonText.ToUtf8("{\"a\":\"\0\"}"u8.ToArray(), null).Error, StringComparison.Ordinal);
        Assert.Contains("tegnsæt", JsonText.ToUtf8((byte[])[(byte)'{', 0x81, 0x8D, (byte)'}'], null).Error, StringComparison.Ordinal);
        Assert.Contains("ikke kendes", JsonText.ToUtf8((byte[])[(byte)'{', 0xE6, (byte)'}'], "klingon").Error, StringComparison.Ordinal);
        Assert.Equal("{}", Encoding.UTF8.GetString(JsonText.ToUtf8("{}\0\0"u8.ToArray(), null).Utf8.Span));
    }

    [Fact]
    public async Task A_letter_in_latin_1_is_registered()
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(
            Letter)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var made = await host.WithKey().Post(Call, content);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("Afgørelse på påkrav", (string?)(await made.Json())["title"]);
    }

    [Theory]
    [InlineData("title", "{\"title\":\"a\\ud800b\"}")]
    [InlineData("recipient.name", "{\"recipient\":{\"name\":\"\\udc00\"}}")]
    [InlineData("documents[1].name", "{\"documents\":[{\"name\":\"x\"},{\"name\":\"\\ud83d\"}]}")]
    public async Task Half_a_character_is_reported_as_that_with_its_field(string field, string json)
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await (await host.WithKey().PostJson(Call, json)).Json();
        Assert.Equal(field, (string?)problem["field"]);
        Assert.Contains("halvt tegn", (string?)problem["errors"]![field]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_id_for_two_letters_in_a_list_is_a_problem_of_the_second()
    {
        await using var host = await ApiHost.StartAsync();
        JsonObject Of(string caseNumber, string name, string title = "T")
        {
            var letter = JsonNode.Parse(Letter)!.AsObject();
            (letter["caseNumber"], letter["recipient"]!["name"], letter["title"]) = (caseNumber, name, title);
            return letter;
        }

        var list = new JsonArray(Of("24-1", "Anna"), Of("24–1", "ANNA", "Rettet"), Of("24-2", "Anna"), Of("24-1", "Bo"));
        var answer = await host.WithKey().PostJson(Call, list.ToJsonString());
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        var items = (await answer.Json()).AsArray();
        Assert.Equal([201, 200, 400, 400], items.Select(i => (int)i!["status"]!));
        Assert.Equal(["letterId", "letterId"], items.Skip(2).Select(i => (string?)i!["problem"]!["field"]));
    }
}
