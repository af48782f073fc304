using System.Diagnostics;
using Portal.Platform.Documents;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>The warm browser and its queue, with a real browser that is killed, stopped and overloaded.</summary>
public sealed class PrinterTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_at_once_come_out_each_with_its_own_text()
    {
        await using var fixture = new PrintFixture();
        var printed = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(n => fixture.Printer.PrintAsync(PrintFixture.Document($"<p>Dokument nummer {n}.</p>"), Ending)));
        for (var n = 0; n < printed.Length; n++) Assert.Contains($"Dokument nummer {n}.", await fixture.TextAsync(printed[n]));
    }

    [Fact]
    public async Task A_browser_that_is_killed_in_the_middle_of_a_document_is_replaced_and_the_document_comes_out()
    {
        await using var fixture = new PrintFixture();
        await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Først</p>"), Ending);
        var process = fixture.Printer.Browser!.Process!;

        // Stopped (SIGSTOP), the browser cannot finish, so the document is certainly being printed when the kill comes.
        Signal(process.Id, "STOP");
        var printing = fixture.Printer.PrintAsync(PrintFixture.Document("<p>Midt i det hele</p>"), Ending);
        process.Kill(entireProcessTree: true);
        Assert.Contains("Midt i det hele", await fixture.TextAsync(await printing));
    }

    [Fact]
    public async Task A_document_that_hangs_is_given_up_at_the_limit_and_the_next_one_is_printed()
    {
        await using var fixture = new PrintFixture();
        await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Først</p>"), Ending);
        var hung = fixture.Printer.Browser!.Process!.Id;
        Signal(hung, "STOP");
        var printing = fixture.Printer.PrintAsync(PrintFixture.Document("<p>Hænger</p>"), Ending);
        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        var problem = await Assert.ThrowsAsync<PrintProblemException>(() => printing);
        Assert.Equal(PrintProblem.TimedOut, problem.Problem);
        Assert.False(IsRunning(hung));
        Assert.Contains("Næste", await fixture.TextAsync(await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Næste</p>"), Ending)));
    }

    [Fact]
    public async Task A_cancelled_print_leaves_the_queue_and_a_full_queue_refuses()
    {
        await using var fixture = new PrintFixture(s => s with { AtOnce = 1, MostWaiting = 1 });
        await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Først</p>"), Ending);
        Signal(fixture.Printer.Browser!.Process!.Id, "STOP");
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var printing = fixture.Printer.PrintAsync(PrintFixture.Document("<p>Under arbejde</p>"), first.Token);
        var waiting = fixture.Printer.PrintAsync(PrintFixture.Document("<p>I kø</p>"), second.Token);
        Assert.Equal(PrintProblem.Busy, (await Assert.ThrowsAsync<PrintProblemException>(
            () => fixture.Printer.PrintAsync(PrintFixture.Document("<p>For mange</p>"), Ending))).Problem);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => printing);
        Assert.Contains("Igen", await fixture.TextAsync(await fixture.Printer.PrintAsync(PrintFixture.Document("<p>Igen</p>"), Ending)));
    }

    [Fact]
    public async Task A_browser_is_renewed_after_its_documents_and_leaves_nothing_behind()
    {
        await using var fixture = new PrintFixture(s => s with { DocumentsPerBrowser = 2 });
        var processes = new HashSet<int>();
        for (var n = 0; n < 4; n++)
        {
            await fixture.Printer.PrintAsync(PrintFixture.Document("<p>x</p>"), Ending);
            processes.Add(fixture.Printer.Browser!.Process!.Id);
        }

        Assert.Equal(2, processes.Count);
        Assert.Single(Directory.GetDirectories(fixture.Folder));
        await fixture.Printer.DisposeAsync();
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Folder));
        Assert.DoesNotContain(processes, IsRunning);
    }

    [Fact]
    public async Task Without_a_browser_the_printer_says_so()
    {
        await using var fixture = new PrintFixture(s => s with { BrowserPath = null });
        Assert.False(fixture.Printer.IsAvailable);
        Assert.Equal(PrintProblem.NoBrowser,
            (await Assert.ThrowsAsync<PrintProblemException>(() => fixture.Printer.PrintAsync(PrintFixture.Document(""), Ending))).Problem);
    }

    [Fact]
    public async Task A_program_that_is_no_browser_is_a_failure_that_is_reported()
    {
        await using var fixture = new PrintFixture(s => s with { BrowserPath = "/bin/false" });
        Assert.Equal(PrintProblem.Failed,
            (await Assert.ThrowsAsync<PrintProblemException>(() => fixture.Printer.PrintAsync(PrintFixture.Document(""), Ending))).Problem);
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Folder));
    }

    [Fact]
    public void What_a_killed_process_left_is_cleaned_and_what_is_in_use_stays()
    {
        var root = Directory.CreateTempSubdirectory("print-test-").FullName;
        using (var used = PrintFolder.Create(root))
        {
            var left = Directory.CreateDirectory(Path.Combine(root, "beskedportalen-print-0123")).FullName;
            File.WriteAllText(Path.Combine(left, "profil"), "x");
            File.WriteAllText(left + ".lock", "");
            Assert.Equal(1, PrintFolder.CleanUp(root));
            Assert.False(Directory.Exists(left));
            Assert.True(Directory.Exists(used.Path));
        }

        Assert.Empty(Directory.GetFileSystemEntries(root));
        Directory.Delete(root);
    }

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static bool IsRunning(int process) =>
        Directory.Exists($"/proc/{process}") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
