using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Tests.Stories;

namespace Portal.Tests.PersonNumbers;

/// <summary>A portal in which a person number stands in every place that a sender, a case system or a user can put one.</summary>
internal sealed class SeededPortal(HostedPortal portal, SeededNumbers numbers, Output output)
{
    public const string Case = "26-pn-1";
    public const string Letter = "brev-pn-1";
    public const string Failed = "brev-pn-2";
    private const string Uuid = "5b1f0c9e-0000-4000-8000-000000000001";
    private const string FailedUuid = "5b1f0c9e-0000-4000-8000-000000000002";
    private static readonly string At = DateTimeOffset.UtcNow.AddHours(-3).ToString("O", CultureInfo.InvariantCulture);
    private readonly SeededMessages _messages = new(numbers);

    /// <summary>A status of <see cref="Letter"/>.</summary>
    public string Besked { get; } = Guid.NewGuid().ToString();

    /// <summary>The shown id of a message whose own id is a number.</summary>
    public string NamedByNumber { get; private set; } = "";

    /// <summary>Every message, as the portal shows its id.</summary>
    public IReadOnlyList<string> Shown { get; private set; } = [];

    public IReadOnlyList<string> Quarantined { get; private set; } = [];

    public string Chain { get; private set; } = "";

    /// <summary>A benefit of the chain.</summary>
    public string Element { get; } = "g1";

    public string Code { get; set; } = "";

    /// <summary>The number of the recipient of <see cref="Letter"/>, which may be asked for.</summary>
    public string Recipient { get; private set; } = "";

    /// <summary>Seeds everything.</summary>
    public async Task FillAsync(CancellationToken stop)
    {
        await AddLettersAsync(stop);
        await AddMessagesAsync(stop);
        await AddChainAsync(stop);
        await new SeededWork(portal, numbers, this).FillAsync(stop);
    }

    private async Task AddLettersAsync(CancellationToken stop)
    {
        Recipient = numbers.Plain("modtagerens CPR-nummer");
        await SendAsync("POST", "/api/forsendelser", LetterOf(Letter, Recipient, "huslejenaevn"), stop, mustDo: true);
        await SendAsync(
            "POST", "/api/forsendelser", LetterOf(Failed, numbers.For("modtagerens CPR-nummer, delt"), numbers.For("sagstype")), stop,
            mustDo: true);

        // A correction: the earlier letter stays readable.
        await SendAsync("POST", "/api/forsendelser", LetterOf(Letter, Recipient, "huslejenaevn"), stop, mustDo: true);
        await SendAsync("POST", "/api/forsendelser", new JsonArray(
            Changed("caseNumber", numbers.For("forkert sagsnummer")), Changed("letterId", numbers.For("forkert brev-id")),
            Changed("replaces", numbers.For("forkert erstatter")), Changed("kle", numbers.For("forkert kle")),
            Changed("organisationUnit", numbers.For("forkert enhed")), Changed("channel", numbers.For("forkert kanal")),
            Changed("postCategory", numbers.For("forkert postkategori")),
            Changed("receipts", numbers.For("forkert receipts")), Changed("sentAt", numbers.For("forkert tid")),
            Changed(numbers.Plain("ukendt felt"), "x"), JsonValue.Create(numbers.For("brev, der ikke er et objekt"))), stop);
        await SendAsync("POST", "/api/forsendelser", numbers.For("krop, der ikke er et brev"), stop);
    }

    private JsonNode Changed(string field, string value)
    {
        var letter = LetterOf($"brev-{Guid.NewGuid():N}", numbers.Plain("modtager af et afvist brev"), "huslejenaevn");
        letter["caseNumber"] = "26-pn-2";
        letter[field] = value;
        return letter;
    }

    private JsonNode LetterOf(string id, string recipient, string caseType) => JsonSerializer.SerializeToNode(new
    {
        caseNumber = Case, caseType, letterId = id, title = $"Afgørelse til {numbers.For("brevets titel")} i sagen",
        recipient = new { name = $"Anna {numbers.For("modtagerens navn")}", id = recipient, idType = "CPR" }, channel = "DigitalPost",
        sentAt = DateTimeOffset.UtcNow.AddDays(-4), postCategory = "Quickbrev",
        identifiers = new
        {
            messageUuid = id switch { Letter => Uuid, Failed => FailedUuid, _ => Guid.NewGuid().ToString() },
            messageId = numbers.For("MessageId"), correlationId = numbers.For("CorrelationId"),
            transmissionId = numbers.For("TransmissionId"), afsendelseIdentifikator = numbers.For("AfsendelseIdentifikator"),
        },
        documents = new[] { new { name = $"afgørelse {numbers.For("dokumentets navn")}.pdf", sha256 = new string('a', 64) } },
    })!;

    private async Task AddMessagesAsync(CancellationToken stop)
    {
        var (failed, other, unknown, typed) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString(),
            Guid.NewGuid().ToString());
        var named = numbers.Plain("BeskedId");
        foreach (var bytes in (byte[][])
        [
            _messages.Status(Besked, Uuid, KnownHandlinger.AfleveretDigitalPost, At),
            _messages.Status(failed, FailedUuid, KnownHandlinger.Fejlet, At),
            _messages.Status(other, Guid.NewGuid().ToString(), KnownHandlinger.Fejlet, At),
            _messages.Unknown(unknown, Uuid, At), _messages.Event(Guid.NewGuid().ToString(), At),
            _messages.OfType(typed, At), _messages.Named(named, At), _messages.Malformed(), _messages.WithoutType(),
            // Another content under the same id: a conflict.
            _messages.Named(named, At),
        ])
        {
            using var answer = await portal.PushAsync(bytes);
            await output.AnswerAsync("answer POST /beskedfordeler/modtag", answer, stop);
            answer.EnsureSuccessStatusCode();
        }

        await RunningPortal.EventuallyAsync(
            () => portal.GetAsync($"/api/sager/{Case}"),
            found => found["letters"]!.AsArray() is { Count: 2 } letters && letters.All(l => l!["events"]!.AsArray().Count > 0));
        Shown = [.. (await portal.GetAsync("/api/beskeder?limit=1000"))["items"]!.AsArray().Select(m => (string)m!["beskedId"]!)];
        NamedByNumber = Shown.First(id => id.Contains("~nr", StringComparison.Ordinal));
        Quarantined = [.. (await portal.GetAsync("/api/karantaene"))["items"]!.AsArray().Select(q => (string)q!["id"]!)];
        await using var scope = portal.Services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<IMessageReader>();
        var waiting = await reader.FindAsync(SeededWork.Everybody, other, stop);
        StatusRow = WorkRow.OfStatus(waiting!.Sequence, 0).ToString();
    }

    /// <summary>The row of the status that belongs to no letter.</summary>
    public string StatusRow { get; private set; } = "";

    private async Task AddChainAsync(CancellationToken stop)
    {
        string N(string field) => $"{field} {numbers.For($"kædens {field}")} her";
        JsonNode chain = JsonSerializer.SerializeToNode(new
        {
            title = N("titel"), department = N("afdeling"),
            elements = new object[]
            {
                new { id = "p1", kind = "problem", text = N("tekst"), consequence = N("konsekvens"), to = new[] { Element },
                    tags = new[] { N("mærke") }, volume = new { likely = 5, per = "year", minutesEach = 10 } },
                new { id = Element, kind = "benefit", text = N("gevinst"), owner = N("ejer"), who = N("hvem"),
                    indicator = new { name = N("indikator"), unit = N("enhed"), baseline = 9, target = 3, followUp = "2026-12-31" } },
                new { id = "a1", kind = "new-behaviour", text = N("adfærd"), start = N("begynd"), stop = N("hold op"),
                    insteadOf = N("i stedet"), who = N("adfærdens hvem") },
                new { id = "n1", kind = "note", text = N("note"),
                    views = new { strategic = N("ledelse"), professional = N("fag"), staff = N("medarbejder"), it = N("it") } },
            },
            links = new[] { new { from = "p1", to = Element, assumption = N("antagelse"), confidence = "high" } },
        })!;
        var made = await SendAsync("POST", "/api/effektkaeder", chain, stop, mustDo: true);
        Chain = (string)made!["id"]!;
        foreach (var (field, value) in new[] { ("id", numbers.For("forkert kæde-id")), ("state", numbers.For("forkert tilstand")) })
        {
            var wrong = chain.DeepClone();
            wrong[field] = value;
            await SendAsync("POST", "/api/effektkaeder", wrong, stop);
        }

        chain["elements"]![0]!["kind"] = numbers.For("forkert slags");
        chain["elements"]![0]!["to"]![0] = numbers.For("forkert mål");
        chain["elements"]![1]!["id"] = numbers.For("forkert element-id");
        await SendAsync("PUT", $"/api/effektkaeder/{Chain}", chain, stop);
        await SendAsync("POST", $"/api/effektkaeder/{Chain}/maalinger", JsonSerializer.SerializeToNode(new[]
        {
            new { elementId = Element, at = (object)DateTimeOffset.UtcNow.AddDays(-2), value = 4, note = (string?)N("målingens note") },
        })!, stop);
        await SendAsync("POST", $"/api/effektkaeder/{Chain}/maalinger", JsonSerializer.SerializeToNode(new[]
        {
            new { elementId = N("målingens element"), at = (object)numbers.For("målingens tid"), value = 4, note = (string?)null },
        })!, stop);
        await SendAsync("POST", $"/api/effektkaeder/{Chain}/maalinger", JsonSerializer.SerializeToNode(new[]
        {
            new { elementId = Element, at = (object)DateTimeOffset.UtcNow.AddDays(-2), value = 4, note = (string?)null },
        })!, stop);
        await SendAsync("POST", $"/api/effektkaeder/{Chain}/rapporter", JsonSerializer.SerializeToNode(new
        {
            explanations = new Dictionary<string, string>
            {
                [Element] = N("forklaring"), [numbers.For("forklaringens nøgle")] = N("anden forklaring"),
            },
        })!, stop);
        await SendAsync("POST", $"/api/effektkaeder/{Chain}/rapporter", JsonSerializer.SerializeToNode(new
        {
            explanations = new Dictionary<string, string> { [Element] = N("forklaring igen") },
        })!, stop);
        await SendAsync("POST", $"/api/effektkaeder/{Chain}/rapporter", new JsonObject(), stop);
    }

    /// <summary>Sends JSON and searches the answer, whatever it is; returns it when it is an object.</summary>
    public async Task<JsonObject?> SendAsync(string method, string path, JsonNode? body, CancellationToken stop, bool mustDo = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent(body?.ToJsonString() ?? "null", Encoding.UTF8, "application/json"),
        };
        using var answer = await portal.Http.SendAsync(request, stop);
        await output.AnswerAsync($"answer {method} {path}, seeding", answer, stop);
        if ((int)answer.StatusCode >= 500 || (mustDo && !answer.IsSuccessStatusCode))
            throw new InvalidOperationException($"{method} {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}");
        return answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop)) as JsonObject
            : null;
    }
}
