namespace Portal.Features.AccessControl;

/// <summary>Registers the access log.</summary>
public static class AccessControlServices
{
    /// <summary>Needs the portal's storage.</summary>
    public static IServiceCollection AddAccessControl(this IServiceCollection services) =>
        services.AddSingleton<IAccessLog, AccessLog>().AddHostedService<AccessLogMaintenanceService>();
}

/// <summary>
/// Names the texts of the access log and of the questions about a purpose (<c>AccessTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class AccessTexts;
