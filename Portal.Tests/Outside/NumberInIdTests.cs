using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;
using Wire = Portal.Tests.Stories.Envelopes;

namespace Portal.Tests.Outside;

/// <summary>A sender may use a person number as BeskedId: it is shown nowhere, and its message can still be found.</summary>
public sealed partial class NumberInIdTests
{
    // The whole number, since the last four digits alone occur by chance in hashes and times.
    [GeneratedRegex("0203[0-9]6-?432[12]|050496-?8765")]
    private static partial Regex Number();

    private static async Task<string> TextAsync(RunningPortal portal, string path)
    {
        using var answer = await portal.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    // Pushes a status from Envelopes with its BeskedId replaced.
    private static async Task PushAsync(RunningPortal portal, string beskedId, string uuid, string action)
    {
        var (id, bytes) = Wire.Status(uuid, action, "2026-02-13T12:22:05+01:00");
        using var answer = await portal.PushAsync(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(bytes).Replace(id.ToUpperInvariant(), beskedId, StringComparison.Ordinal)));
        Assert.Contains(">20<", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0203{0}6-4321")]
    [InlineData("urn:oio:cpr-nr:0203{0}64321")]
    [InlineData("kvittering_0203{0}6-4321.xml")]
    [InlineData("0203{0}64321-0203{0}64322")]
    public async Task It_is_masked_wherever_it_is_shown_and_the_shown_id_finds_it(string pattern)
    {
        var portal = await SharedPortals.EmptyAsync();
        var beskedId = string.Format(CultureInfo.InvariantCulture, pattern, pattern.Length % 10);
        var uuid = Guid.NewGuid().ToString();
        var caseNumber = "id-" + uuid[..8];
        await PushAsync(portal, beskedId, uuid, KnownHandlinger.AfleveretDigitalPost);
        using (var made = await portal.RegisterAsync(Wire.Letter(caseNumber, uuid))) Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        var found = (await PortalProcess.EventuallyAsync(
            () => portal.GetAsync($"/api/beskeder?caseNumber={caseNumber}"), list => list["items"]!.AsArray().Count == 1))["items"]![0]!;
        var (shown, sequence) = (found["beskedId"]!.GetValue<string>(), found["sequence"]!.GetValue<long>());
        Assert.EndsWith($"~nr{sequence}", shown, StringComparison.Ordinal);

        var path = Uri.EscapeDataString(shown);
        var story = await portal.GetAsync($"/api/sager/{caseNumber}");
        Assert.Equal(shown, story["letters"]![0]!["events"]![0]!["beskedId"]!.GetValue<string>());
        string[] texts =
        [
            found.ToJsonString(), story.ToJsonString(), await TextAsync(portal, $"/api/beskeder/{path}"),
            await TextAsync(portal, $"/api/beskeder?text={path}"),
            await TextAsync(portal, "/metrics"), portal.Output,
        ];
        Assert.All(texts, text => Assert.DoesNotMatch(Number(), text));
        Assert.Contains(shown, texts[3], StringComparison.Ordinal);
        Assert.Contains("c2sp.org/tlog-proof", await TextAsync(portal, $"/api/beskeder/{path}/bevis"), StringComparison.Ordinal);
        Assert.Contains(beskedId, await TextAsync(portal, $"/api/beskeder/{path}/raw"), StringComparison.Ordinal);
        foreach (var log in (string[])["/api/adgangslog", "/api/adgangslog/eksport.csv"])
        {
            using var answer = await portal.Http.GetAsync(new Uri(log, UriKind.Relative));
            Assert.DoesNotMatch(Number(), await answer.Content.ReadAsStringAsync());
        }

        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        foreach (var page in (string[])[$"/beskeder/{path}", $"/sager/{caseNumber}", $"/sager/{caseNumber}/bevis"])
        {
            await browser.OpenAsync(page);
            Assert.DoesNotMatch(Number(), await browser.Page.ContentAsync());
        }
    }

    [Fact]
    public async Task One_that_waits_for_its_letter_is_masked_in_the_worklist_and_given_another_number_it_is_another()
    {
        var portal = await SharedPortals.EmptyAsync();
        await PushAsync(portal, "0504968765", Guid.NewGuid().ToString(), KnownHandlinger.Fejlet);
        using var missing = await portal.Http.GetAsync(new Uri("/api/beskeder/050496-xxxx~nr999999", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.DoesNotMatch(Number(), (await portal.GetAsync("/api/opfoelgning?limit=1000")).ToJsonString());
    }

    [Theory]
    [InlineData("Klar", true)]
    [InlineData("  KLAR ", true)]
    [InlineData("k-l-a-r", true)]
    [InlineData(KnownHandlinger.Klar, true)]
    [InlineData("{E2B30D57-504A-4E2E-AE2D-A1394A9CB0B8}", true)]
    [InlineData("Klart", false)]
    public async Task A_status_is_asked_for_by_its_name_in_any_writing_and_by_its_UUID(string status, bool isFound)
    {
        var portal = await SharedPortals.EmptyAsync();
        var (id, bytes) = Wire.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:22:05+01:00");
        (await portal.PushAsync(bytes)).Dispose();
        var found = await portal.GetAsync($"/api/beskeder?limit=1000&status={Uri.EscapeDataString(status)}");
        Assert.Equal(isFound, found["items"]!.AsArray().Any(m => m!["beskedId"]!.GetValue<string>() == id));
    }

    [Fact]
    public async Task A_status_that_came_with_its_name_alone_is_found_by_name_and_by_UUID()
    {
        var portal = await SharedPortals.EmptyAsync();
        var (id, bytes) = Wire.With(
            Guid.NewGuid().ToString(),
            $"<MessageUUID>{Guid.NewGuid()}</MessageUUID><TransaktionsStatusKode>Modtaget Fjern-print</TransaktionsStatusKode>");
        (await portal.PushAsync(bytes)).Dispose();
        foreach (var status in (string[])["Modtaget Fjernprint", "MODTAGET FJERN\u2011PRINT", KnownHandlinger.ModtagetFjernprint])
        {
            var found = await portal.GetAsync($"/api/beskeder?limit=1000&status={Uri.EscapeDataString(status)}");
            Assert.Contains(id, found["items"]!.AsArray().Select(m => m!["beskedId"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_letter_whose_texts_were_encoded_twice_is_kept_as_it_was_meant_and_the_answer_says_so()
    {
        var portal = await SharedPortals.EmptyAsync();
        var uuid = Guid.NewGuid().ToString();
        var letter = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Wire.Letter("tk-" + uuid[..8], uuid)))!;
        letter["title"] = "Afg\u00C3\u00B8relse om h\u00C3\u00A6k";
        letter["recipient"]!["name"] = "\u00C3\u0085se Lejer";
        using var answer = await portal.RegisterAsync(letter);
        var content = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((HttpStatusCode.Created, "Afgørelse om hæk", "Åse Lejer"),
            (answer.StatusCode, content["title"]!.GetValue<string>(), content["recipient"]!["name"]!.GetValue<string>()));
        Assert.Equal(2, content["notes"]!.AsArray().Count);
        Assert.Equal(
            "Afgørelse om hæk", (await portal.GetAsync($"/api/sager/tk-{uuid[..8]}"))["letters"]![0]!["title"]!.GetValue<string>());
        using var same = await portal.RegisterAsync(letter);
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
    }
}
