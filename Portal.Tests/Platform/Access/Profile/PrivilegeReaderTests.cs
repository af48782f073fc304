using System.Text;
using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Profile;
using Xunit;

namespace Portal.Tests.Platform.Access.Profile;

/// <summary>Privileges of the OIO basic privilege profile: what is given, and that damage gives less, never more.</summary>
public sealed class PrivilegeReaderTests
{
    private const string Itst = "http://itst.dk/oiosaml/basic_privilege_profile";
    private const string Kle = "http://sts.kombit.dk/constraints/KLE/1";
    private const string Unit = "http://sts.kombit.dk/constraints/orgenhed/1";
    private const string Sensitivity = "http://sts.kombit.dk/constraints/foelsomhed/1";
    private const string Roles = "http://portal.example.dk/roles/usersystemrole/";
    private const string UnitA = "5a1b0c9e-0000-4000-8000-000000000001";

    private static string Cvr(string number) => "urn:dk:gov:saml:cvrNumberIdentifier:" + number;

    private static string Group(string inside, string scope = "urn:dk:gov:saml:cvrNumberIdentifier:55133018", string prefix = "") =>
        $"<{prefix}PrivilegeGroup Scope=\"{scope}\">{inside}</{prefix}PrivilegeGroup>";

    private static string Privilege(string role) => $"<Privilege>{Roles}{role}/1</Privilege>";

    private static string Constraint(string name, string value) => $"<Constraint Name=\"{name}\">{value}</Constraint>";

    private static string List(string groups, string ns = Itst) => $"<bpp:PrivilegeList xmlns:bpp=\"{ns}\">{groups}</bpp:PrivilegeList>";

    private static PrivilegeReading Read(string xml, PrivilegeMap? map = null) =>
        PrivilegeReader.Read(Convert.ToBase64String(Encoding.UTF8.GetBytes(xml)), map ?? PrivilegeMap.Shipped);

    private static PrivilegeGrant One(string xml)
    {
        var reading = Read(xml);
        Assert.Empty(reading.Notes);
        return Assert.Single(reading.Grants);
    }

    [Fact]
    public void A_group_gives_its_roles_to_its_authority_within_its_constraints()
    {
        var grant = One(List(Group(
            Privilege("sagsbehandler") + Constraint(Kle, "27.45.*") + Constraint(Unit, $"{UnitA.ToUpperInvariant()}, {{{UnitA}}}"))));
        Assert.Equal(("55133018", PortalRoles.Caseworker), (grant.Authority, grant.Role));
        Assert.Equal(new AccessLimits(["27.45.*"], [UnitA], null), grant.Limits);
    }

    [Theory]
    [InlineData("http://itst.dk/oiosaml/basic_privilege_profile", "")]
    [InlineData("http://digst.dk/oiosaml/basic_privilege_profile", "")]
    [InlineData("http://digst.dk/oiosaml/basic_privilege_profile", "bpp:")]
    public void Both_namespaces_are_taken_with_children_qualified_or_not(string ns, string prefix) =>
        Assert.Equal(PortalRoles.Manager, One(List(Group(
            $"\n  <{prefix}Privilege>\n {Roles}leder/1 </{prefix}Privilege><!-- efter -->", prefix: prefix), ns)).Role);

    [Fact]
    public void The_place_of_a_constraint_in_its_group_does_not_matter()
    {
        var (first, last) = (Constraint(Kle, "32.*") + Privilege("leder"), Privilege("leder") + Constraint(Kle, "32.*"));
        Assert.Equal(One(List(Group(first))), One(List(Group(last))));
    }

    [Fact]
    public void Groups_add_up_over_authorities_and_several_privileges_share_their_groups_constraints()
    {
        var reading = Read(List(
            Group(Privilege("sagsbehandler") + Privilege("leder") + Constraint(Kle, "27.*"))
            + Group(Privilege("administrator"), Cvr("29189846"))));
        Assert.Equal(
            [("55133018", "sagsbehandler", false), ("55133018", "leder", false), ("29189846", "administrator", true)],
            reading.Grants.Select(g => (g.Authority, g.Role, g.Limits.IsNone)));
    }

    [Theory]
    [InlineData("urn:dk:gov:saml:productionUnitIdentifier:1003388394")]
    [InlineData("urn:dk:gov:saml:cprNumberIdentifier:0101011234")]
    [InlineData("urn:dk:gov:saml:cvrNumberIdentifier:5513301")]
    [InlineData("urn:dk:gov:saml:cvrNumberIdentifier:551330180")]
    [InlineData("urn:dk:gov:saml:cvrNumberIdentifier:٥٥١٣٣٠١٨")]
    [InlineData("")]
    public void Another_scope_gives_nothing_and_shows_no_persons_number(string scope)
    {
        var reading = Read(List(Group(Privilege("administrator"), scope)));
        Assert.Empty(reading.Grants);
        var note = Assert.Single(reading.Notes);
        Assert.Equal(PrivilegeFault.Scope, note.Fault);
        Assert.DoesNotContain("0101011234", note.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://sts.kombit.dk/constraints/KLE/1", "27.45.*,rod", PrivilegeFault.ConstraintValue)]
    [InlineData("http://sts.kombit.dk/constraints/KLE/1", "", PrivilegeFault.ConstraintValue)]
    [InlineData("http://sts.kombit.dk/constraints/KLE/1", "*", PrivilegeFault.ConstraintValue)]
    [InlineData("http://sts.kombit.dk/constraints/KLE/1", "27*", PrivilegeFault.ConstraintValue)]
    [InlineData("http://sts.kombit.dk/constraints/orgenhed/1", "Boligstøtte", PrivilegeFault.ConstraintValue)]
    [InlineData("http://sts.kombit.dk/constraints/geografi/1", "8000", PrivilegeFault.ConstraintName)]
    [InlineData("", "27.*", PrivilegeFault.ConstraintName)]
    public void A_constraint_that_cannot_be_read_closes_its_group_and_no_other(string name, string value, PrivilegeFault fault)
    {
        var reading = Read(List(Group(Privilege("sagsbehandler") + Constraint(name, value)) + Group(Privilege("leder"))));
        Assert.Equal([PortalRoles.Manager], reading.Grants.Select(g => g.Role));
        Assert.Equal(fault, Assert.Single(reading.Notes).Fault);
    }

    [Fact]
    public void Constraints_of_one_kind_give_what_they_have_in_common()
    {
        Assert.Equal(["27.45.*"], One(List(Group(
            Constraint(Kle, "27.*,32.*") + Privilege("leder") + Constraint(Kle, "27.45.*,41.*")))).Limits.Kle!);
        Assert.Equal(PrivilegeFault.ConstraintEmpty, Assert.Single(
            Read(List(Group(Constraint(Kle, "27.*") + Privilege("leder") + Constraint(Kle, "32.*")))).Notes).Fault);
    }

    [Fact]
    public void Sensitivity_is_a_limit_by_class()
    {
        const string Open = "1d81c472-0808-44cc-963d-f5ef0170ae1d";
        Assert.Equal([Open], One(List(Group(Constraint(Sensitivity, $"urn:uuid:{Open}"[9..]) + Privilege("leder")))).Limits.Sensitivities!);
    }

    [Fact]
    public void A_role_goes_by_the_map_and_else_by_its_name_and_an_unknown_one_gives_nothing()
    {
        var map = new PrivilegeMap(
            new Dictionary<string, string> { ["urn:vores:rolle"] = PortalRoles.Facilitator, [$"{Roles}leder/1"] = "findes ikke" },
            PrivilegeMap.ShippedConstraints);
        var reading = Read(
            List(Group($"<Privilege>urn:vores:rolle</Privilege>{Privilege("leder")}{Privilege("Sagsbehandler")}{Privilege("chef")}")), map);
        Assert.Equal([PortalRoles.Facilitator, PortalRoles.Caseworker], reading.Grants.Select(g => g.Role));
        Assert.Equal([PrivilegeFault.Role, PrivilegeFault.Role], reading.Notes.Select(n => n.Fault));
    }

    [Theory]
    [InlineData("<PrivilegeList/>")]
    [InlineData("<a:PrivilegeList xmlns:a='http://itst.dk/oiosaml/other'/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><a:PrivilegeList xmlns:a='http://itst.dk/oiosaml/basic_privilege_profile'/>")]
    [InlineData("rod")]
    [InlineData("")]
    public void What_is_no_privilege_list_gives_nothing(string xml)
    {
        var reading = Read(xml);
        Assert.Empty(reading.Grants);
        if (xml.Length > 0) Assert.Equal(PrivilegeFault.Unreadable, Assert.Single(reading.Notes).Fault);
    }

    [Fact]
    public void Rubbish_and_a_list_of_megabytes_give_nothing()
    {
        var whole = List(Group(Privilege("administrator")));
        Assert.Empty(PrivilegeReader.Read("#¤%&", PrivilegeMap.Shipped).Grants);
        Assert.Empty(PrivilegeReader.Read(Convert.ToBase64String([0xff, 0xfe, 0x00]), PrivilegeMap.Shipped).Grants);
        Assert.Empty(PrivilegeReader.Read(null, PrivilegeMap.Shipped).Notes);
        Assert.Empty(Read(List(Group(Privilege("administrator")) + new string(' ', PrivilegeReader.MaxLength))).Grants);
        Assert.Single(Read(List(Group(Privilege("administrator")) + new string(' ', 1024 * 1024))).Grants);
        Assert.Single(Read('\uFEFF' + whole).Grants);
        Assert.Empty(Read(List(Group("<Privilege><b>dybt</b></Privilege>") + Group(Privilege("administrator")))).Grants);
    }

    [Fact]
    public void A_list_cut_anywhere_or_with_any_character_changed_never_gives_another_authority_or_a_wider_limit()
    {
        var xml = List(Group(Constraint(Kle, "27.45.*") + Privilege("sagsbehandler")) + Group(Privilege("leder"), Cvr("29189846")));
        var whole = Read(xml).Grants;
        Gen.Select(Gen.Int[0, xml.Length - 1], Gen.Char[' ', '~'], Gen.Bool).Sample((at, other, cut) =>
        {
            var grants = Read(cut ? xml[..at] : xml[..at] + other + xml[(at + 1)..]).Grants;
            if (cut) return grants.Count == 0;

            // A changed digit is another number, and a changed pattern another limit: no limit disappears.
            return grants.All(g => g.Role != PortalRoles.Caseworker || g.Limits.Kle is not null) && grants.Count <= whole.Count;
        });
    }

    [Theory]
    [InlineData("27.45.12", "27.45.12", true)]
    [InlineData("27.45.12", "27.45.*", true)]
    [InlineData("27.45.12", "27.*", true)]
    [InlineData("27.45", "27.45.*", true)]
    [InlineData("27.45.12", "27.4.*", false)]
    [InlineData("27.46.12", "27.45.*", false)]
    [InlineData("27.45", "27.45.12", false)]
    [InlineData("270.45", "27.*", false)]
    public void A_number_is_within_a_pattern_by_whole_parts(string number, string pattern, bool within) =>
        Assert.Equal(within, Portal.Ingestion.Domain.Kle.IsWithin(number, pattern));
}
