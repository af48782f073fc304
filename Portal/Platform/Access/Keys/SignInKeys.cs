using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Portal.Platform.Access.Keys;

/// <summary>The data-protection keys: of sessions, of the sign-in's cookies, of forms and of guests' passes.</summary>
public static class SignInKeys
{
    /// <summary>The name that keeps the keys of several programs apart.</summary>
    public const string Application = "beskedportalen";

    /// <summary>Keeps them in <c>Portal:DataProtectionKeyPath</c>, encrypted; with Redis they are shared through it instead.</summary>
    public static IServiceCollection AddSignInKeys(this IServiceCollection services)
    {
        services.AddSingleton<ProtectionKey>();
        services.AddDataProtection().SetApplicationName(Application);
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKey, ILoggerFactory>((options, key, log) =>
        {
            // Makes the folder first, for its owner only.
            _ = key.Bytes;
            options.XmlRepository ??= new FileSystemXmlRepository(key.Folder, log);
            options.XmlEncryptor = new ProtectedXmlEncryptor(key);
        });
        return services;
    }

    /// <summary>Reads or makes the key that they are encrypted with, so that a folder that cannot be used stops the start.</summary>
    public static void PrepareSignInKeys(this IServiceProvider services) => _ = services.GetRequiredService<ProtectionKey>().Bytes;
}
