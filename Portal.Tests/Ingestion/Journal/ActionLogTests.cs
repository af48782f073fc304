using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Journal;

/// <summary>What people do is a leaf of the log of actions, in the transaction in which they do it.</summary>
public abstract class ActionLogTests
{
    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Everything_that_people_do_is_entered_in_order_masked_and_the_log_is_intact()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.ActAsync(fixture);
        var entries = await fixture.EntriesAsync();
        Assert.Equal(
        [
            "log-begun", "letter-registered", "letter-registered", "letter-corrected", "status-assigned", "work-status-assigned",
            "status-unassigned", "work-status-unassigned", "status-assigned", "work-status-assigned", "work-noted", "work-assigned",
            "hold-set", "hold-lifted", "hold-set", "incident-noted", "incident-noted", "incident-withdrawn", "sender-muted",
        ], entries.Select(e => e.Kind));
        Assert.Equal(Enumerable.Range(0, entries.Count).Select(n => (long)n), entries.Select(e => e.Index));
        Assert.Equal(["letter/1/1", "letter/2/1", "letter/1/2", "match/1/0"], entries.Skip(1).Take(4).Select(e => e.Id));
        Assert.All(entries, e => Assert.DoesNotContain("0101011234", e.Json, StringComparison.Ordinal));
        Assert.All(entries, e => Assert.DoesNotContain("010101-1234", e.Json, StringComparison.Ordinal));
        Assert.Contains("\"recipientId\":\"010101-xxxx\"", entries[1].Json, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"Se mail af 4. marts\"", entries[5].Json, StringComparison.Ordinal);

        var verdict = await fixture.VerdictAsync();
        Assert.Null(verdict.First);
        var log = verdict.Journals.Single(j => j.Log == "handlinger");
        Assert.Equal(("handlinger", entries.Count, 0), (log.Log, log.Size, log.Erased));
        var head = await fixture.DbAsync(db => db.Set<StoredJournalHead>().AsNoTracking().SingleAsync(h => h.Log == 1));
        Assert.EndsWith("/handlinger", head.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_occurs_twice_in_a_batch_has_an_entry_for_each_of_its_registrations()
    {
        await using var fixture = await OpenAsync();
        var registry = fixture.Services.GetRequiredService<ILetterRegistry>();
        var letters = Enumerable.Range(1, 300).Select(n => LettersFixture.Letter($"brev-{n}", ActionLogFixture.Uuid(n)));
        await registry.RegisterAsync(
            ActionLogFixture.Anna,
            [.. letters, LettersFixture.Letter("brev-7", ActionLogFixture.Uuid(7)) with { Title = "Rettet" }], default);
        Assert.Equal(302, (await fixture.EntriesAsync()).Count);
        Assert.Null((await fixture.VerdictAsync()).First);
        await registry.RegisterAsync(ActionLogFixture.Anna, [.. letters.Take(3)], default);
        Assert.Equal(302, (await fixture.EntriesAsync()).Count);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_no_leaf_and_what_cannot_be_entered_is_not_done()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.ActAsync(fixture);
        var before = await fixture.EntriesAsync();
        await fixture.DbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await fixture.Services.GetRequiredService<ActionLog>().AddAsync(
                db, [new JournalDraft("x", "x/1", fixture.Time.GetUtcNow(), new Dictionary<string, object?>())], default);
            await transaction.RollbackAsync();
            return 0;
        });
        Assert.Equal(before.Count, (await fixture.EntriesAsync()).Count);
        Assert.Null((await fixture.VerdictAsync()).First);

        await fixture.DoAsync("""UPDATE "JournalTiles" SET "Hashes" = (SELECT "Root" FROM "JournalHeads" WHERE "Log" = 1)""");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ActionLogFixture.RegisterAsync(fixture, 3));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.Services.GetRequiredService<ICaseNotes>()
            .HoldAsync(ActionLogFixture.Anna, "24-0117", false, "x", default));
        Assert.Equal(
            (2, 3), (await fixture.DbAsync(db => db.Letters.CountAsync()), await fixture.DbAsync(db => db.CaseHoldEntries.CountAsync())));
        Assert.Equal(LedgerProblem.TileChanged, (await fixture.VerdictAsync()).First?.Problem);
    }

    [Fact]
    public async Task Twenty_who_act_at_once_while_messages_arrive_leave_no_gap()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.RegisterAsync(fixture, 1);
        var (notes, work) = (fixture.Services.GetRequiredService<ICaseNotes>(), fixture.Services.GetRequiredService<IWorklistService>());
        var messages = Task.Run(async () =>
        {
            for (var n = 0; n < 60; n++) await fixture.ReceiveAsync(IngestionFixture.Envelope(LedgerFixture.IdOf(n), status: $"Klar {n}"));
        });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(async () =>
        {
            for (var m = 0; m < 4; m++)
            {
                await notes.NoteIncidentAsync(
                    ActionLogFixture.Anna, new IncidentDraft(fixture.Time.GetUtcNow(), null, null, $"{n} {m}"), default);
                await work.ActAsync(
                    ActionLogFixture.Anna, new WorkAction(WorkActionKind.Noted, $"{n} {m}"), [new WorkTarget("l-1", 0)], default);
                await ActionLogFixture.RegisterAsync(fixture, 100 + (4 * n) + m);
            }
        })));
        await messages;
        var entries = await fixture.EntriesAsync();
        Assert.Equal(2 + (20 * 4 * 3), entries.Count);
        Assert.Equal(entries.Count - 1, entries[^1].Index);
        var verdict = await fixture.VerdictAsync();
        Assert.Null(verdict.First);
        Assert.Equal((60, entries.Count), (verdict.Size, verdict.Journals.Single(j => j.Log == "handlinger").Size));
    }

    [Fact]
    public async Task What_retention_erases_is_erased_in_the_log_too_and_its_leaf_stays()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.ActAsync(fixture);
        await fixture.Services.GetRequiredService<ICaseNotes>().HoldAsync(ActionLogFixture.Anna, "24-0117", false, "Slut", default);
        var before = await fixture.EntriesAsync();
        fixture.Time.Advance(TimeSpan.FromDays(366 * 6));
        Assert.Equal(2, (await fixture.Services.GetRequiredService<Eraser>().EraseAsync(default)).Letters);
        var after = await fixture.EntriesAsync();
        Assert.Equal(before.Select(e => (e.Kind, e.Id, e.At, e.Sha256)), after.Select(e => (e.Kind, e.Id, e.At, e.Sha256)));
        string[] kept = ["log-begun", "incident-noted", "incident-noted", "incident-withdrawn", "sender-muted"];
        Assert.Equal(kept, after.Where(e => e.Json is not null).Select(e => e.Kind));
        var verdict = await fixture.VerdictAsync();
        Assert.Null(verdict.First);
        Assert.Equal(after.Count - kept.Length, verdict.Journals.Single(j => j.Log == "handlinger").Erased);

        await ActionLogFixture.RegisterAsync(fixture, 2);
        Assert.Null((await fixture.VerdictAsync()).First);
        await fixture.DoAsync("""UPDATE "JournalEntries" SET "ErasedBy" = 'Retention:OtherMessageDays' WHERE "Index" = 3""");
        Assert.Equal((LedgerProblem.ErasureForged, 4L, "handlinger"), At((await fixture.VerdictAsync()).First));
    }

    [Fact]
    public async Task What_stood_before_there_was_a_log_is_taken_in_once_and_from_then_on_everything_has_an_entry()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.ActAsync(fixture);
        var before = await fixture.EntriesAsync();
        foreach (var table in (string[])["JournalEntries", "JournalTiles", "JournalHeads"])
            await fixture.DoAsync($"""DELETE FROM "{table}" WHERE "Log" = 1""");
        Assert.Equal((LedgerProblem.HeadChanged, 1L, "handlinger"), At((await fixture.VerdictAsync()).First));
        await fixture.DbAsync(async db =>
        {
            await fixture.Services.GetRequiredService<ActionStart>().PrepareAsync(db, default);
            return 0;
        });

        // Acted on between the upgrade and the taking in.
        await ActionLogFixture.RegisterAsync(fixture, 2, "Rettet");
        Assert.Null((await fixture.VerdictAsync()).First);
        Assert.True(await fixture.TakeIn().RunAsync(default) > 0);
        Assert.Equal(0, await fixture.TakeIn().RunAsync(default));
        var entries = await fixture.EntriesAsync();
        Assert.Equal(("letter-corrected", "log-complete"), (entries[0].Kind, entries[^1].Kind));
        Assert.All(entries.Skip(1).SkipLast(1), e => Assert.StartsWith("earlier/", e.Kind, StringComparison.Ordinal));
        Assert.Equal(
            before.Select(e => e.Id).Append("letter/2/2").Append("log").Distinct().Order(), entries.Select(e => e.Id).Distinct().Order());
        Assert.Null((await fixture.VerdictAsync()).First);
        await fixture.DoAsync("""
            INSERT INTO "CaseHoldEntries" ("Id", "Authority", "CaseNumber", "On", "At", "ById", "ByName", "Reason")
            SELECT 99, "Authority", "CaseNumber", "On", "At", "ById", "ByName", "Reason" FROM "CaseHoldEntries" WHERE "Id" = 1
            """);
        Assert.Equal(LedgerProblem.ActionChanged, (await fixture.VerdictAsync()).First?.Problem);
    }

    [Fact]
    public async Task The_tail_that_was_cut_in_every_table_is_found_by_a_checkpoint_outside()
    {
        await using var fixture = await OpenAsync();
        await ActionLogFixture.ActAsync(fixture);
        string[] tables = ["JournalEntries", "JournalTiles", "JournalHeads"];
        foreach (var table in tables) await fixture.DoAsync($"""CREATE TABLE "Was{table}" AS SELECT * FROM "{table}" """);
        await fixture.Services.GetRequiredService<ICaseNotes>()
            .NoteIncidentAsync(ActionLogFixture.Anna, new IncidentDraft(fixture.Time.GetUtcNow(), null, null, "Væk"), default);
        var key = JournalLog.Actions.KeyOf(fixture.Services.GetRequiredService<LedgerKey>().Verifier);
        var outside = await fixture.DbAsync(db => db.Set<StoredJournalHead>().AsNoTracking().SingleAsync(h => h.Log == 1));
        foreach (var table in tables)
            await fixture.DoAsync($"""DELETE FROM "{table}"; INSERT INTO "{table}" SELECT * FROM "Was{table}" """);
        await fixture.DoAsync("""DELETE FROM "Incidents" WHERE "Id" = 3""");
        Assert.Null((await fixture.VerdictAsync()).First);
        var found = await fixture.VerdictAsync(new GivenCheckpoint("udefra", new Checkpoint(key.Name, outside.Size, outside.Root)));
        Assert.Equal((LedgerProblem.TailCut, outside.Size, "handlinger"), At(found.First));
    }

    internal static (LedgerProblem? Problem, long? Leaf, string? Log) At(LedgerFinding? finding) =>
        (finding?.Problem, finding?.Sequence, finding?.Log);
}

public sealed class SqliteActionLogTests : ActionLogTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresActionLogTests(PostgresServer server) : ActionLogTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
