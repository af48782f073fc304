using System.Globalization;
using System.Net;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Platform.Access.OpenId;

/// <summary>A ticket as large as a municipality with thousands of units can make it, and larger.</summary>
public sealed class BigTicketTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly Viewer Administrator =
        new("a", "A", PortalRoles.RightsOf(PortalRoles.Administrator), [ApiHost.Own], TypeScope.None);

    private static string Group(string cvr, string role, string constraint = "") =>
        $"<PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:{cvr}\"><Privilege>http://x/{role}/1</Privilege>{constraint}"
        + "</PrivilegeGroup>";

    // Base64, as the claim has it; the XML is as long as it can be and not longer than this.
    private static string Ticket(int bytes, Func<int, string> group)
    {
        const string End = "</b:PrivilegeList>";
        var xml = new StringBuilder("<b:PrivilegeList xmlns:b=\"http://itst.dk/oiosaml/basic_privilege_profile\">");
        for (var n = 0; ; n++)
        {
            var next = group(n);
            if (xml.Length + next.Length + End.Length > bytes) break;
            xml.Append(next);
        }

        return Convert.ToBase64String(Encoding.UTF8.GetBytes(xml.Append(End).ToString()));
    }

    [Fact]
    public async Task Privileges_of_a_megabyte_sign_in_with_what_they_give_here_and_the_cookie_stays_small()
    {
        await using var flow = await SignInFlow.StartAsync(("Auth:OpenIdConnect:PrivilegesClaim", "privileges"));
        flow.Provider.Claims["privileges"] = Ticket(Megabyte, n => n == 0
            ? Group(ApiHost.Own, "leder")
            : Group((10000000 + n).ToString(CultureInfo.InvariantCulture), "administrator"));
        Assert.Equal("/side", await flow.SignInAsync());
        Assert.Equal(HttpStatusCode.OK, (await flow.GetAsync("/side")).StatusCode);
        var session = Assert.Single(await flow.Host.Get<ISessions>().ReadAsync(Administrator, TestContext.Current.CancellationToken));
        Assert.Equal([PortalRoles.Manager], session.Roles);
        Assert.Equal([ApiHost.Own], session.Authorities);
        Assert.True(flow.Cookies.Sum(c => c.Key.Length + c.Value.Length) < 4096);

        // Signing out leads to the provider by an address that servers take.
        var answer = await flow.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/logout"));
        var leads = answer.Headers.Location!.OriginalString;
        Assert.StartsWith($"{CrookedProvider.Issuer}/end", leads, StringComparison.Ordinal);
        Assert.Contains($"client_id={CrookedProvider.ClientId}", leads, StringComparison.Ordinal);
        Assert.True(leads.Length < 4096);
    }

    [Fact]
    public async Task Privileges_larger_than_any_are_refused_on_a_page_and_the_portal_goes_on()
    {
        await using var flow = await SignInFlow.StartAsync(("Auth:OpenIdConnect:PrivilegesClaim", "privileges"));
        flow.Provider.Claims["privileges"] = Ticket(8 * Megabyte, _ => Group(ApiHost.Own, "administrator"));
        Assert.StartsWith("/login?besked=", await flow.SignInAsync(), StringComparison.Ordinal);
        Assert.Empty(await flow.Host.Get<ISessions>().ReadAsync(Administrator, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(flow.Host.Lines.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
        flow.Provider.MakeGood();
        flow.Provider.Claims["privileges"] = Ticket(1000, _ => Group(ApiHost.Own, "leder"));
        Assert.Equal("/side", await flow.SignInAsync());
    }
}
