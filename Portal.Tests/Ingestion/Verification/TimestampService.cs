using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Ingestion.Verification;

/// <summary>An RFC 3161 service over HTTP, by OpenSSL. A test can replace its answers.</summary>
internal sealed class TimestampService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private TimestampService(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The service's certificate, which verifiers trust.</summary>
    public string CertificatePath => Path.Combine(_folder, "tsa.pem");

    /// <summary>Writes the answer instead of a token.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>The number of requests.</summary>
    public int Asked { get; private set; }

    public static async Task<TimestampService> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tsa").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "tsa.cnf"), """
            [tsa]
            default_tsa = one
            [one]
            serial = ./serial
            signer_digest = sha256
            default_policy = 1.3.6.1.4.1.99999.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            """);
        Assert(await RunAsync(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-days",
            "30", "-subj", "/CN=Provestempel", "-addext", "extendedKeyUsage=critical,timeStamping"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var service = new TimestampService(app, folder);
        app.Run(service.AnswerAsync);
        await app.StartAsync();
        return service;
    }

    /// <summary>Has OpenSSL verify that the token is this service's and covers the text's bytes.</summary>
    public async Task<(int Status, string Text)> VerifyAsync(byte[] token, string text)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "token"), token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "data"), text);
        return await RunAsync(_folder, "ts", "-verify", "-data", "data", "-in", "token", "-token_in", "-CAfile", "tsa.pem");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Asked++;
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        await using (var file = File.Create(Path.Combine(_folder, "query"))) await context.Request.Body.CopyToAsync(file);
        Assert(await RunAsync(_folder, "ts", "-reply", "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key", "-config",
            "tsa.cnf", "-out", "reply"));
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.SendFileAsync(Path.Combine(_folder, "reply"));
    }

    private static void Assert((int Status, string Text) ended)
    {
        if (ended.Status != 0) throw new InvalidOperationException("openssl: " + ended.Text);
    }

    private static async Task<(int Status, string Text)> RunAsync(string folder, params string[] arguments)
    {
        var start =
            new ProcessStartInfo("openssl") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await complained);
    }
}
