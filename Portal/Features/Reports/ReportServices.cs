using Portal.Features.Reports.Api;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Issued;
using Portal.Features.Reports.Monthly;
using Portal.Features.Reports.Page;
using Portal.Platform.Mail.Outbox;

namespace Portal.Features.Reports;

/// <summary>Registers the services of reports.</summary>
public static class ReportServices
{
    /// <summary>Requires benefits, chains, printing, mail and the ledger proofs of the evidence feature.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ReportBuilder>()
        .AddSingleton<ReportMaker>()
        .AddSingleton<ReportArchive>()
        .AddSingleton<IReportConclusions, ReportConclusions>()
        .AddSingleton<ReportSchedules>()
        .AddSingleton<MonthlyReports>()
        .AddSingleton<ReportMails>()
        .AddSingleton<IMailWriter>(services => services.GetRequiredService<ReportMails>())
        .AddSingleton<ReportMailStates>()
        .AddScoped<ReportPageServices>()
        .AddHostedService<MonthlyReportService>();

    /// <summary>Maps the endpoints of reports. Call after authentication and authorization.</summary>
    public static void MapReports(this IEndpointRouteBuilder routes) => ReportEndpoints.Map(routes);
}
