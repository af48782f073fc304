using System.Net;
using Microsoft.AspNetCore.Http;
using Portal.Platform.Ui;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Shell;

public sealed class LanguageTests
{
    private const string Cookie = ".AspNetCore.Culture=";

    [Theory]
    [InlineData("/sager?q=26-0412", "/sager?q=26-0412")]
    [InlineData("/sager/26%2F04", "/sager/26%2F04")]
    [InlineData("/sprogcenter", "/sprogcenter")]
    [InlineData("/søg", "/s%C3%B8g")]
    [InlineData("/sprog?kultur=en?", "/")]
    [InlineData("/SPROG", "/")]
    [InlineData("/logout#x", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/æ/..//evil.example/", "/%C3%A6/..//evil.example/")]
    [InlineData("/.æ/../\u2028/evil.example/", "/.%C3%A6/../%E2%80%A8/evil.example/")]
    [InlineData("/a\\b", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("sager", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Nobody_is_led_to_another_site_or_round_in_a_circle(string? wanted, string led) => Assert.Equal(led, LocalPath.Of(wanted));

    private static async Task<HttpResponseMessage> ChooseAsync(ApiHost host, string culture, string returnUrl)
    {
        using var form = new HttpRequestMessage(HttpMethod.Post, LanguageChoice.Path) { Content = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["kultur"] = culture, ["returnUrl"] = returnUrl }) };
        return await host.Anonymous.Ask(form);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_and_is_no_fault_of_ours()
    {
        await using var host = await ApiHost.StartAsync("Production");
        var many = new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"a{i}", "b")));
        var longName = new FormUrlEncodedContent([KeyValuePair.Create(new string('a', 5000), "b")]);
        foreach (var form in (HttpContent[])[many, longName])
        {
            var answer = await host.Anonymous.Post(LanguageChoice.Path, form);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("Intet er gemt", await answer.Text(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("da")]
    public async Task A_choice_is_kept_and_leads_back_with_its_query(string culture)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await ChooseAsync(host, culture, "/opfoelgning?grund=failed&ejer=ingen");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/opfoelgning?grund=failed&ejer=ingen", answer.Headers.Location?.OriginalString);
        Assert.Contains(Cookie + Uri.EscapeDataString($"c={culture}|uic={culture}"), answer.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en?")]
    [InlineData("EN")]
    [InlineData("xx")]
    [InlineData("")]
    [InlineData("da|uic=ar")]
    public async Task What_is_no_language_of_ours_is_never_stored(string culture)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await ChooseAsync(host, culture, "/sager");
        Assert.Equal("/sager", answer.Headers.Location?.OriginalString);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("http://localhost/sager?q=a", "/sager?q=a")]
    [InlineData("http://localhost/sprog?kultur=en?", "/")]
    [InlineData("http://evil.example/sager", "/")]
    [InlineData(null, "/")]
    public async Task A_link_to_a_language_leads_back_to_where_it_stood_and_never_to_itself(string? referrer, string led)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{LanguageChoice.Path}?kultur=en");
        if (referrer is not null) request.Headers.Add("Referer", referrer);
        var answer = await host.Anonymous.Ask(request);
        Assert.Equal(led, answer.Headers.Location?.OriginalString);
        Assert.Contains("c%3Den", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9", true)]
    [InlineData("de,en;q=0.5", true)]
    [InlineData("da,en-US;q=0.9,en;q=0.8", false)]
    [InlineData("en;q=0.7,da-DK;q=0.8", false)]
    [InlineData("en;q=0,da", false)]
    [InlineData("fr", false)]
    [InlineData("", false)]
    [InlineData("da,,;q=x,en", false)]
    public void English_is_offered_to_browsers_that_ask_for_it_before_danish(string header, bool offered)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = header;
        Assert.Equal(offered, LanguageChoice.PrefersEnglish(context.Request));
    }
}
