using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Tests.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>The worklist over HTTP, read from a real database.</summary>
public sealed class WorklistApiTests : IAsyncLifetime
{
    private const string Call = "/api/opfoelgning";
    private const string Other = "12345678";
    private LettersFixture _letters = null!;
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _letters = await LettersFixture.OpenAsync();
        _host = await ApiHost.StartWithAsync(
            services => services.AddSingleton<ICaseReader>(_letters.Cases),
            ("Api:Keys:0:Name", "fagsystem"), ("Api:Keys:0:Key", "own"), ("Api:Keys:0:Cvr", ApiHost.Own),
            ("Api:Keys:0:Scopes:0", "evidence:read"), ("Api:Keys:1:Name", "nabo"), ("Api:Keys:1:Key", "neighbour"),
            ("Api:Keys:1:Cvr", Other), ("Api:Keys:1:Scopes:0", "evidence:read"), ("Api:Keys:2:Name", "skriver"),
            ("Api:Keys:2:Key", "writer"), ("Api:Keys:2:Cvr", ApiHost.Own), ("Api:Keys:2:Scopes:0", "letters:write"));

        // Five failed letters, one returned, one status without a letter, and one letter of another authority.
        for (var n = 1; n <= 5; n++) await FailAsync($"brev-{n}", $"uuid-{n}", n);
        await _letters.RegisterAsync(LettersFixture.Letter("brev-6", "uuid-6") with { SentAt = _letters.Time.GetUtcNow() });
        await _letters.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 7, "uuid-6", codes: "1");
        await _letters.StatusAsync(KnownHandlinger.Klar, 1, "uuid-9");
        await FailAsync("fremmed", "uuid-8", 3, Other);
        _letters.Time.Advance(TimeSpan.FromHours(2));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _letters.DisposeAsync();
    }

    [Fact]
    public async Task Pages_follow_each_other_by_cursor_newest_first_each_row_once()
    {
        var (seen, cursor) = (new List<JsonNode>(), "");
        do
        {
            var page = await (await _host.WithKey("own").Get($"{Call}?limit=3{cursor}")).Json();
            Assert.Equal("items cursor", page.Fields());
            seen.AddRange(page["items"]!.AsArray().Select(i => i!.DeepClone()));
            cursor = page["cursor"].IsNull() ? "" : $"&cursor={(string)page["cursor"]!}";
        }
        while (cursor.Length > 0);

        Assert.All(seen, i => Assert.Equal("id reason caseNumber letterId beskedId since assignedTo", i.Fields()));
        Assert.Equal(7, seen.Select(i => (string)i["id"]!).Distinct().Count());
        Assert.Equal(7, seen.Count);
        Assert.Equal(
            seen.OrderByDescending(i => (DateTimeOffset)i["since"]!).Select(i => (string)i["id"]!), seen.Select(i => (string)i["id"]!));
        Assert.DoesNotContain(seen, i => (string?)i["letterId"] == "fremmed");
        Assert.Equal("besked-7", (string?)seen.Single(i => (string)i["reason"]! == "unmatched")["beskedId"]);
    }

    [Theory]
    [InlineData("failed", 5)]
    [InlineData("returned", 1)]
    [InlineData("unmatched", 1)]
    [InlineData("ambiguous", 0)]
    [InlineData("contradiction", 0)]
    [InlineData("evidence-missing", 0)]
    public async Task A_reason_narrows_the_list(string reason, int count)
    {
        var items = (await (await _host.WithKey("own").Get($"{Call}?reason={reason}")).Json())["items"]!.AsArray();
        Assert.Equal(count, items.Count);
        Assert.All(items, i => Assert.Equal(reason, (string?)i!["reason"]));
    }

    [Theory]
    [InlineData("reason=vred", "reason")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=vr%C3%B8vl", "cursor")]
    public async Task A_wrong_question_is_400_and_names_the_field(string query, string field)
    {
        var answer = await _host.WithKey("own").Get($"{Call}?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (string?)(await answer.Json())["field"]);
    }

    [Fact]
    public async Task Another_authority_has_its_own_list_and_nothing_of_ours()
    {
        var items = (await (await _host.WithKey("neighbour").Get(Call)).Json())["items"]!.AsArray();
        Assert.Equal("fremmed", (string?)Assert.Single(items)!["letterId"]);
        Assert.Equal(1, await _letters.Cases.AttentionCountAsync(LettersFixture.Caseworker(Other), TestContext.Current.CancellationToken));
        Assert.Equal(7, await _letters.Cases.AttentionCountAsync(LettersFixture.Caseworker(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(PortalRoles.Caseworker, HttpStatusCode.OK)]
    [InlineData(PortalRoles.Administrator, HttpStatusCode.OK)]
    [InlineData(PortalRoles.Manager, HttpStatusCode.Forbidden)]
    [InlineData(PortalRoles.Facilitator, HttpStatusCode.Forbidden)]
    public async Task Only_who_may_see_cases_reads_it(string role, HttpStatusCode status) =>
        Assert.Equal(status, (await (await _host.SignedInAsync(role)).Get(Call)).StatusCode);

    [Fact]
    public async Task A_key_without_the_scope_is_refused_and_nobody_is_asked_to_sign_in()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.WithKey("writer").Get(Call)).StatusCode);
        var stranger = await _host.Anonymous.Get(Call);
        Assert.Equal((HttpStatusCode.Unauthorized, null), (stranger.StatusCode, stranger.Headers.Location));
    }

    [Theory]
    [InlineData("POST", Call)]
    [InlineData("PUT", Call)]
    [InlineData("DELETE", Call)]
    [InlineData("PATCH", Call + "/l-1")]
    [InlineData("POST", Call + "/l-1")]
    public async Task Rows_are_worked_on_by_people_at_the_page_alone(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method),
            path) { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
        Assert.Contains((await _host.WithKey("own").Ask(request)).StatusCode,
            (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed]);
        Assert.Equal(7, await _letters.Cases.AttentionCountAsync(LettersFixture.Caseworker(), TestContext.Current.CancellationToken));
    }

    private async Task FailAsync(string id, string uuid, int hours, string cvr = ApiHost.Own)
    {
        await _letters.RegisterAsync(LettersFixture.Letter(id, uuid), cvr);
        await _letters.StatusAsync(KnownHandlinger.Fejlet, hours, uuid, cvr: cvr);
    }
}
