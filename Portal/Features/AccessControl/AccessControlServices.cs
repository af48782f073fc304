namespace Portal.Features.AccessControl;

/// <summary>Registers the access log.</summary>
public static class AccessControlServices
{
    /// <summary>Needs the portal side's storage.</summary>
    public static IServiceCollection AddAccessControl(this IServiceCollection services) =>
        services.AddSingleton<IAccessLog, AccessLog>().AddHostedService<AccessLogMaintenanceService>();
}
