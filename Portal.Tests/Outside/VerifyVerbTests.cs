using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary><c>verify</c> as an operator runs it: its findings, its output and its exit status.</summary>
public sealed class VerifyVerbTests : IDisposable
{
    private const int Count = 6;
    private readonly string _folder = Directory.CreateTempSubdirectory("verify").FullName;

    private string[] Settings => [$"--Database:ConnectionString=Data Source={_folder}/portal.db", $"--Ledger:KeyPath={_folder}/ledger.key"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""UPDATE "MessageContent" SET "Content" = zeroblob(40) WHERE "Sequence" = 3""", 3, LedgerProblem.BytesChanged)]
    [InlineData(
        """DELETE FROM "MessageContent" WHERE "Sequence" = 2; DELETE FROM "Messages" WHERE "Sequence" = 2""", 2, LedgerProblem.Removed)]
    [InlineData("""INSERT INTO "Messages" SELECT 7, x'99', "Kind", "ReceivedAt", "CreatedAt", "RegisteredAt", "StatusAt", "Deliveries","""
        + """ "Identifiers", "ErrorText", "Sha256", "Bytes", "ErasedAt", "Statuses" FROM "Messages" WHERE "Sequence" = 6""", 7,
        LedgerProblem.Inserted)]
    [InlineData("""UPDATE "Messages" SET "Sequence" = -4 WHERE "Sequence" = 4; """
        + """UPDATE "Messages" SET "Sequence" = 4 WHERE "Sequence" = 5; UPDATE "Messages" SET "Sequence" = 5 WHERE "Sequence" = -4; """
        + """UPDATE "MessageContent" SET "Sequence" = -4 WHERE "Sequence" = 4; UPDATE "MessageContent" SET "Sequence" = 4 """
        + """WHERE "Sequence" = 5; UPDATE "MessageContent" SET "Sequence" = 5 WHERE "Sequence" = -4""", 4, LedgerProblem.Reordered)]
    [InlineData(
        """DELETE FROM "MessageContent" WHERE "Sequence" >= 5; DELETE FROM "Messages" WHERE "Sequence" >= 5""", 5, LedgerProblem.TailCut)]
    public async Task A_broken_log_ends_with_1_and_names_the_first_broken_number_and_how(string sql, int sequence, LedgerProblem problem)
    {
        await FillAsync(fixture => fixture.SqlAsync(sql));
        var ended = await Programs.IngestionAsync(["verify", .. Settings]);
        Assert.Equal(1, ended.Status);
        Assert.StartsWith(
            $"BRUDT (broken) ved løbenummer {sequence} (sequence {sequence}), {problem}: ", ended.Output, StringComparison.Ordinal);
        Assert.Empty(ended.ErrorLines);
    }

    [Fact]
    public async Task A_broken_log_of_actions_ends_with_1_and_names_the_log_and_the_leaf()
    {
        var checkpoint = Path.Combine(_folder, "handlinger.checkpoint");
        await using (var fixture = await IngestionFixture.OpenAsync(_folder))
        {
            await ActionLogFixture.ActAsync(fixture);
            await fixture.CheckpointActionsAsync();
            await File.WriteAllTextAsync(
                checkpoint, await fixture.DbAsync(db => db.Set<StoredJournalCheckpoint>().Select(c => c.Note).SingleAsync()),
                TestContext.Current.CancellationToken);
        }

        var intact = await Programs.IngestionAsync(["verify", "--checkpoint", checkpoint, .. Settings]);
        Assert.Equal((0, ""), (intact.Status, intact.Error));
        Assert.Contains(
            "\nUBRUDT (intact): loggen over handlinger: 19 blade, 0 slettet efter reglerne, 3 checkpoints, rod ", intact.Output,
            StringComparison.Ordinal);
        await using (var fixture = await IngestionFixture.OpenAsync(_folder))
            await fixture.SqlAsync("""UPDATE "JournalEntries" SET "Json" = REPLACE("Json", 'Ringede', 'Skrev') WHERE "Index" = 10""");
        var broken = await Programs.IngestionAsync(["verify", .. Settings]);
        Assert.Equal(1, broken.Status);
        Assert.StartsWith("BRUDT (broken) i handlinger ved blad 11 (leaf 11), BytesChanged: ", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intact_log_ends_with_0_and_extends_a_checkpoint_and_another_history_does_not()
    {
        var checkpoint = Path.Combine(_folder, "gemt.checkpoint");
        await FillAsync(async fixture => await File.WriteAllTextAsync(checkpoint, (await fixture.CheckpointAsync()).Note));
        var intact = await Programs.IngestionProcessAsync(_folder, ["verify", "--checkpoint", checkpoint, .. Settings]);
        Assert.Equal((0, ""), (intact.Status, intact.Error));
        Assert.StartsWith(
            $"UBRUDT (intact): {Count} beskeder, 0 slettet efter reglerne, 3 checkpoints, rod ", intact.Output, StringComparison.Ordinal);

        // The whole log is written again with the same key; the copied checkpoints reveal that too.
        foreach (var file in Directory.EnumerateFiles(_folder, "portal.db*")) File.Delete(file);
        await FillAsync(_ => Task.CompletedTask, "Omskrevet");
        Assert.Equal(0, (await Programs.IngestionAsync(["verify", .. Settings])).Status);
        string[][] ways = [["--checkpoint", checkpoint], [$"--Ledger:CheckpointPath={_folder}"]];
        foreach (var way in ways)
        {
            var other = await Programs.IngestionAsync(["verify", .. way, .. Settings]);
            Assert.Equal(1, other.Status);
            Assert.Contains(", OtherHistory: loggen er en anden end den, som ", other.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_proof_is_checked_without_a_database()
    {
        var (proof, key) = ("", "");
        await FillAsync(async fixture =>
        {
            var ledger = fixture.Services.GetRequiredService<ILedgerReader>();
            (proof, key) =
                ((await ledger.ProofAsync(IngestionFixture.Administrator(), LedgerFixture.IdOf(2), default))!.Text!, ledger.Key.ToString());
        });
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        var message = IngestionFixture.Envelope(LedgerFixture.IdOf(2), status: "Klar 2");
        async Task<Programs.Ended> CheckAsync(string proofText, byte[] bytes, string keyText)
        {
            await File.WriteAllTextAsync(Path.Combine(empty, "p.tlog-proof"), proofText, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(empty, "m.xml"), bytes, TestContext.Current.CancellationToken);
            return await Programs.IngestionAsync("verify", "--proof", Path.Combine(empty, "p.tlog-proof"), "--message",
                Path.Combine(empty, "m.xml"), "--key", keyText, $"--Database:ConnectionString=Data Source={empty}/none.db");
        }

        var holds = await CheckAsync(proof, message, key);
        Assert.Equal((0, ""), (holds.Status, holds.Error));
        Assert.Contains(
            $"besked {LedgerFixture.IdOf(2)}, modtaget 2026-03-04T10:00:00.000Z, er uændret", holds.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(empty, "log.key"), key + "\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await CheckAsync(proof, message, Path.Combine(empty, "log.key"))).Status);

        var other = await CheckAsync(proof, Encoding.UTF8.GetBytes("noget andet"), key);
        Assert.Equal(1, other.Status);
        Assert.Contains("beskeden er ikke den, som beviset gælder", other.Output, StringComparison.Ordinal);
        Assert.Contains("bevisets hashværdier fører ikke", (await CheckAsync(
            proof.Replace("index 1", "index 0", StringComparison.Ordinal), message, key)).Output, StringComparison.Ordinal);
        var unread = await CheckAsync(proof, message, "ikke en nøgle");
        Assert.Equal((2, 1, ""), (unread.Status, unread.ErrorLines.Length, unread.Output));
        Assert.Empty(Directory.EnumerateFiles(empty, "none.db*"));
    }

    [Theory]
    [InlineData("", "portal.db findes ikke")]
    [InlineData("--message m.xml", "--message hører til --proof")]
    [InlineData("--proof p.tlog-proof", "--proof kræver --message")]
    [InlineData("--checkpoint findes-ikke", "--checkpoint: filen »findes-ikke« findes ikke")]
    [InlineData("--proof findes-ikke --message m --key k", "--proof: filen »findes-ikke« findes ikke")]
    [InlineData("--Database:ConnectionString=DataSource={folder}/ledger.key", "er ikke en SQLite-database")]
    [InlineData(
        "--Database:Provider=PostgreSql --Database:ConnectionString=Host=127.0.0.1;Port=1;Database=x;Username=x", "serveren svarer ikke")]
    [InlineData("--Database:ConnectionString=DataSource=/findes/slet/ikke.db", "findes ikke; ret stien")]
    [InlineData("--chekpoint x", "mente du --checkpoint?")]
    [InlineData("--checkpoint {folder}/ledger.key", "/ledger.key kan ikke bruges")]
    public async Task Anything_else_wrong_ends_with_2_and_one_line(string line, string text)
    {
        if (line.Length > 0) await FillAsync(_ => Task.CompletedTask);
        var ended = await Programs.IngestionAsync(["verify", .. Settings, .. line.Replace("{folder}", _folder, StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, ""), (ended.Status, ended.Output));
        Assert.Contains(text, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_than_the_databases_is_a_finding()
    {
        await FillAsync(_ => Task.CompletedTask);
        await using (var foreign = await IngestionFixture.OpenAsync())
            File.Copy(Path.Combine(foreign.Folder, "ledger.key"), Path.Combine(_folder, "ledger.key"), overwrite: true);
        var ended = await Programs.IngestionAsync(["verify", .. Settings]);
        Assert.Equal(1, ended.Status);
        Assert.Contains("HeadChanged", ended.Output, StringComparison.Ordinal);
    }

    private async Task FillAsync(Func<IngestionFixture, Task> then, string status = "Klar")
    {
        await using var fixture = await LedgerFixture.OpenAsync(_folder);
        await fixture.FillAsync(1, Count, status);
        await then(fixture);
    }
}
