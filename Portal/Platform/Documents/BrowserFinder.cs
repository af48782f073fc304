namespace Portal.Platform.Documents;

/// <summary>Finds an installed browser of the Chromium family; never downloads one.</summary>
internal static class BrowserFinder
{
    // The headless shell comes first: it prints in the page's process, while a full browser starts another process for each document.
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

    /// <summary>The path of the first that can be run, or null.</summary>
    public static string? Find() => Candidates(Environment.GetEnvironmentVariable("PATH") ?? "").FirstOrDefault(CanRun);

    /// <summary>
    /// True for a file that the system would run: on Windows any file, elsewhere by its mode and, when it is readable, its first bytes,
    /// since some files are marked executable by mistake.
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
            // A file may be executable without being readable.
            return true;
        }
    }

    /// <summary>
    /// Paths to try, best first: on Linux each name along <paramref name="searchPath"/> and the usual folders; on macOS and Windows the
    /// usual folders only.
    /// </summary>
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

        // A service may be started with a short PATH.
        return Names.SelectMany(name => folders.Concat(["/usr/bin", "/usr/local/bin", "/snap/bin"])
            .Select(folder => Path.Combine(folder, name)));
    }
}
