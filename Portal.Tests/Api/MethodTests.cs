using System.Net;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>An existing address answers an unsupported method with 405 and the supported methods, whoever the caller is.</summary>
public sealed class MethodTests
{
    [Theory]
    [InlineData("GET", "/beskedfordeler/modtag", "POST")]
    [InlineData("HEAD", "/beskedfordeler/modtag", "POST")]
    [InlineData("PUT", "/beskedfordeler/modtag", "POST")]
    [InlineData("DELETE", "/beskedfordeler/modtag", "POST")]
    [InlineData("OPTIONS", "/beskedfordeler/modtag", "POST")]
    [InlineData("GET", "/api/forsendelser", "POST")]
    [InlineData("GET", "/api/sager/soeg", null)]
    [InlineData("POST", "/api/beskeder", "GET")]
    [InlineData("DELETE", "/api/opfoelgning", "GET")]
    [InlineData("PATCH", "/api/effektkaeder", "GET, POST")]
    [InlineData("POST", "/health/live", "GET")]
    [InlineData("DELETE", "/metrics", "GET, HEAD")]
    [InlineData("TRACE", "/api/beskeder", "GET")]
    [InlineData("TRACE", "/health/live", "GET")]
    public async Task Another_method_is_405_with_those_that_are_taken_without_a_key_and_with_one(string method, string path, string? allow)
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var accept in (string?[])[null, "text/html"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            if (accept is not null) request.Headers.Accept.ParseAdd(accept);
            var answer = await host.Anonymous.Ask(request);
            if (allow is null)
            {
                Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
                continue;
            }

            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal(allow.Split(", "), answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
        }
    }
}
