using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.OpenId;
using Xunit;

namespace Portal.Tests.Platform.Access.Profile;

/// <summary>With a privileges claim, roles and authorities come from it alone, and a limit that cannot be kept gives nothing.</summary>
public sealed class ProfilePrivilegesTests
{
    private const string Kle = "<Constraint Name=\"http://sts.kombit.dk/constraints/KLE/1\">27.*</Constraint>";

    private static readonly OpenIdSettings Settings = OpenIdSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["Auth:OpenIdConnect:Authority"] = "https://login.invalid", ["Auth:OpenIdConnect:ClientId"] = "portal",
            ["Auth:OpenIdConnect:ClientSecret"] = "hemmelig", ["Auth:OpenIdConnect:PrivilegesClaim"] = "priv",
            ["Auth:RoleMap:http://eksempel.dk/chef/1"] = "leder",
        }).Build());

    private static Claim List(params (string Cvr, string Role, string More)[] groups) => new("priv", Convert.ToBase64String(
        Encoding.UTF8.GetBytes("<b:PrivilegeList xmlns:b=\"http://itst.dk/oiosaml/basic_privilege_profile\">"
            + string.Concat(groups.Select(g => $"<PrivilegeGroup Scope=\"urn:dk:gov:saml:cvrNumberIdentifier:{g.Cvr}\">"
                + $"<Privilege>http://eksempel.dk/{g.Role}/1</Privilege>{g.More}</PrivilegeGroup>"))
            + "</b:PrivilegeList>")));

    private static Portal.Platform.Access.Claims.Privileges Read(params Claim[] claims) => new ProfilePrivileges(
        Settings, new PortalSettings { Cvr = ["55133018", "29189846"] }, NullLogger<ProfilePrivileges>.Instance).Read(claims);

    [Fact]
    public void Roles_come_from_the_profile_alone_and_never_from_plain_claims()
    {
        var given = Read(
            List(("55133018", "sagsbehandler", ""), ("55133018", "chef", "")), new("roles", "administrator"), new("cvr", "29189846"));
        Assert.Equal([PortalRoles.Caseworker, PortalRoles.Manager], given.Roles.Select(r => r.Role));
        Assert.Equal(["55133018"], given.Authorities);
        Assert.Empty(Read(new Claim("roles", "administrator"), new Claim("cvr", "55133018")).Roles);
    }

    [Fact]
    public void A_privilege_with_a_limit_gives_nothing_and_foreign_authorities_neither()
    {
        Assert.Empty(Read(List(("55133018", "administrator", Kle))).Roles);
        Assert.Empty(Read(List(("11111111", "administrator", ""))).Authorities);
        Assert.Equal(
            PortalRoles.Manager, Assert.Single(Read(List(("55133018", "administrator", Kle), ("55133018", "leder", ""))).Roles).Role);
    }

    [Fact]
    public void Roles_of_one_authority_never_hold_at_another()
    {
        var given = Read(List(("29189846", "administrator", ""), ("55133018", "leder", "")));
        Assert.Equal((PortalRoles.Manager, "55133018"), (Assert.Single(given.Roles).Role, Assert.Single(given.Authorities)));
        Assert.Equal(["29189846"], Read(List(("29189846", "administrator", ""))).Authorities);
    }
}
