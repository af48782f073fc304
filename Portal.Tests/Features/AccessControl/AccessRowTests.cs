using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Platform.Access;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;
using Wire = Portal.Tests.Stories.Envelopes;

namespace Portal.Tests.Features.AccessControl;

/// <summary>
/// Nothing that shows a person is without a line: every address about a case or a message leaves one, and every reader that gives persons
/// is noted or is on a list that says who notes it instead. A new page or reader fails here until one of these is so.
/// </summary>
public sealed partial class AccessRowTests
{
    // Addresses about a case or a message that show no person.
    private static readonly Dictionary<string, string> WithoutPerson = new(StringComparer.Ordinal)
    {
        ["/api/beskeder/{beskedId}/bevis"] = "a proof: an id, a time and a hash",
        ["/api/sager/{caseNumber}/adgang"] = "the access log itself",
    };

    // Reads that show persons and are not noted by a reader.
    private static readonly Dictionary<string, string> NotedElsewhere = new(StringComparer.Ordinal)
    {
        ["ICaseReader.SearchByCprAsync"] = "PersonSearch and CaseSearch note the purpose",
        ["IEvidenceSource.RecipientNumbersAsync"] = "RevealNumber, EvidenceMaker and SubjectReader note it before they read",
        ["IEvidenceSource.BytesAsync"] = "EvidenceMaker notes it before it reads",
        ["IMessageReader.ReadBytesAsync"] = "the call for exact bytes notes it before it answers",
        ["IQuarantineReader.ReadBytesAsync"] = "the call for exact bytes notes it before it answers",
        ["IResendSource.RecipientAsync"] = "for registering a letter again; never shown",
        ["IActionProofs.OfCaseAsync"] = "within evidence, which EvidenceMaker notes",
    };

    private static readonly Dictionary<Type, Type> Noted = new()
    {
        [typeof(ICaseReader)] = typeof(NotedCases), [typeof(ILetterList)] = typeof(NotedLetters),
        [typeof(IWorklistService)] = typeof(NotedWorklist), [typeof(IHandMatching)] = typeof(NotedHands),
        [typeof(IResendSource)] = typeof(NotedResends), [typeof(IMessageReader)] = typeof(NotedMessages),
    };

    [Fact]
    public async Task Every_address_about_a_case_or_a_message_leaves_a_line()
    {
        var portal = await SharedPortals.EmptyAsync();
        var patterns = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Any(p => p.Name.ToUpperInvariant() is "CASENUMBER" or "BESKEDID"))
            .SelectMany(e => MethodsOf(e), (e, method) => (Method: method, Path: "/" + e.RoutePattern.RawText!.TrimStart('/')))
            .Distinct().ToList();
        Assert.Contains(("GET", "/sager/{CaseNumber}"), patterns);
        Assert.Contains(("GET", "/api/sager/{caseNumber}/bevis.zip"), patterns);
        Assert.True(patterns.Count >= 11, string.Join('\n', patterns));
        var without = new List<string>();
        foreach (var (method, pattern) in patterns.Where(p => !WithoutPerson.ContainsKey(p.Path)))
        {
            var (caseNumber, besked) = await MakeAsync(portal);
            var path = Parameter().Replace(pattern, m => m.Groups[1].Value.ToUpperInvariant() switch
            {
                "CASENUMBER" => caseNumber, "BESKEDID" => besked, "LETTERID" => "L-" + caseNumber,
                    var other => throw new InvalidOperationException(other),
            });
            using var answer = await AskAsync(portal, method, path);
            Assert.True(answer.IsSuccessStatusCode, $"{method} {pattern}: {answer.StatusCode}");
            var lines = await LinesAsync(portal, pattern.Contains("esked", StringComparison.Ordinal) ? besked : caseNumber);
            if (lines == 0) without.Add($"{method} {pattern}");

            // A page or a call is one look; a package names each message in it too.
            else if (!pattern.EndsWith(".zip", StringComparison.Ordinal)) Assert.Equal((pattern, 1), (pattern, lines));
        }

        Assert.Equal([], without);
    }

    [Theory]
    [InlineData("GET", "/sager", "case-list")]
    [InlineData("GET", "/sager?soeg={0}", "case-list")]
    [InlineData("GET", "/sager?verdict=delivered", "letters-shown")]
    [InlineData("POST", "/api/sager/soeg", "case-list")]
    [InlineData("GET", "/api/breve", "letters-shown")]
    [InlineData("GET", "/api/breve/eksport.csv", "letter-list")]
    [InlineData("GET", "/api/breve/eksport.xlsx", "letter-list")]
    [InlineData("GET", "/api/sager/eksport.csv", "letter-list")]
    [InlineData("GET", "/api/sager/eksport.xlsx", "letter-list")]
    [InlineData("GET", "/api/opfoelgning/eksport.csv", "letter-list")]
    [InlineData("GET", "/api/opfoelgning/eksport.xlsx", "letter-list")]
    [InlineData("GET", "/opfoelgning", "worklist")]
    [InlineData("GET", "/api/opfoelgning", "worklist")]
    [InlineData("GET", "/", "worklist")]
    [InlineData("GET", "/api/beskeder?text={0}", "message-search")]
    [InlineData("GET", "/beskeder?caseNumber={0}", "message-search")]
    [InlineData("GET", "/api/adgangslog/eksport.csv", "access-export")]
    [InlineData("GET", "/api/adgangslog/eksport.xlsx?kol=", "access-export")]
    public async Task Every_list_and_search_that_shows_persons_leaves_a_line(string method, string path, string kind)
    {
        var portal = await SharedPortals.EmptyAsync();
        var (caseNumber, _) = await MakeAsync(portal, KnownHandlinger.Fejlet);
        await MakeAsync(portal);
        var from = DateTimeOffset.UtcNow - RecentLooks.Window;
        using var answer = await AskAsync(
            portal, method, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, caseNumber), new { text = caseNumber });
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        var who = Uri.EscapeDataString(IsOfPrograms(path) ? "dev-key" : Person.Name);
        var log = await portal.GetAsync($"/api/adgangslog?kind={kind}&who={who}&from={Uri.EscapeDataString($"{from:O}")}");
        Assert.NotEmpty(log["items"]!.AsArray());
    }

    [Fact]
    public async Task Every_reader_that_gives_persons_is_noted_or_named_here()
    {
        var readers = typeof(ICaseReader).Assembly.GetTypes().Where(t => t.IsInterface && t.IsPublic)
            .SelectMany(t => t.GetMethods(), (t, m) => (Type: t, Method: m))
            .Where(r => r.Method.GetParameters().Any(p => p.ParameterType == typeof(Viewer)) &&
                GivesPersons(r.Method.ReturnType, [])).ToList();
        Assert.Contains(readers, r => r.Type == typeof(ICaseReader));
        Assert.Equal([], readers.Where(r => !Noted.ContainsKey(r.Type)).Select(NameOf).Except(NotedElsewhere.Keys).Order());
        Assert.Equal([], NotedElsewhere.Keys.Except(readers.Select(NameOf)).Order());
        await using var fixture = await IngestionFixture.OpenAsync(more: services => services.AddAccessControl());
        Assert.All(Noted, n => Assert.IsType(n.Value, fixture.Services.GetRequiredService(n.Key), exactMatch: true));
    }

    [Fact]
    public void Only_those_who_note_more_exactly_themselves_use_a_reader_that_notes_nothing() => Assert.Equal(
        ["CaseExport.cs", "DemoHistory.cs", "DemoSeed.cs", "EvidenceMaker.cs", "LetterExport.cs", "LiveMessage.razor",
            "MessageEndpoints.cs",
            "MessageTracer.cs", "NotedReaders.cs", "SubjectReader.cs", "WorkExport.cs"],
        Directory.EnumerateFiles(Path.Combine(Portal.Ingestion.Hosting.ConfigurationFile.Root, "Portal"),
            "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor"
                && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal))
            .Where(f => Unnoted().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
            ? methods.Where(m => m is "GET" or "POST").Where(m =>
                m == "GET" || !endpoint.Metadata.Any(d => d is Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata))
            : ["GET"];

    private static string NameOf((Type Type, MethodInfo Method) reader) => $"{reader.Type.Name}.{reader.Method.Name}";

    // Persons are in recipients, numbers and exact bytes.
    private static bool GivesPersons(Type type, HashSet<Type> seen)
    {
        if (type == typeof(LetterRecipient) || type == typeof(CprNumber) || type == typeof(ContentReading) || type == typeof(byte[])
            || type == typeof(MessageDetail) || type == typeof(JournalProofs)) return true;
        if (!seen.Add(type)) return false;
        if (type.IsGenericType && type.GetGenericArguments().Any(a => GivesPersons(a, seen))) return true;
        return type.Namespace?.StartsWith("Portal.", StringComparison.Ordinal) == true
            && type.GetProperties().Any(p => p.Name.Contains("Recipient", StringComparison.Ordinal) || GivesPersons(p.PropertyType, seen));
    }

    private static async Task<(string CaseNumber, string BeskedId)> MakeAsync(
        HostedPortal portal, string action = KnownHandlinger.AfleveretDigitalPost)
    {
        var uuid = Guid.NewGuid().ToString();
        var caseNumber = $"row-{uuid[..8]}";
        using (var made = await portal.RegisterAsync(Wire.Letter(caseNumber, uuid, "L-" + caseNumber)))
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var (id, bytes) = Wire.Status(uuid, action, "2026-02-13T12:22:05+01:00");
        using var pushed = await portal.PushAsync(bytes);
        await PortalProcess.EventuallyAsync(
            () => portal.GetAsync($"/api/beskeder?caseNumber={caseNumber}"), list => list["items"]!.AsArray().Count == 1);
        return (caseNumber, id.ToLowerInvariant());
    }

    private static async Task<HttpResponseMessage> AskAsync(HostedPortal portal, string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", "text/html,application/json");
        if (method == "POST") request.Content = JsonContent.Create(body ?? new { purpose = "prøve" });
        if (IsOfPrograms(path)) return await portal.Http.SendAsync(request);
        using var person = await portal.SignedInAsync(Person.Role);
        return await person.SendAsync(request);
    }

    private static Persona Person { get; } = Persona.All.Single(p => p.Role == PortalRoles.Administrator);

    // Programs call by key, pages are for people.
    private static bool IsOfPrograms(string path) => path.StartsWith("/api/", StringComparison.Ordinal);

    // The search for the case when it was made is a line about it too.
    private static async Task<int> LinesAsync(HostedPortal portal, string about) =>
        (await portal.GetAsync($"/api/adgangslog?text={Uri.EscapeDataString(about)}"))["items"]!.AsArray()
            .Count(l => l!["kind"]!.GetValue<string>() != "message-search");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\bUnnoted\b")]
    private static partial Regex Unnoted();
}
