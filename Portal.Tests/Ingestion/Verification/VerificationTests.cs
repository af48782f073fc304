using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Verification;

/// <summary>Changes of the database behind the portal's back are found and named.</summary>
public sealed class VerificationTests
{
    private const int Count = 12;

    [Fact]
    public async Task What_was_received_is_intact_and_each_message_can_be_proven()
    {
        await using var fixture = await FilledAsync();
        var verdict = await VerifyAsync(fixture);
        Assert.Null(verdict.First);
        Assert.Equal(Count, verdict.Size);
        var ledger = fixture.Services.GetRequiredService<ILedgerReader>();
        for (var n = 1; n <= Count; n++)
        {
            var proof = LedgerProof.Parse((await ledger.ProofAsync(IngestionFixture.Administrator(), IdOf(n), default))!.Text!, out _)!;
            var head = Checkpoint.Parse(proof.Note.Text)!;
            Assert.True(proof.Note.IsSignedBy(ledger.Key));
            Assert.Equal(n - 1, proof.Index);
            Assert.True(MerkleProof.IsIncluded(MerkleHash.OfLeaf(proof.Record), proof.Index, head.Size, proof.Hashes, head.Root));
            Assert.Equal(MessageIntegrity.Unchanged,
                Assert.Single(await ledger.CheckAsync(IngestionFixture.Administrator(), [IdOf(n)], default)).Integrity);
        }
    }

    [Theory]
    [InlineData(
        """UPDATE "MessageContent" SET "Content" = (SELECT "Content" FROM "MessageContent" WHERE "Sequence" = 2) WHERE "Sequence" = 5""", 5,
        nameof(LedgerProblem.Reordered))]
    [InlineData("""UPDATE "MessageContent" SET "Content" = zeroblob(40) WHERE "Sequence" = 5""", 5, nameof(LedgerProblem.BytesChanged))]
    [InlineData("""UPDATE "Messages" SET "Sha256" = zeroblob(32) WHERE "Sequence" = 4""", 4, nameof(LedgerProblem.RecordChanged))]
    [InlineData(
        """UPDATE "Messages" SET "ReceivedAt" = "ReceivedAt" + 10000000 WHERE "Sequence" = 7""", 7, nameof(LedgerProblem.RecordChanged))]
    [InlineData("""DELETE FROM "MessageContent" WHERE "Sequence" = 6""", 6, nameof(LedgerProblem.Removed))]
    [InlineData("""DELETE FROM "MessageContent" WHERE "Sequence" = 6; DELETE FROM "Messages" WHERE "Sequence" = 6""", 6,
        nameof(LedgerProblem.Removed))]
    [InlineData("""DELETE FROM "MessageContent" WHERE "Sequence" = 3; INSERT INTO "Erasures" VALUES (3, 1, 'Retention:OtherMessageDays', """
        + """zeroblob(64))""", 3, nameof(LedgerProblem.ErasureForged))]
    [InlineData("""UPDATE "LedgerTiles" SET "Hashes" = zeroblob(length("Hashes")) WHERE "Level" = 0""", 1, null)]
    [InlineData("""DELETE FROM "LedgerTiles" """, 1, null)]
    [InlineData("""UPDATE "LedgerHead" SET "Root" = zeroblob(32)""", null, nameof(LedgerProblem.HeadChanged))]
    [InlineData("""UPDATE "LedgerHead" SET "Size" = 5""", null, null)]
    [InlineData("""DELETE FROM "LedgerHead" """, null, null)]
    public async Task Each_change_of_a_row_is_found_and_named(string sql, int? at, string? problem)
    {
        await using var fixture = await FilledAsync();
        await fixture.SqlAsync(sql);
        var first = (await VerifyAsync(fixture)).First;
        Assert.NotNull(first);
        Assert.NotEmpty(first.Why);
        if (at is not null) Assert.Equal((long)at, first.Sequence);
        if (problem is not null) Assert.Equal(problem, first.Problem.ToString());
    }

    [Fact]
    public async Task An_old_copy_that_was_put_back_fails_against_a_checkpoint_from_outside()
    {
        await using var fixture = await FilledAsync();
        var folder = Directory.CreateTempSubdirectory("old").FullName;
        await fixture.SqlAsync($"VACUUM INTO '{Path.Combine(folder, "portal.db")}'");
        await fixture.ReceiveAsync(IngestionFixture.Envelope(IdOf(Count + 1)));
        var newer = (await fixture.Services.GetRequiredService<ILedgerReader>().HeadAsync(default)).Head;
        Assert.Null((await VerifyAsync(fixture, new GivenCheckpoint("udefra", newer))).First);

        foreach (var key in (string[])["ledger.key", "search.key"]) File.Copy(Path.Combine(fixture.Folder, key), Path.Combine(folder, key));
        await using var old = await IngestionFixture.OpenAsync(folder);
        Assert.Null((await VerifyAsync(old)).First);
        Assert.Equal(LedgerProblem.TailCut, (await VerifyAsync(old, new GivenCheckpoint("udefra", newer))).First?.Problem);

        // Continues the old copy with a different message: another history.
        await old.ReceiveAsync(IngestionFixture.Envelope(IdOf(Count + 2)));
        Assert.Equal(LedgerProblem.OtherHistory, (await VerifyAsync(old, new GivenCheckpoint("udefra", newer))).First?.Problem);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_log_of_messages_whose_ledger_is_gone_stops_the_start_and_gets_no_other()
    {
        var folder = Directory.CreateTempSubdirectory("gone").FullName;
        await using (var fixture = await IngestionFixture.OpenAsync(folder))
        {
            await fixture.ReceiveAsync(IngestionFixture.Envelope(IdOf(1)));
            await fixture.SqlAsync("""DELETE FROM "LedgerHead"; DELETE FROM "LedgerTiles"; DELETE FROM "LedgerCheckpoints" """);
        }

        for (var start = 0; start < 2; start++)
        {
            var problem = await Assert.ThrowsAsync<ConfigurationProblemException>(() => IngestionFixture.OpenAsync(folder));
            Assert.Contains("har mistet sit hoved", problem.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string IdOf(int n) => $"00000000-0000-4000-8000-{n:D12}";

    private static async Task<IngestionFixture> FilledAsync()
    {
        var fixture = await IngestionFixture.OpenAsync();
        for (var n = 1; n <= Count; n++) await fixture.ReceiveAsync(IngestionFixture.Envelope(IdOf(n), status: $"Klar {n}"));
        return fixture;
    }

    private static async Task<LedgerVerdict> VerifyAsync(IngestionFixture fixture, params GivenCheckpoint[] given)
    {
        var verdict = await fixture.Services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(fixture.Services.GetRequiredService<LedgerKey>().Verifier, given, null, 0, default);
        return verdict!;
    }
}
