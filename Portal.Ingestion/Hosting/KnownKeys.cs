namespace Portal.Ingestion.Hosting;

/// <summary>
/// Every key of our sections. <c>*</c> is one name or number, <c>**</c> any rest. A key that is not listed here stops the start; a test
/// finds keys that the code reads and that are missing here.
/// </summary>
internal static class KnownKeys
{
    /// <summary>Keys that have an effect.</summary>
    public static IReadOnlyList<string> Built { get; } =
    [
        "Database:Provider", "Database:ConnectionString", "Database:CreateIfMissing",
        "Redis:ConnectionString",
        "Municipality:Cvr", "Municipality:Cvr:*",
        "Ingestion:RunInPortal", "Ingestion:MaxMessageBytes", "Ingestion:MinimumFreeMegabytes",
        "Ingestion:Push:Enabled", "Ingestion:Push:ClientCertificateThumbprints:*", "Ingestion:Push:ForwardedCertificateHeader",
        "Ingestion:Push:RefusalHttpStatus",
        "Ingestion:Amqp:Enabled", "Ingestion:Amqp:Uri", "Ingestion:Amqp:Queue", "Ingestion:Amqp:Authentication", "Ingestion:Amqp:Prefetch",
        "Ingestion:Amqp:ClientCertificatePath", "Ingestion:Amqp:ClientCertificatePassword", "Ingestion:Amqp:CaCertificatePath",
        "Ingestion:Token:Endpoint", "Ingestion:Token:EntityId", "Ingestion:Token:Cvr",
        "Ingestion:Folder:Path",
        "Demo:Enabled", "Demo:MessagesPerSecond",
        "Auth:Mode",
        "Auth:OpenIdConnect:Authority", "Auth:OpenIdConnect:ClientId", "Auth:OpenIdConnect:ClientSecret", "Auth:OpenIdConnect:Scopes",
        "Auth:OpenIdConnect:ClientAuthentication", "Auth:OpenIdConnect:ClientKeyPath", "Auth:OpenIdConnect:RoleClaim",
        "Auth:OpenIdConnect:CvrClaim", "Auth:OpenIdConnect:NameClaim",
        "Auth:OpenIdConnect:PrivilegesClaim", "Auth:RoleMap:**", "Auth:ConstraintMap:**", "Auth:LevelClaim", "Auth:MinimumLevel",
        "Auth:Session:IdleMinutes", "Auth:Session:MaxHours",
        "Portal:PublicUrl", "Portal:TrustedProxies:*", "Portal:DataProtectionKeyPath",
        "Api:Keys:*:Name", "Api:Keys:*:Key", "Api:Keys:*:Hash", "Api:Keys:*:ValidFrom", "Api:Keys:*:ValidTo", "Api:Keys:*:Cvr",
        "Api:Keys:*:Scopes:*", "Api:Keys:*:MessageTypes:*",
        "Evidence:DigitalDeadlineHours", "Evidence:PhysicalDeadlineDays", "Evidence:AppealPeriods:*", "Evidence:PostEventCodes:*",
        "Evidence:PresumedArrival:WorkingDays", "Evidence:PresumedArrival:QuickWorkingDays", "Evidence:PresumedArrival:SaturdayCounts",
        "Evidence:ExtraClosedDays:**",
        "Retention:EvidenceYears", "Retention:OtherMessageDays", "Retention:QuarantineDays", "Retention:AccessLogYears",
        "Ledger:Origin", "Ledger:KeyPath", "Ledger:CheckpointPath", "Ledger:TimestampUri",
        "Smtp:Host", "Smtp:Port", "Smtp:User", "Smtp:Password", "Smtp:From", "Smtp:Tls",
    ];

    /// <summary>Keys without effect in this version: accepted, and logged at the start when they are set.</summary>
    public static IReadOnlyList<string> NotBuilt { get; } =
    [
        "Events:Webhooks:*:Name", "Events:Webhooks:*:Url", "Events:Webhooks:*:Secret",
        "Events:Webhooks:*:Types:*", "Events:AllowedPrivateTargets:*", "Events:Exchange",
    ];

    /// <summary>Keys whose values are secrets or may contain one, such as a connection string with a password.</summary>
    public static IReadOnlyList<string> Secret { get; } =
    [
        "Database:ConnectionString", "Redis:ConnectionString", "Ingestion:Amqp:Uri", "Ingestion:Amqp:ClientCertificatePassword",
        "Api:Keys:*:Key", "Smtp:Password", "Auth:OpenIdConnect:ClientSecret",
        "Events:Webhooks:*:Secret",
    ];

    /// <summary>Our sections: every key in them must be known.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [.. Built.Concat(NotBuilt).Select(k => k[..k.IndexOf(':', StringComparison.Ordinal)]).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Sections and keys of .NET that are accepted too.</summary>
    public static IReadOnlyList<string> Platform { get; } =
    [
        "Urls", "Environment", "ContentRoot", "WebRoot", "ApplicationName", "AllowedHosts", "DetailedErrors", "Http_Ports", "Https_Ports",
        "Https_Port",
        "ShutdownTimeoutSeconds", "CaptureStartupErrors", "PreferHostingUrls", "SuppressStatusMessages", "HostingStartupAssemblies",
        "HostingStartupExcludeAssemblies", "PreventHostingStartup", "StartupAssembly", "ForwardedHeaders_Enabled", "Logging", "Kestrel",
        "HostOptions", ConfigurationFile.Argument,
    ];
}
