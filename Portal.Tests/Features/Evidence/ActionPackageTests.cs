using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Evidence;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Verification;
using Portal.Tests.Features.Cases;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>What people did is in the evidence package with proofs that hold by the steps that the package gives.</summary>
public sealed class ActionPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pakke").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_action_of_the_case_and_no_other_can_be_checked_word_for_word_as_the_package_says()
    {
        await using var ingestion = await IngestionFixture.OpenAsync();
        await ActionLogFixture.ActAsync(ingestion);
        await ActionLogFixture.RegisterAsync(ingestion, 3, caseNumber: "24-9999");
        var actions = (await ingestion.Services.GetRequiredService<IActionProofs>()
            .OfCaseAsync(ActionLogFixture.Anna, "24-0117", null, [1], default))!;
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16], actions.Entries.Select(e => (int)e.Number));
        var one = (await ingestion.Services.GetRequiredService<IActionProofs>()
            .OfCaseAsync(ActionLogFixture.Anna, "24-0117", "BREV-1", [], default))!;
        Assert.Equal([2, 4, 13, 14, 15], one.Entries.Select(e => (int)e.Number));
        Assert.Null(await ingestion.Services.GetRequiredService<IActionProofs>()
            .OfCaseAsync(LettersFixture.Caseworker("12345678"), "24-0117", null, [1], default));

        var journal = ingestion.Services.GetRequiredService<IAccessJournal>();
        await journal.AppendAsync(
            [new AccessRecord("case-opened", IngestionFixture.Own, ingestion.Time.GetUtcNow(), "p1", "Sofie")], default);
        await UnpackAsync(actions, await journal.HeadAsync(default));
        await CheckAccessAsync(ingestion);
        Assert.All(actions.Entries, e => Assert.True(File.Exists(Path.Combine(_folder, $"handlinger/handling-{e.Number}.tlog-proof"))));
        var readme = await File.ReadAllLinesAsync(Path.Combine(_folder, "LAES-MIG.txt"), TestContext.Current.CancellationToken);
        var (status, output) = await RunAsync(Recipe(readme, "for f in handlinger", "done"));
        Assert.Equal(
            (0, actions.Entries.Count),
            (status, output.Split('\n').Count(l => l.EndsWith(".json: OK", StringComparison.Ordinal))));
        Assert.Equal((0, "Signature Verified Successfully"),
            await RunAsync(Recipe(readme, "head -n 3 checkpoint-handlinger", "openssl pkeyutl -verify -pubin -inkey hoved")));

        var note = actions.Entries.Single(e => e.Kind == "work-noted");
        var key = VerifierKey.Parse(await ReadAsync("noegle-handlinger.txt"))!;
        var proof = Encoding.UTF8.GetBytes(await ReadAsync($"handlinger/handling-{note.Number}.tlog-proof"));
        var json = await ReadAsync($"handlinger/handling-{note.Number}.json");
        Assert.Null(ProofCheck.OfFiles(proof, Encoding.UTF8.GetBytes(json), key, out var record, out _));
        Assert.Equal(("handlingen", "work-noted"), (record!.What, record.Kind));
        var changed = json.Replace(ActionLogFixture.Note, "Ringede ikke", StringComparison.Ordinal);
        Assert.NotNull(ProofCheck.OfFiles(proof, Encoding.UTF8.GetBytes(changed), key, out _, out _));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, $"handlinger/handling-{note.Number}.json"), changed, TestContext.Current.CancellationToken);
        Assert.Contains(
            $"handling-{note.Number}.json: FAILED", (await RunAsync(Recipe(readme, "for f in handlinger", "done"))).Output,
            StringComparison.Ordinal);
    }

    // With the package somebody can later show that the access log was changed or cut before it.
    private async Task CheckAccessAsync(IngestionFixture ingestion)
    {
        var key = VerifierKey.Parse(await ReadAsync("noegle-adgang.txt"))!;
        Assert.EndsWith("/adgang", key.Name, StringComparison.Ordinal);
        var checkpoint = SignedCheckpoint.Read(SignedNote.Parse(await ReadAsync("checkpoint-adgang.txt")), key, out _)!;
        Assert.Equal(1, checkpoint.Head.Size);
        Assert.Null((await ingestion.VerdictAsync(new GivenCheckpoint("pakkens", checkpoint.Head))).First);
        Assert.Contains("checkpoint-adgang.txt", await ReadAsync("SHA256SUMS"), StringComparison.Ordinal);
    }

    private async Task UnpackAsync(JournalProofs actions, AccessHead? access)
    {
        await using var fixture = new EvidenceFixture(ledger: new WithActions(actions, access));
        fixture.Cases.Add(FakeCases.Letter());
        using var zip = new ZipArchive(
            new MemoryStream(await fixture.Maker.PackAsync(EvidenceFixture.Caseworker, await fixture.GatherAsync(), "retssag", default)));
        await zip.ExtractToDirectoryAsync(_folder, TestContext.Current.CancellationToken);
    }

    private Task<string> ReadAsync(string name) =>
        File.ReadAllTextAsync(Path.Combine(_folder, name), TestContext.Current.CancellationToken);

    private static string Recipe(string[] readme, string first, string last)
    {
        var lines = readme.Select(l => l.Trim()).ToList();
        var from = lines.FindIndex(l => l.StartsWith(first, StringComparison.Ordinal));
        return string.Join('\n', lines[from..(lines.FindIndex(from, l => l.StartsWith(last, StringComparison.Ordinal)) + 1)]);
    }

    private async Task<(int Status, string Output)> RunAsync(string recipe)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", recipe])
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var text = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, text.Trim());
    }

    private sealed class WithActions(JournalProofs actions, AccessHead? access) : ILedgerProofs
    {
        public Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
            new FakeLedger().ReadAsync(sequences, cancellationToken);

        public Task<JournalProofs?> ActionsAsync(
            Viewer viewer, CaseView found, string? letterId, CancellationToken cancellationToken) =>
            Task.FromResult<JournalProofs?>(actions);

        public Task<AccessHead?> AccessAsync(CancellationToken cancellationToken) => Task.FromResult(access);
    }
}
