using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Documents;

/// <summary>The browser that prints, and the limits of printing.</summary>
public sealed record PrintSettings
{
    /// <summary>The browser (<c>Pdf:BrowserPath</c>, or one that was found); null: none, and nothing can be printed.</summary>
    public string? BrowserPath { get; init; }

    /// <summary>How many documents are printed at once: one a core, up to four.</summary>
    public int AtOnce { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How many may wait; the next gets <see cref="PrintProblem.Busy"/>.</summary>
    public int MostWaiting { get; init; } = 100;

    /// <summary>How long one document may take, without its time in the queue.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A browser is replaced after this many documents, since its memory grows.</summary>
    public int DocumentsPerBrowser { get; init; } = 500;

    /// <summary>Size of the cache of printed documents, in bytes.</summary>
    public long MostKeptBytes { get; init; } = 16 << 20;

    /// <summary>How long a printed document is cached.</summary>
    public TimeSpan KeptTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Parent of the browser's temporary profile (<see cref="PrintFolder"/>).</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException"><c>Pdf:BrowserPath</c> is not an executable file.</exception>
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
