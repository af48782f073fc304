using Microsoft.AspNetCore.Http;
using Portal.Platform.Http;
using Xunit;

namespace Portal.Tests.Platform.Http;

/// <summary>A page's address never holds a person number.</summary>
public sealed class NumberFreeAddressTests
{
    [Theory]
    [InlineData("/sager/0203641234", "", "/sager/020364-xxxx")]
    [InlineData("/sager", "?text=020364-1234&from=2026-01-01", "/sager?text=020364-xxxx&from=2026-01-01")]
    [InlineData("/login", "?returnUrl=%2Fsager%2F020364%252D1234", "/login?returnUrl=%2Fsager%2F020364-xxxx")]
    [InlineData("//ond.dk/0203641234", "", "/")]
    [InlineData("/sager/26-0412", "?text=huslejen%C3%A6vn", null)]
    [InlineData("/api/sager/0203641234", "", null)]
    [InlineData("/signin-oidc", "?code=0203641234", null)]
    public void It_leads_to_the_same_address_with_the_number_masked(string path, string query, string? masked)
    {
        var request = Request(path, query);
        Assert.Equal(masked, NumberFreeAddresses.Masked(request));
        request.Headers.Accept = "application/json";
        Assert.Null(NumberFreeAddresses.Masked(request));
    }

    [Fact]
    public void What_it_leads_to_is_led_no_further()
    {
        foreach (var (text, _) in Ingestion.Letters.CprTexts.Masked)
        {
            if (NumberFreeAddresses.Masked(Request("/sager", "?text=" + Uri.EscapeDataString(text))) is not { } masked) continue;
            var parts = masked.Split('?');
            Assert.Null(NumberFreeAddresses.Masked(Request(parts[0], parts.Length > 1 ? "?" + parts[1] : "")));
        }
    }

    private static HttpRequest Request(string path, string query)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = ("GET", path, new QueryString(query));
        context.Request.Headers.Accept = "text/html,application/xhtml+xml";
        return context.Request;
    }
}
