using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Documents;

/// <summary>What prints, and its limits.</summary>
public sealed record PrintSettings
{
    /// <summary>The browser (<c>Pdf:BrowserPath</c>, or one that was found); null: none, and nothing can be printed.</summary>
    public string? BrowserPath { get; init; }

    /// <summary>How many documents are printed at once; more gains nothing, since each keeps a core busy.</summary>
    public int AtOnce { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How many may wait before the next is turned away.</summary>
    public int MostWaiting { get; init; } = 100;

    /// <summary>How long one document may take once its turn has come.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A browser is renewed after so many documents, for browsers grow.</summary>
    public int DocumentsPerBrowser { get; init; } = 500;

    /// <summary>How many bytes of printed documents are kept for those who ask for the same again.</summary>
    public long MostKeptBytes { get; init; } = 16 << 20;

    /// <summary>How long they are kept.</summary>
    public TimeSpan KeptTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where the browser's short-lived profile is.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException"><c>Pdf:BrowserPath</c> is not a program.</exception>
    public static PrintSettings Read(IConfiguration configuration)
    {
        const string key = "Pdf:BrowserPath";
        if (string.IsNullOrWhiteSpace(configuration[key])) return new PrintSettings { BrowserPath = BrowserFinder.Find() };
        var path = ConfigurationFile.Absolute(configuration, configuration[key]!.Trim());
        return BrowserFinder.CanRun(path)
            ? new PrintSettings { BrowserPath = path }
            : throw new ConfigurationProblemException(
                key, $"»{path}« er ikke et program, der kan køres; skriv stien til Chromium, Chrome eller Edge, eller lad nøglen stå tom.");
    }
}
