using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>Short names for HTTP calls; each ends when the test is cancelled.</summary>
internal static class ApiCalls
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative), Ended);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, HttpContent content) =>
        client.PostAsync(new Uri(path, UriKind.Relative), content, Ended);

    public static Task<HttpResponseMessage> PostJson(this HttpClient client, string path, string json) =>
        client.Post(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public static Task<HttpResponseMessage> Ask(this HttpClient client, HttpRequestMessage request) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ended);

    public static Task<string> Text(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Ended);

    public static async Task<JsonNode> Json(this HttpResponseMessage answer) => JsonNode.Parse(await answer.Text())!;

    /// <summary>The names of an object's fields, in order.</summary>
    public static string Fields(this JsonNode? node) => string.Join(' ', node!.AsObject().Select(f => f.Key));

    public static bool IsNull(this JsonNode? node) => node is null || node.GetValueKind() == JsonValueKind.Null;
}
