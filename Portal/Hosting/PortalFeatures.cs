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

namespace Portal.Hosting;

/// <summary>
/// The features of the portal along its road: message, evidence, benefit. Each registers itself and maps its own addresses.
/// </summary>
internal static class PortalFeatures
{
    /// <summary>What the features work with. Needs the platform and the message side.</summary>
    public static IServiceCollection AddPortalFeatures(this IServiceCollection services) => services
        .AddAccessControl().AddOperationsPages()
        .AddMessages().AddRegistering().AddCases().AddFollowUp().AddEvidence()
        .AddChains().AddBenefits().AddReports();

    /// <summary>Every address of the features. Call after authentication and authorization.</summary>
    public static void MapPortalFeatures(this WebApplication app)
    {
        app.MapMessages();
        app.MapQuarantine();
        app.MapCatalogue();
        app.MapRegistering();
        app.MapCases();
        app.MapEvidence();
        app.MapLedger();
        app.MapChains();
        app.MapBenefits();
        app.MapReports();
        app.MapOperations();
    }
}
