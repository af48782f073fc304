namespace Portal.Platform.Documents;

/// <summary>Finds an installed browser of the Chromium family. Never fetches one.</summary>
internal static class BrowserFinder
{
    // The one without windows comes first: it prints in the page's own process, where a whole browser starts another for every document.
    private static readonly string[] Names =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
            "microsoft-edge-stable", "msedge"];

    private static readonly string[] MacApplications =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private static readonly string[] WindowsPrograms = [@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe",
        @"Chromium\Application\chrome.exe"];

    /// <summary>The first that can be run, or null.</summary>
    public static string? Find() => Candidates(Environment.GetEnvironmentVariable("PATH") ?? "").FirstOrDefault(CanRun);

    /// <summary>
    /// True for a file that the system would run: by its mode, and as far as it can be read by its first bytes, since some files have the
    /// mode by accident.
    /// </summary>
    public static bool CanRun(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || ((File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0
                && BeginsAsProgram(path)));

    private static bool BeginsAsProgram(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[4];
            var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return read == start.Length
                && (start.StartsWith("#!"u8) || Convert.ToHexString(start) is "7F454C46" or "CFFAEDFE" or "CEFAEDFE" or "CAFEBABE");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It may be run without being read.
            return true;
        }
    }

    /// <summary>Every place to look, best first: by name along <paramref name="searchPath"/>, then the systems' usual places.</summary>
    public static IEnumerable<string> Candidates(string searchPath)
    {
        string[] folders = [.. searchPath.Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (OperatingSystem.IsMacOS()) return MacApplications;
        if (OperatingSystem.IsWindows())
        {
            Environment.SpecialFolder[] roots = [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86,
                Environment.SpecialFolder.LocalApplicationData];
            return roots.Select(Environment.GetFolderPath).Where(r => r.Length > 0)
                .SelectMany(r => WindowsPrograms.Select(p => Path.Combine(r, p)));
        }

        // A service may be started with a bare PATH.
        return Names.SelectMany(name => folders.Concat(["/usr/bin", "/usr/local/bin", "/snap/bin"])
            .Select(folder => Path.Combine(folder, name)));
    }
}
