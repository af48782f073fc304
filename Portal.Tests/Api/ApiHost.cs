using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Features.Benefits;
using Portal.Features.Cases;
using Portal.Features.Catalogue;
using Portal.Features.Chains;
using Portal.Features.Evidence;
using Portal.Features.FollowUp;
using Portal.Features.Messages;
using Portal.Features.Operations;
using Portal.Features.Operations.Api;
using Portal.Features.Quarantine;
using Portal.Features.Registering;
using Portal.Features.Reports;
using Portal.Features.SubjectAccess;
using Portal.Hosting;
using Portal.Ingestion.Access;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification;
using Portal.Platform.Access;
using Portal.Platform.Access.Rights;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;
using Portal.Platform.Mail;
using Portal.Platform.Storage;
using Portal.Tests.Features.Catalogue;
using Portal.Tests.Features.Evidence;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Platform.Access;
using Xunit;

namespace Portal.Tests.Api;

/// <summary>The HTTP interface with sign-in, composed as the host composes it, over a message side in memory.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string Own = "55133018";

    // Outside Development nothing starts without a sign-in; it is not used until somebody signs in.
    private static readonly KeyValuePair<string, string?>[] SignIn =
    [
        new("Auth:OpenIdConnect:Authority", "https://login.kommune.dk"), new("Auth:OpenIdConnect:ClientId", "portal"),
        new("Auth:OpenIdConnect:ClientSecret", "hemmelig"),
    ];

    private readonly WebApplication _app;

    private ApiHost(WebApplication app) => _app = app;

    public FakeReceiver Receiver { get; private init; } = new();
    public FakeLog Log { get; private init; } = new();
    public FakeCases Cases { get; private init; } = new();
    public FakeQuarantine Quarantine { get; private init; } = new();
    public FakeProbe Probe { get; private init; } = new();
    public KeptLog Lines { get; private init; } = new();
    public Portal.Tests.Features.Cases.FakeLetters Letters { get; private init; } = new();
    public MemoryAccessJournal Access { get; private init; } = new();
    public FakeOwners Owners { get; private init; } = new();
    public TestServer Server => _app.GetTestServer();

    private bool OnKestrel { get; init; }

    private string Folder { get; init; } = "";

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public LogSignal Signal => _app.Services.GetRequiredService<LogSignal>();

    /// <summary>A client without API key or sign-in; it follows no redirects and keeps no cookies.</summary>
    public HttpClient Anonymous => OnKestrel
        ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(_app.Urls.Single()),
        }
        : Server.CreateClient();

    public HttpClient WithKey(string key = "dev-key")
    {
        var client = Anonymous;
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>A client signed in as a persona through the form.</summary>
    public async Task<HttpClient> SignedInAsync(string role)
    {
        var answer = await PostPersonaAsync(role, "/");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        var client = Anonymous;
        client.DefaultRequestHeaders.Add(
            "Cookie", answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal)).Split(';')[0]);
        return client;
    }

    public async Task<HttpResponseMessage> PostPersonaAsync(string role, string returnUrl, bool withToken = true)
    {
        var given = await Anonymous.Get("/token");
        using var post = new HttpRequestMessage(HttpMethod.Post, "/login/persona");
        var fields = new Dictionary<string, string> { ["persona"] = role, ["returnUrl"] = returnUrl };
        if (withToken)
        {
            post.Headers.Add("Cookie", given.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
            fields["__RequestVerificationToken"] = await given.Text();
        }

        post.Content = new FormUrlEncodedContent(fields);
        return await Anonymous.Ask(post);
    }

    public static Task<ApiHost> StartAsync(string environment = "Development", Func<PortalSettings, PortalSettings>? with = null,
        params (string Key, string? Value)[] configuration) =>
        StartAsync(false, environment, with, configuration);

    /// <summary>A host with services added or replaced.</summary>
    public static Task<ApiHost> StartWithAsync(Action<IServiceCollection> more, params (string Key, string? Value)[] configuration) =>
        StartWithAsync(more, "Development", configuration);

    /// <summary>The same in a named environment.</summary>
    public static Task<ApiHost> StartWithAsync(
        Action<IServiceCollection> more, string environment, (string Key, string? Value)[] configuration) =>
        StartAsync(false, environment, null, configuration, more);

    /// <summary>A host behind Kestrel, for tests that depend on how the real server reads HTTP.</summary>
    public static Task<ApiHost> StartOnKestrelAsync(
        Func<PortalSettings, PortalSettings>? with = null, string environment = "Development", Action<IServiceCollection>? more = null,
        params (string Key, string? Value)[] configuration) => StartAsync(true, environment, with, configuration, more);

    private static async Task<ApiHost> StartAsync(bool kestrel, string environment, Func<PortalSettings, PortalSettings>? with,
        (string Key, string? Value)[] configuration, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        var folder = Directory.CreateTempSubdirectory("api").FullName;
        builder.Configuration
            .AddInMemoryCollection([new("Portal:DataProtectionKeyPath", Path.Combine(folder, "keys"))])
            .AddInMemoryCollection(environment == "Development" ? [] : SignIn)
            .AddInMemoryCollection(configuration.Select(c => KeyValuePair.Create(c.Key, c.Value)));
        if (kestrel) builder.WebHost.UseUrls("http://127.0.0.1:0");
        else builder.WebHost.UseTestServer();
        var (receiver, log, cases, quarantine, probe, lines) =
            (new FakeReceiver(), new FakeLog(), new FakeCases(), new FakeQuarantine(), new FakeProbe(), new KeptLog());
        var (letters, journal, owners) = (new Portal.Tests.Features.Cases.FakeLetters(), new MemoryAccessJournal(), new FakeOwners());
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.Services.AddSingleton(WithDatabase(with?.Invoke(new PortalSettings()) ?? new PortalSettings(), folder))
            .AddSingleton(TimeProvider.System).AddSingleton<LogSignal>()
            .AddSingleton<IReceiver>(receiver).AddSingleton<IMessageReader>(log).AddSingleton<ICaseReader>(cases)
            .AddSingleton<ILetterRegistry>(cases).AddSingleton<ILetterList>(letters)
            .AddSingleton<IWorklistService>(new Portal.Tests.Features.FollowUp.FakeWorklist(new Portal.Tests.Features.Cases.FakeCases()))
            .AddSingleton<Portal.Features.FollowUp.Api.WorkExport>()
            .AddSingleton<IAccessJournal>(journal).AddSingleton<IDataOwners>(owners)
            .AddSingleton<IQuarantineReader>(quarantine)
            .AddSingleton<IQuarantineCauses>(new Portal.Tests.Features.Quarantine.FakeQuarantine())
            .AddSingleton<IQuarantineHolds>(new Portal.Tests.Features.Quarantine.FakeHolds())
            .AddSingleton<ICatalogue>(new FakeCatalogue()).AddSingleton<IMeaningCatalogue>(new FakeMeanings())
            .AddSingleton<IReadinessProbe>(probe);
        builder.Services.AddSingleton<WriteGate>().AddPortalStorage().AddChains().AddWorkPeople().AddBenefits()
            .AddSingleton<IFigureReader>(new Portal.Tests.Features.Benefits.FakeFigures());
        // The trash service needs the message side's database, which does not exist here.
        foreach (var trash in builder.Services.Where(s => s.ImplementationType == typeof(Portal.Features.Chains.Storage.ChainTrash))
            .ToList())
        {
            builder.Services.Remove(trash);
        }
        builder.Services.AddPortalAccess(builder.Configuration, builder.Environment);
        builder.Services.AddTrustedProxies(builder.Configuration, builder.Environment);
        builder.Services.AddHttpInterface().AddAccessControl().AddOperationsPages().AddMessages().AddRegistering().AddCases()
            .AddSubjectAccess().AddQuarantinePages().AddCatalogue();
        var ledger = new Portal.Tests.Features.Ledger.FakeLedgerReader();
        builder.Services.AddSingleton<ILedgerProofs>(new NoLedger());
        builder.Services.AddSingleton<ILedgerReader>(ledger).AddSingleton<ILedgerVerificationService>(ledger)
            .AddSingleton<ILedgerState>(ledger);
        builder.Services.AddSingleton<IEvidenceSource>(new FakeEvidenceSource());
        builder.Services.AddPages().AddDocuments().AddEvidence().AddMail(builder.Configuration).AddReports();
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseSafeCookies();
        app.UsePortalHeaders();
        app.UsePortalProblems();
        app.UsePushFailures();
        app.UseRefusedRequests();
        app.UsePortalAccess();
        app.MapPortalAccess();
        var routes = app.MapWithRights();
        routes.MapHttpInterface();
        routes.MapPortalFeatures();
        app.MapPages();
        app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken)
            .AllowAnonymous();
        app.MapGet("/side", () => "side");
        app.MapGet("/side/operate", () => "side").RequireAuthorization(
            policy => policy.RequireAssertion(c => ViewerClaims.Read(c.User).May(ViewerRights.Operate)));
        foreach (var path in (string[])["/side/venter", "/api/venter"]) app.MapGet(path, WaitAsync).AllowAnonymous();
        app.MapGet("/api/fejl", string () => throw new InvalidOperationException("0101011234"));
        await Portal.Tests.Features.Chains.ChainFixture.Prepared.CopyToAsync(folder);
        CprHash.ReadOrMake(app.Services.GetRequiredService<PortalSettings>().SearchKeyPath);
        await app.Services.GetRequiredService<PortalDatabase>().PrepareAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ApiHost(app) { OnKestrel = kestrel, Folder = folder, Receiver = receiver, Log = log, Cases = cases,
            Quarantine = quarantine, Probe = probe, Lines = lines, Letters = letters, Access = journal, Owners = owners };
    }

    private static Task WaitAsync(HttpContext context) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        var database = _app.Services.GetRequiredService<PortalSettings>().ConnectionString;
        await _app.DisposeAsync();
        SqlitePool.Clear(database);
        Directory.Delete(Folder, recursive: true);
    }

    // Chains use the real store on SQLite; only the message side is in memory.
    private static PortalSettings WithDatabase(PortalSettings settings, string folder) =>
        settings with
        {
            ConnectionString = $"Data Source={Path.Combine(folder, "portal.db")}", KeyFolder = folder,
        };
}
