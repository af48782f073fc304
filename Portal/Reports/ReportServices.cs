namespace Portal.Reports;

/// <summary>Registers the reports.</summary>
public static class ReportServices
{
    /// <summary>Needs benefits, chains and printing.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ReportBuilder>()
        .AddSingleton<ReportPrinter>()
        .AddSingleton<ReportArchive>();
}
