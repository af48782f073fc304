using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Hosting;
using Portal.Ingestion.Verification;
using Xunit;

namespace Portal.Tests.Ingestion.Supervision;

/// <summary>
/// A planned stop ends without an exception. The container disposes an instance once for each type it is registered as, so a class that
/// cannot be disposed twice would crash the process.
/// </summary>
public sealed class DisposalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("disposal").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_services_under_all_their_names_are_disposed_without_an_exception()
    {
        await using var app = PortalHost.Build(
            ["--environment=Development", "--Urls=http://127.0.0.1:0", $"--Database:ConnectionString=Data Source={_folder}/portal.db",
                $"--Ledger:KeyPath={_folder}/ledger.key"],
            () => false);
        var names = new[] { typeof(PortalHost).Assembly, typeof(LedgerVerificationService).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => !t.ContainsGenericParameters);
        var made = new List<object>();
        var registered = app.Services.GetRequiredService<IServiceProviderIsService>();
        made.AddRange(app.Services.GetServices<IHostedService>());
        foreach (var name in names.Where(registered.IsService)) made.AddRange(Made(app.Services, name));

        Assert.Contains(made, m => m is LedgerVerificationService);
        Assert.True(made.Count(m => m is IDisposable or IAsyncDisposable) > 10);
        await app.DisposeAsync();
    }

    // None for scoped services, which the root provider does not create, and for PostgreSQL's, since the test runs on SQLite.
    private static List<object> Made(IServiceProvider services, Type name)
    {
        try
        {
            return [.. services.GetServices(name).OfType<object>()];
        }
        catch (Exception other) when (other is InvalidOperationException && other.Message.Contains("scoped", StringComparison.Ordinal)
            || other.Source == "Npgsql")
        {
            return [];
        }
    }
}
