using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Platform.Access.Rights;
using Portal.Tests.Platform.Mail;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.PersonNumbers;

/// <summary>A portal with person numbers everywhere, whose log tells everything, and its callers.</summary>
public sealed class PersonNumberFixture : IAsyncLifetime
{
    internal const string Key = "en-lang-hemmelig-noegle-til-alt";
    private readonly List<Caller> _callers = [];
    private TelemetryEar? _ear;

    public PersonNumberFixture() => Output = new Output(Numbers);

    internal SeededNumbers Numbers { get; } = new();

    internal Output Output { get; }

    internal HostedPortal Portal { get; private set; } = null!;

    internal SeededPortal Seeded { get; private set; } = null!;

    internal SmtpPeer Mails { get; } = new();

    /// <summary>Nobody, each persona, and the key.</summary>
    internal IReadOnlyList<Caller> Callers => _callers;

    internal Caller Of(string role) => _callers.Single(c => c.Role == role && c.Scope.Length == 0);

    internal RouteWalk Walk { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var stop = CancellationToken.None;
        _ear = new TelemetryEar(Output);
        Portal = await HostedPortal.StartAsync(
            settings:
            [
                "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Debug",
                "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug",
                "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Database=Debug",
                "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Query=Debug",
                "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Update=Debug",
                "--Logging:LogLevel:System.Net.Http.HttpClient=Debug", "--Smtp:Host=127.0.0.1", $"--Smtp:Port={Mails.Port}",
                "--Smtp:From=portal@kommune.dk", "--Api:Keys:0:Name=Fagsystem", $"--Api:Keys:0:Key={Key}", "--Api:Keys:0:Cvr=55133018",
                "--Api:Keys:0:MessageTypes:0=*", .. ApiScopes.All.Select((scope, n) => $"--Api:Keys:0:Scopes:{n}={scope}"),
            ],
            more: builder => builder.Logging.AddProvider(_ear));
        Portal.Http.DefaultRequestHeaders.Remove("X-Api-Key");
        Portal.Http.DefaultRequestHeaders.Add("X-Api-Key", Key);
        Seeded = new SeededPortal(Portal, Numbers, Output);
        await Seeded.FillAsync(stop);
        _callers.Add(new Caller(Caller.Anonymous, "", "55133018", Client()));
        foreach (var persona in Persona.All)
        {
            var token = await Portal.Services.GetRequiredService<SessionStore>().BeginAsync(
                new AuthenticationTicket(ViewerClaims.Of(persona, "55133018"), SessionHandler.SchemeName), "Prøve", "127.0.0.1", stop);
            _callers.Add(
                new Caller(persona.Role, "", "55133018", Client("Cookie", $"{SessionHandler.Cookie}={token}")));
        }

        Walk = new RouteWalk(Portal, Seeded, Numbers, Output);
    }

    /// <summary>Searches what is measured only when asked.</summary>
    public void Measure() => _ear!.Measure();

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers) caller.Http.Dispose();
        if (Portal is not null) await Portal.DisposeAsync();
        _ear?.Dispose();
        await Mails.DisposeAsync();
    }

    private HttpClient Client(string? header = null, string? value = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Portal.Address, DefaultRequestVersion = System.Net.HttpVersion.Version11,
        };
        if (header is not null) client.DefaultRequestHeaders.Add(header, value);
        return client;
    }
}
