using Portal.Features.AccessControl;
using Portal.Features.Benefits;
using Portal.Features.Cases;
using Portal.Features.Catalogue;
using Portal.Features.Chains;
using Portal.Features.Evidence;
using Portal.Features.FollowUp;
using Portal.Features.Ledger;
using Portal.Features.Messages;
using Portal.Features.Operations;
using Portal.Features.Quarantine;
using Portal.Features.Registering;
using Portal.Features.Reports;
using Portal.Features.SubjectAccess;

namespace Portal.Hosting;

/// <summary>Registers and maps the portal's features. Each feature registers its services and maps its endpoints.</summary>
internal static class PortalFeatures
{
    /// <summary>Registers the services of the features. Needs the platform and the message side.</summary>
    public static IServiceCollection AddPortalFeatures(this IServiceCollection services) => services
        .AddAccessControl().AddOperationsPages()
        .AddMessages().AddRegistering().AddCases().AddSubjectAccess().AddFollowUp().AddEvidence().AddQuarantinePages().AddCatalogue()
        .AddChains().AddBenefits().AddReports();

    /// <summary>Maps the endpoints of the features. Call after authentication and authorization.</summary>
    public static void MapPortalFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapAccessControl();
        routes.MapMessages();
        routes.MapQuarantine();
        routes.MapCatalogue();
        routes.MapRegistering();
        routes.MapCases();
        routes.MapFollowUp();
        routes.MapSubjectAccess();
        routes.MapEvidence();
        routes.MapLedger();
        routes.MapChains();
        routes.MapBenefits();
        routes.MapReports();
        routes.MapOperations();
    }
}
