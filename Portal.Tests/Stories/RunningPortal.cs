using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Stories;

/// <summary>A running portal with a separate database, used over HTTP only.</summary>
/// <param name="folder">The folder of its database and keys.</param>
/// <param name="owned">Whether the folder is deleted with the portal.</param>
internal abstract class RunningPortal(string folder, bool owned) : IAsyncDisposable
{
    /// <summary>An address whose port the system chooses.</summary>
    protected const string AnyPort = "http://127.0.0.1:0";

    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(3);
    private static readonly PreparedFolder Prepared = new(async folder =>
    {
        await using var fixture = await IngestionFixture.OpenAsync(folder, more: services => services.AddPortalStorage());
        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(default);
    });

    private HttpClient? _http;

    public string Folder { get; } = folder;

    public Uri Address => Http.BaseAddress!;

    /// <summary>A client with the development key.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The portal has not said yet where it listens.");

    /// <summary>Its log.</summary>
    public abstract string Output { get; }

    /// <summary>Whether its address is known.</summary>
    protected bool IsMet => _http is not null;

    public async Task<HttpResponseMessage> PushAsync(byte[] envelope)
    {
        using var body = new ByteArrayContent(envelope) { Headers = { ContentType = new("application/xml") } };
        return await Http.PostAsync(new Uri("/beskedfordeler/modtag", UriKind.Relative), body);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async Task<HttpResponseMessage> RegisterAsync(object letter) =>
        await Http.PostAsJsonAsync(new Uri("/api/forsendelser", UriKind.Relative), letter, JsonSerializerOptions.Web);

    /// <summary>Asks until the answer <paramref name="holds"/>; fails after three minutes.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (holds(answer)) return answer;
            if (clock.Elapsed > WaitLimit)
                throw new InvalidOperationException($"Still not so after {clock.Elapsed.TotalSeconds:F0} s: {answer}");
            await Task.Delay(100);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        for (var left = 100; owned && Directory.Exists(Folder); left--)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException) when (left > 0)
            {
                // A read that ends late makes the database's side files once more.
                await Task.Delay(50);
            }
        }
    }

    /// <summary>A new folder with an empty database.</summary>
    protected static async Task<string> NewFolderAsync()
    {
        var folder = Directory.CreateTempSubdirectory("story").FullName;
        await Prepared.CopyToAsync(folder);
        return folder;
    }

    /// <summary>Database, key and demo as settings.</summary>
    protected static string[] SettingsOf(string folder, bool demo) =>
    [
        $"--Database:ConnectionString=Data Source={Path.Combine(folder, "portal.db")}",
        $"--Ledger:KeyPath={Path.Combine(folder, "ledger.key")}", $"--Portal:DataProtectionKeyPath={Path.Combine(folder, "keys")}",
        $"--Demo:Enabled={(demo ? "true" : "false")}", "--Demo:MessagesPerSecond=5",
    ];

    /// <summary>Uses <paramref name="address"/> from now on.</summary>
    protected void Meet(Uri address)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("X-Api-Key", "dev-key");
    }
}
