using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>A small security token service over HTTPS with client certificates, as JSON and as SOAP.</summary>
internal sealed class TokenService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenService(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string? Caller, string? Type, string Body)> Requests { get; } = new();

    /// <summary>When the next token expires.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The answer to give instead of a token.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    public Uri Rest => new(Address, "/runtime/api/rest/wstrust/v1/issue");

    public Uri Soap => new(Address, "/runtime/services/kombittrust/14/certificatemixed");

    private Uri Address => new(_app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public static async Task<TokenService> StartAsync(TestCertificates certificates)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var authority = X509CertificateLoader.LoadCertificateFromFile(certificates.AuthorityPath);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(h =>
            {
                h.ServerCertificate = X509CertificateLoader.LoadPkcs12FromFile(certificates.ServerPfxPath, TestCertificates.Password);
                h.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                h.ClientCertificateValidation =
                    (certificate, _, _) => certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData);
            })));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var service = new TokenService(app);
        app.Run(service.AnswerAsync);
        await app.StartAsync();
        return service;
    }

    /// <summary>The assertion of a token, so that a test can compare it byte for byte.</summary>
    public string Assertion(int number) =>
        $"<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_{number}\"><saml:Conditions "
        + $"NotOnOrAfter=\"{ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}\" /><saml:Subject>Ærø &amp; omegn</saml:Subject></saml:Assertion>";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue((context.Request.Path, context.Connection.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, false),
            context.Request.ContentType, await reader.ReadToEndAsync()));
        if (Refusal is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsync(refusal.Body);
            return;
        }

        var assertion = Assertion(Requests.Count);
        var rest = context.Request.Path.StartsWithSegments("/runtime/api/rest", StringComparison.Ordinal);
        await context.Response.WriteAsync(rest
            ? $"{{\"RequestedSecurityToken\":{{\"Assertion\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(assertion))}\"}},"
                + $"\"Lifetime\":\"{ExpiresAt:MM/dd/yyyy HH:mm:ss}\"}}"
            : $"""
               <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>
               <t:RequestSecurityTokenResponseCollection xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512">
               <t:RequestSecurityTokenResponse>
                 <t:Lifetime><u:Expires xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
                 {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}</u:Expires></t:Lifetime>
                 <t:RequestedSecurityToken>{assertion}</t:RequestedSecurityToken>
               </t:RequestSecurityTokenResponse></t:RequestSecurityTokenResponseCollection></s:Body></s:Envelope>
               """);
    }
}
