using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Profile;
using Xunit;

namespace Portal.Tests.Platform.Access.Profile;

/// <summary>With a privileges claim, roles and authorities come from it alone, each at its authority and within its limits.</summary>
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
    public void A_privilege_with_a_limit_gives_its_role_within_it_and_foreign_authorities_give_nothing()
    {
        var limited = Assert.Single(Read(List(("55133018", "administrator", Kle))).Roles);
        Assert.Equal((PortalRoles.Administrator, "55133018"), (limited.Role, limited.Authority));
        Assert.Equal(["27.*"], limited.Limits.Kle!);
        Assert.Empty(Read(List(("11111111", "administrator", ""))).Authorities);
        Assert.Equal([(PortalRoles.Administrator, false), (PortalRoles.Manager, true)],
            Read(List(("55133018", "administrator", Kle), ("55133018", "leder", ""))).Roles.Select(r => (r.Role, r.Limits.IsNone)));
    }

    [Fact]
    public void A_group_with_a_constraint_that_nobody_knows_is_closed_and_the_person_is_told()
    {
        var given = Read(List(("55133018", "administrator", "<Constraint Name=\"maane\">fuld</Constraint>"), ("55133018", "leder", "")));
        Assert.Equal([PortalRoles.Manager], given.Roles.Select(r => r.Role));
        Assert.Equal((PrivilegeFault.ConstraintName, "maane"), (given.Notes[0].Fault, given.Notes[0].Text));
        var principal = ViewerClaims.Of("mette", "Mette", given, []);
        Assert.Equal(given.Notes, ViewerClaims.NotesOf(principal));
    }

    [Fact]
    public void Several_authorities_add_up_and_roles_of_one_never_hold_at_another()
    {
        var given = Read(List(("29189846", "administrator", Kle), ("55133018", "leder", "")));
        Assert.Equal(["55133018", "29189846"], given.Authorities);
        var viewer = ViewerClaims.Read(ViewerClaims.Of("mette", "Mette", given, []));
        Assert.Equal(["55133018"], viewer.AuthoritiesOf(ViewerRights.Chains).Except(["29189846"]));
        Assert.Equal(["29189846"], viewer.AuthoritiesOf(ViewerRights.Cases));
        Assert.Empty(viewer.WholeAuthoritiesOf(ViewerRights.Cases));
        Assert.False(viewer.At("55133018").May(ViewerRights.Messages));
        Assert.Equal(given.Roles, ViewerClaims.RolesOf(ViewerClaims.Of("mette", "Mette", given, [])));
    }

    [Fact]
    public void What_no_limit_narrows_needs_a_role_without_limits()
    {
        var given = Read(List(("55133018", "administrator", Kle)));
        var viewer = ViewerClaims.Read(ViewerClaims.Of("mette", "Mette", given, []));
        foreach (var whole in (ViewerRights[])[ViewerRights.Quarantine, ViewerRights.Catalogue, ViewerRights.Operate])
            Assert.False(viewer.May(whole), whole.ToString());
        Assert.True(viewer.May(ViewerRights.Messages | ViewerRights.Cases | ViewerRights.ExactBytes));
    }
}
