using Portal.Features.Reports;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>A report's PDF in memory is given to those alone who would get the same.</summary>
public sealed class ReportCacheTests
{
    private const string A = "55133018", B = "19438414";
    private static readonly AccessLimits Kle = new(["32.*"], null, null);

    private static Viewer With(params (string Cvr, string Role, AccessLimits? Limits)[] roles) => Viewer.Of(
        "m", "M", roles.Select(r => new Grant(r.Cvr, PortalRoles.RightsOf(r.Role), TypeScope.None, r.Limits ?? AccessLimits.None)));

    [Fact]
    public void People_who_see_the_chains_of_the_same_authorities_share_it_whatever_their_roles() => Assert.Equal(
        ReportMaker.CachedFor(With((A, PortalRoles.Manager, null))),
        ReportMaker.CachedFor(With((A, PortalRoles.Administrator, null))));

    [Fact]
    public void Who_sees_the_chains_of_one_authority_and_cases_of_another_does_not_get_the_report_of_both()
    {
        var both = ReportMaker.CachedFor(With((A, PortalRoles.Manager, null), (B, PortalRoles.Manager, null)));
        foreach (var role in (string[])[PortalRoles.Caseworker, "ingen"])
            Assert.NotEqual(both, ReportMaker.CachedFor(With((A, PortalRoles.Manager, null), (B, role, null))));
        Assert.NotEqual(both, ReportMaker.CachedFor(With((A, PortalRoles.Manager, null), (B, PortalRoles.Manager, Kle))));
    }
}
