using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSec.Cryptography;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Verification;
using Portal.Ingestion.Verification.Checkpoints;
using Portal.Tests.Faults;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Verification;

/// <summary>Stored checkpoints and their copies elsewhere: changes of them are found, and the log is checked against them.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("copies").FullName;

    private string Copies => Path.Combine(_folder, "copies");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""UPDATE "LedgerCheckpoints" SET "Note" = replace("Note", char(10) || '8' || char(10), """
        + """char(10) || '7' || char(10)) WHERE "Number" = 2""", 8, "checkpoint nummer 2 er ændret: underskriften passer ikke")]
    [InlineData(
        """UPDATE "LedgerCheckpoints" SET "Size" = 7 WHERE "Number" = 2""", 7, "checkpoint nummer 2 er ændret: størrelsen passer ikke")]
    [InlineData("""UPDATE "LedgerCheckpoints" SET "Note" = 'vrøvl' WHERE "Number" = 1""", 4,
        "checkpoint nummer 1 er ændret: det er ikke et checkpoint")]
    [InlineData("""DELETE FROM "LedgerCheckpoints" WHERE "Number" = 2""", 4, "checkpoint nummer 2 er fjernet")]
    [InlineData("""DELETE FROM "LedgerCheckpoints" WHERE "Number" = 3""", 8, "checkpoint nummer 3 er fjernet")]
    [InlineData("""DELETE FROM "LedgerCheckpoints" """, 1, "checkpoint nummer 1 er fjernet")]
    [InlineData("""INSERT INTO "LedgerCheckpoints" SELECT 4, "Size", "MadeAt", "Note", NULL FROM "LedgerCheckpoints" WHERE "Number" = 3""",
        12, "der er 4 checkpoints, men kun 3 er lavet")]
    [InlineData("""UPDATE "LedgerHead" SET "Checkpoints" = 2""", 12, "der er 3 checkpoints, men kun 2 er lavet")]
    [InlineData("""UPDATE "LedgerCheckpoints" SET "TimestampToken" = zeroblob(200) WHERE "Number" = 3""", 12,
        "tidsstemplet på checkpoint nummer 3 passer ikke")]
    public async Task Each_change_of_a_kept_checkpoint_is_found_and_named(string sql, long at, string why)
    {
        await using var fixture = await ThreeAsync();
        Assert.Null(await fixture.VerifyAsync());
        await fixture.SqlAsync(sql);
        var first = await fixture.VerifyAsync();
        Assert.Equal((at, LedgerProblem.CheckpointChanged), (first!.Sequence, first.Problem));
        Assert.Contains(why, first.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_that_another_key_signed_is_found()
    {
        await using var fixture = await ThreeAsync();
        using var other = new LogSigner(fixture.Settings.LedgerOrigin, Key.Create(SignatureAlgorithm.Ed25519));
        await fixture.DbAsync(async db =>
        {
            var kept = await db.Set<StoredCheckpoint>().SingleAsync(c => c.Number == 2);
            var head = Checkpoint.Parse(SignedNote.Parse(kept.Note)!.Text)!;
            kept.Note = new SignedNote(head.ToText(), [new NoteSignature(other.Verifier.Name, other.Verifier.Id, other.Sign(head))])
                .ToString();
            return await db.SaveChangesAsync();
        });
        var first = await fixture.VerifyAsync();
        Assert.Equal((8, LedgerProblem.CheckpointChanged), (first!.Sequence, first.Problem));
        Assert.Contains("checkpoint nummer 2", first.Why, StringComparison.Ordinal);
        Assert.Contains("underskriften passer ikke", first.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_on_a_full_disk_keeps_no_remains_and_gets_its_copies_when_there_is_room()
    {
        await using var disk = SmallDisk.TryMount(1);
        if (disk is null) Assert.Skip(SmallDisk.OnlyRoot);
        var folder = Directory.CreateDirectory(Path.Combine(disk.Path, "checkpoints")).FullName;
        await using var fixture = await LedgerFixture.OpenAsync(copies: folder);
        await fixture.FillAsync(1, 3);
        var checkpoint = await fixture.CheckpointAsync();
        disk.Fill();
        for (var n = 0; n < 2; n++) await fixture.FollowAsync();
        Assert.StartsWith($"Mappen {folder} kan ikke skrives", (await fixture.StateAsync()).Copying!.Trouble, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));

        disk.Free();
        await fixture.FollowAsync();
        Assert.Null((await fixture.StateAsync()).Copying!.Trouble);
        Assert.Equal(
            checkpoint.Note, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_reported_and_copying_resumes_by_itself()
    {
        // A file with the folder's name is in the way: not even root can write into it.
        await File.WriteAllTextAsync(Copies, "", TestContext.Current.CancellationToken);
        await using var fixture = await LedgerFixture.OpenAsync(copies: Copies);
        await fixture.FillAsync(1, 3);
        var checkpoint = await fixture.CheckpointAsync();
        await fixture.FollowAsync();
        var since = fixture.Time.GetUtcNow();
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.FollowAsync();
        var failing = (await fixture.StateAsync()).Copying!;
        Assert.StartsWith($"Mappen {Copies} kan ikke skrives", failing.Trouble, StringComparison.Ordinal);
        Assert.Equal((since, null), (failing.TroubleSince, failing.DoneAt));

        // Meanwhile messages are received and checkpoints stored as usual.
        await fixture.FillAsync(4, 5);
        var next = await fixture.CheckpointAsync();
        File.Delete(Copies);
        await fixture.FollowAsync();
        var well = (await fixture.StateAsync()).Copying!;
        Assert.Equal((null, null, fixture.Time.GetUtcNow(), 5), (well.Trouble, well.TroubleSince, well.DoneAt!.Value, well.Size));
        foreach (var made in (StoredCheckpoint[])[checkpoint, next])
        {
            Assert.Equal(made.Note,
                await File.ReadAllTextAsync(Path.Combine(Copies, $"{made.Size:D12}.checkpoint"), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_folder_of_another_log_is_never_overwritten()
    {
        // In a new folder it gets a new key; message sides that begin as copies share one.
        await using (var other = await LedgerFixture.OpenAsync(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, Copies))
        {
            await other.FillAsync(1, 3);
            await other.CheckpointAsync();
            await other.FollowAsync();
        }

        var before = await File.ReadAllTextAsync(Path.Combine(Copies, "000000000003.checkpoint"), TestContext.Current.CancellationToken);
        await using var fixture = await LedgerFixture.OpenAsync(copies: Copies);
        await fixture.FillAsync(1, 3, "Anden");
        await fixture.CheckpointAsync();
        await fixture.FollowAsync();
        Assert.Contains("hører til en anden log", (await fixture.StateAsync()).Copying!.Trouble, StringComparison.Ordinal);
        Assert.Equal(
            before, await File.ReadAllTextAsync(Path.Combine(Copies, "000000000003.checkpoint"), TestContext.Current.CancellationToken));
        Assert.Equal(
            (0, 1), (CheckpointCopies.Read(Copies, KeyOf(fixture)).Copies.Count, CheckpointCopies.Read(Copies, KeyOf(fixture)).Unreadable));
    }

    [Fact]
    public async Task A_copied_checkpoint_names_a_database_that_was_written_again_with_the_right_key()
    {
        var first = Path.Combine(_folder, "first");
        await using (var fixture = await LedgerFixture.OpenAsync(Directory.CreateDirectory(first).FullName, Copies))
        {
            await fixture.FillAsync(1, 3);
            await fixture.CheckpointAsync();
            await fixture.FillAsync(4, 6);
            await fixture.CheckpointAsync();
            await fixture.FollowAsync();
        }

        // Whoever has database and key can write a consistent new history: the same first three messages, then others.
        var second = Path.Combine(_folder, "second");
        Directory.CreateDirectory(second);
        File.Copy(Path.Combine(first, "ledger.key"), Path.Combine(second, "ledger.key"));
        await using var rewritten = await LedgerFixture.OpenAsync(second);
        await rewritten.FillAsync(1, 3);
        await rewritten.FillAsync(4, 8, "Omskrevet");
        Assert.Null(await rewritten.VerifyAsync());
        var (copies, _) = CheckpointCopies.Read(Copies, KeyOf(rewritten));
        Assert.Equal(2, copies.Count);
        var found = await rewritten.VerifyAsync([.. copies]);
        Assert.Equal(LedgerProblem.OtherHistory, found!.Problem);
        Assert.Contains("checkpointet 00000000000", found.Why, StringComparison.Ordinal);
    }

    private static VerifierKey KeyOf(IngestionFixture fixture) => fixture.Services.GetRequiredService<LedgerKey>().Verifier;

    // Checkpoints at 4, 8 and 12 messages.
    private static async Task<IngestionFixture> ThreeAsync()
    {
        var fixture = await LedgerFixture.OpenAsync();
        for (var n = 0; n < 3; n++)
        {
            await fixture.FillAsync((n * 4) + 1, (n * 4) + 4);
            await fixture.CheckpointAsync();
        }

        return fixture;
    }
}
