using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Documents;

namespace Portal.Tests.Platform.Documents;

/// <summary>A printer with the installed browser, in a temporary folder that must be empty at the end.</summary>
internal sealed class PrintFixture : IAsyncDisposable
{
    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("print-test-");

    public PrintFixture(Func<PrintSettings, PrintSettings>? change = null)
    {
        var settings = new PrintSettings { BrowserPath = BrowserFinder.Find(), TemporaryFolder = _temp.FullName };
        Printer = new BrowserPrinter(change?.Invoke(settings) ?? settings, Time, NullLogger<BrowserPrinter>.Instance);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public BrowserPrinter Printer { get; }

    public string Folder => _temp.FullName;

    public static PrintDocument Document(string body, string title = "Prøve på ÆØÅ æøå", string footer = "Fodtekst 1/2 · <b>\"æ\\; mere") =>
        new(title, $"<main class=\"paper\">{body}</main>", footer);

    /// <summary>Runs one of Poppler's tools on a PDF; returns its output.</summary>
    public async Task<string> AskAsync(byte[] pdf, string tool, params string[] arguments)
    {
        var file = Path.Combine(Folder, $"{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(file);
        if (tool == "pdftotext") start.ArgumentList.Add("-");
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        return answer;
    }

    public Task<string> TextAsync(byte[] pdf) => AskAsync(pdf, "pdftotext", "-layout");

    public async ValueTask DisposeAsync()
    {
        await Printer.DisposeAsync();
        _temp.Delete(recursive: true);
    }
}
