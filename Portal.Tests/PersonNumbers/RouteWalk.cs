using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Portal.Tests.Platform.Access.Rights;
using Portal.Tests.Stories;

namespace Portal.Tests.PersonNumbers;

/// <summary>Asks every route of the portal, also with person numbers where nobody should write them, and searches each answer.</summary>
internal sealed class RouteWalk(HostedPortal portal, SeededPortal seeded, SeededNumbers numbers, Output output)
{
    // Numbers in addresses: a path, and the values of a query.
    private static readonly string[] Typed =
    [
        "/sager/{n}", "/sager/{n}/bevis", "/sager/{case}/breve/{n}/bestridt", "/beskeder/{n}", "/effektkaeder/{n}",
        "/effektkaeder/{n}/gevinster", "/effektkaeder/{n}/rapport", "/effektkaeder/{n}/workshop", "/deltag/{n}", "/findes-ikke/{n}",
        "/sager?text={n}", "/sager?verdict={n}&from={n}", "/opfoelgning?text={n}&reason={n}", "/beskeder?text={n}&type={n}&status={n}",
        "/beskeder?besked={n}", "/adgangslog?text={n}&kind={n}&from={n}", "/karantaene?reason={n}", "/effektkaeder?afdeling={n}",
        "/effektkaeder/rapport?afdeling={n}&fra={n}", "/forsendelser?erstatter={n}", "/deltag?kode={n}", "/?x={n}",
        "/login?returnUrl=/sager/{n}", "/sprog?kultur=da&returnUrl=/sager?text={n}", "/sprog?kultur={n}&returnUrl=/", "/{n}.css",
        "/api/sager/{n}", "/api/sager/{n}/bevis.pdf", "/api/sager/{n}/bevis.zip", "/api/sager/{n}/adgang",
        "/api/sager/{case}/bevis.pdf?brev={n}", "/api/beskeder/{n}", "/api/beskeder/{n}/raw", "/api/beskeder/{n}/bevis",
        "/api/beskeder?text={n}", "/api/beskeder?caseNumber={n}", "/api/beskeder?type={n}", "/api/beskeder?status={n}",
        "/api/beskeder?from={n}", "/api/beskeder?cursor={n}", "/api/beskeder?limit={n}", "/api/beskeder?{n}=1",
        "/api/beskeder/stream?after={n}x", "/api/breve?verdict={n}", "/api/breve?kind={n}", "/api/opfoelgning?reason={n}",
        "/api/karantaene/{n}/raw", "/api/karantaene?cursor={n}", "/api/adgangslog?who={n}", "/api/adgangslog?case={n}",
        "/api/adgangslog?from={n}", "/api/effektkaeder/{n}", "/api/effektkaeder/{n}/eksport.pdf?ark={n}", "/api/effektkaeder?cursor={n}",
        "/api/effektkaeder/{chain}/eksport.pdf?ark={n}", "/api/effektkaeder/{chain}/maalinger?elementId={n}",
        "/api/effektkaeder/{chain}/rapport.pdf?fra={n}&til={n}&nr={n}", "/api/effektkaeder/rapport.pdf?afdeling={n}",
        "/api/effektkaeder/{chain}/maalinger?cursor={n}", "/api/bevis/konsistens?fra={n}x&til={n}x", "/api/bevis/verificer?nu={n}",
        "/karantaene?aarsag={n}&kol={n}", "/api/karantaene/eksport.csv?aarsag={n}&kol={n}", "/api/beskedkatalog/eksport.csv?sort={n}",
        "/beskedkatalog?kol={n}&sort={n}", "/api/adgangslog/eksport.xlsx?kol={n}", "/api/breve/eksport.csv?kol={n}",
        "/api/effektkaeder/{chain}/maalinger/eksport.csv?elementId={n}&kol={n}", "/effektkaeder/{chain}/gevinster?kol={n}&fra={n}&til={n}",
        "/openapi/{n}.json", "/scalar/{n}", "/hubs/{n}", "/_blazor?id={n}", "/api/{n}",
    ];

    /// <summary>Asks every route as a caller who may, about what is seeded.</summary>
    public async Task AllAsync(Caller caller, CancellationToken stop)
    {
        foreach (var route in ExpectedRoute.All.Where(r => r.Method == "GET" && r.Allows(caller)))
        {
            foreach (var path in PathsOf(route.Path)) await GetAsync(caller, path, stop);
        }
    }

    /// <summary>Asks with numbers in addresses.</summary>
    public async Task TypedAsync(Caller caller, CancellationToken stop)
    {
        foreach (var pattern in Typed)
        {
            var number = Uri.EscapeDataString(numbers.For($"adresse {pattern.Split('?')[0]}"));
            await GetAsync(caller, Filled(pattern).Replace("{n}", number, StringComparison.Ordinal), stop, pattern);
        }
    }

    /// <summary>Calls whose body holds a number: what asks for one, and what must not have one.</summary>
    public async Task BodiesAsync(Caller caller, CancellationToken stop)
    {
        string N(string field) => numbers.For($"krop {field}");
        var person = seeded.Recipient;
        foreach (var (path, what, body) in ((string, string, object)[])
        [
            ("/api/sager/soeg", "by text", new { text = N("søgt tekst") }),
            ("/api/sager/soeg", "by number", new { cpr = person, purpose = $"Klage fra {N("søgningens formål")} i dag" }),
            ("/api/sager/soeg", "with a wrong number", new { cpr = N("forkert nummer") + "1", purpose = "Klage" }),
            ("/api/sager/soeg", "with both", new { cpr = person, text = N("tekst ved siden af nummer") }),
            ("/api/sager/soeg", "without purpose", new { cpr = person, purpose = "" }),
            ("/api/sager/soeg", "with a wrong field", new Dictionary<string, object> { ["text"] = 1, [N("feltnavn")] = "x" }),
            ("/api/sager/{case}/bevis.pdf", "with purpose", new { purpose = $"Sag i retten om {N("dokumentets formål")} i dag" }),
            ("/api/sager/{case}/bevis.zip", "with purpose", new { purpose = $"Sag i retten om {N("pakkens formål")} i dag" }),
            ("/api/sager/{case}/bevis.zip", "without purpose", new { purpose = "" }),
            ("/api/indsigt", "with purpose", new { cpr = person, purpose = $"Indsigt til {N("indsigtens formål")} i dag" }),
            ("/api/indsigt", "with a wrong number", new { cpr = N("forkert nummer i indsigt") + "2", purpose = "Indsigt i sagen" }),
            ("/api/karantaene/{quarantine}/retry", "", new { }),
        ])
        {
            foreach (var filled in PathsOf(path))
            {
                using var request = Request(caller, HttpMethod.Post, filled);
                request.Content = new StringContent(
                    JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
                using var answer = await caller.Http.SendAsync(request, stop);
                await output.AnswerAsync($"answer POST {path} {what} as {NameOf(caller)}", answer, stop);
                Check((int)answer.StatusCode, $"POST {filled}");
            }
        }
    }

    /// <summary>Reads the stream and the hub from the beginning.</summary>
    public async Task StreamsAsync(string key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/beskeder/stream?after=0");
        using var answer = await portal.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        for (var seen = 0; seen < seeded.Shown.Count && await reader.ReadLineAsync(stop) is { } line;)
        {
            output.Text("stream /api/beskeder/stream", line);
            if (line.StartsWith("data:", StringComparison.Ordinal)) seen++;
        }

        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(portal.Address, "/hubs/beskeder"), HttpTransportType.WebSockets,
            options => options.Headers["X-Api-Key"] = key).Build();
        await hub.StartAsync(stop);
        var read = 0;
        await foreach (var message in hub.StreamAsync<JsonElement>("Stream", null, 0L, stop))
        {
            output.Text("hub Stream", message.GetRawText());
            if (++read == seeded.Shown.Count) break;
        }

        try
        {
            await foreach (var message in hub.StreamAsync<JsonElement>("Stream", new { text = numbers.For("hubbens søgning") }, 0L, stop))
                output.Text("hub Stream", message.GetRawText());
        }
        catch (Microsoft.AspNetCore.SignalR.HubException refused)
        {
            output.Text("hub refusal", refused.Message);
        }
    }

    /// <summary>The addresses of a pattern: one for each seeded thing that it names.</summary>
    public IEnumerable<string> PathsOf(string pattern)
    {
        if (pattern.Contains("{besked}", StringComparison.Ordinal))
            return seeded.Shown.Select(id => Filled(pattern.Replace("{besked}", Uri.EscapeDataString(id), StringComparison.Ordinal)));
        if (pattern.Contains("{quarantine}", StringComparison.Ordinal))
            return seeded.Quarantined.Select(id => Filled(pattern.Replace("{quarantine}", id, StringComparison.Ordinal)));
        return [Filled(pattern)];
    }

    /// <summary>One address of a pattern.</summary>
    public string FirstOf(string pattern) => PathsOf(pattern).First();

    private string Filled(string pattern) => pattern
        .Replace("{case}", SeededPortal.Case, StringComparison.Ordinal).Replace("{letter}", SeededPortal.Failed, StringComparison.Ordinal)
        .Replace("{chain}", Uri.EscapeDataString(seeded.Chain), StringComparison.Ordinal)
        .Replace("{code}", seeded.Code, StringComparison.Ordinal);

    private async Task GetAsync(Caller caller, string path, CancellationToken stop, string? name = null)
    {
        using var request = Request(caller, HttpMethod.Get, path);
        using var answer = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        var where = $"answer GET {name ?? path} as {NameOf(caller)}";

        // What a stream holds is searched apart.
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            output.Text($"{where}, headers", answer.Headers.ToString());
        else await output.AnswerAsync(where, answer, stop);
        Check((int)answer.StatusCode, $"GET {path}");
    }

    private HttpRequestMessage Request(Caller caller, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        foreach (var header in (string[])["User-Agent", "Referer", "X-Forwarded-For", "X-Request-Id", "tracestate", "baggage", "X-Ukendt"])
            request.Headers.TryAddWithoutValidation(header, HeaderValue(header, numbers.Plain($"header {header}")));
        request.Headers.TryAddWithoutValidation("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        if (path.StartsWith("/api/", StringComparison.Ordinal)) return request;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return request;
    }

    private static string HeaderValue(string header, string number) => header switch
    {
        "User-Agent" => $"Mozilla/5.0 (Windows; {number}) Chrome/140.0",
        "Referer" => $"https://portal.kommune.dk/sager?text={number}",
        "tracestate" or "baggage" => $"person={number}",
        _ => number,
    };

    private static void Check(int status, string what)
    {
        if (status is >= 500 and not 503) throw new InvalidOperationException($"{what} answered {status}.");
    }

    private static string NameOf(Caller caller) => caller.Scope.Length > 0 ? caller.Scope : caller.Role;
}
