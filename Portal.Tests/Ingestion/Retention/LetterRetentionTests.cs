using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>After its retention period a letter keeps its verdict and counts, and nothing about a person.</summary>
public abstract class LetterRetentionTests
{
    private const string Uuid = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Number = "24-0117";

    /// <summary>A message side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public async Task Recipient_title_documents_corrections_and_notes_go_and_the_verdict_and_the_counts_stay()
    {
        await using var fixture = await OpenAsync();
        await FailedLetterAsync(fixture);
        var (before, cases) = (await LetterAsync(fixture), Cases(fixture));
        Assert.Equal((Verdict.Failed, 1, 2), (before.Verdict, before.Corrections.Count, before.Work.Count));
        Assert.Single((await cases.SearchAsync(LettersFixture.Caseworker(), "Åse Lejer", null, 10, default)).Items);

        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(new ErasureCounts(1, 1, 0, 0, 0), await fixture.Services.GetRequiredService<IRetentionForecast>()
            .CountAsync(IngestionFixture.Administrator(), fixture.Time.GetUtcNow(), default));
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(fixture));
        Assert.Equal(0, (await EraseAsync(fixture)).Total);

        var after = await LetterAsync(fixture);
        Assert.Equal((Verdict.Failed, before.VerdictAt, fixture.Time.GetUtcNow(), fixture.Time.GetUtcNow()),
            (after.Verdict, after.VerdictAt, after.StatusesErasedAt!.Value, after.RegistrationErasedAt!.Value));
        Assert.Equal(("Slettet", new LetterRecipient("Slettet", null, null), new LetterIdentifiers()),
            (after.Title, after.Recipient, after.Identifiers));
        Assert.Equal((0, 0, 0, 0), (after.Documents.Count, after.Corrections.Count, after.Work.Count, after.Events.Count));
        Assert.Equal(1, (await cases.CountAsync(LettersFixture.Caseworker(), DateTimeOffset.MinValue, default)).Failed);

        // It is found by its case number but by nothing about a person, and it is not in the worklist.
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        Assert.Empty(await cases.SearchByCprAsync(LettersFixture.Caseworker(), cpr, default));
        foreach (var text in (string[])["Åse", "Lejer", "husleje", "rettet"])
            Assert.Empty((await cases.SearchAsync(LettersFixture.Caseworker(), text, null, 10, default)).Items);
        Assert.Single((await cases.SearchAsync(LettersFixture.Caseworker(), Number, null, 10, default)).Items);
        Assert.Equal(0, await cases.AttentionCountAsync(LettersFixture.Caseworker(), default));
        await using var db = await DbAsync(fixture);
        Assert.Equal(0, await db.LetterVersions.CountAsync() + await db.LetterIdentifiers.CountAsync() + await db.WorkEntries.CountAsync()
            + await db.WorkItems.CountAsync() + await db.CaseHoldEntries.CountAsync());
        Assert.DoesNotContain("0101011234", (await db.Letters.SingleAsync()).RegistrationJson, StringComparison.Ordinal);

        // Nor is anybody who registered it or sent it again.
        Assert.Equal(("", 0), ((await db.Letters.SingleAsync()).RegisteredBy, await db.LetterReplacements.CountAsync(r => r.ByName != "")));
        Assert.Null((await fixture.VerdictAsync()).First);
    }

    [Fact]
    public async Task The_erasure_is_recorded_with_the_ledgers_key_and_the_log_still_verifies()
    {
        await using var fixture = await OpenAsync();
        await FailedLetterAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        await EraseAsync(fixture);
        var key = fixture.Services.GetRequiredService<LedgerKey>().Verifier;
        await using var db = await DbAsync(fixture);
        var (erasure, letter) = (await db.LetterErasures.SingleAsync(), await db.Letters.SingleAsync());
        Assert.Equal(("Retention:EvidenceYears", fixture.Time.GetUtcNow()), (erasure.Rule, erasure.ErasedAt));
        Assert.True(ErasureLog.IsGenuine(erasure, letter, key));
        erasure.ErasedAt = erasure.ErasedAt.AddDays(-1);
        Assert.False(ErasureLog.IsGenuine(erasure, letter, key));
        var verdict = await fixture.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(key, [], null, 0, default);
        Assert.Equal((null, 1, 1), (verdict!.First, verdict.Size, verdict.Erased));
    }

    [Fact]
    public async Task A_letter_is_kept_while_its_case_is_on_hold_and_erased_when_the_hold_is_lifted()
    {
        await using var fixture = await OpenAsync();
        await FailedLetterAsync(fixture);
        var notes = fixture.Services.GetRequiredService<ICaseNotes>();
        await notes.HoldAsync(LettersFixture.Caseworker(), Number, true, "Sagen er i retten", default);
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(0, (await EraseAsync(fixture)).Total);
        Assert.Equal("Åse Lejer", (await LetterAsync(fixture)).Recipient.Name);
        await notes.HoldAsync(LettersFixture.Caseworker(), Number, false, "Sagen er slut", default);
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(fixture));
        Assert.Equal("Slettet", (await LetterAsync(fixture)).Recipient.Name);
    }

    [Fact]
    public async Task A_letter_without_any_status_goes_too_and_one_that_is_registered_again_is_whole_for_its_years()
    {
        await using var fixture = await OpenAsync();
        await RegisterAsync(fixture, LettersFixture.Letter(uuid: Uuid));
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(new ErasedCounts(1, 0, 0, 0), await EraseAsync(fixture));
        Assert.Equal(Verdict.EvidenceMissing, (await LetterAsync(fixture)).Verdict);

        await RegisterAsync(fixture, LettersFixture.Letter(uuid: Uuid));
        Assert.Equal(0, (await EraseAsync(fixture)).Total);
        Assert.Equal(("Åse Lejer", null), ((await LetterAsync(fixture)).Recipient.Name, (await LetterAsync(fixture)).RegistrationErasedAt));
        fixture.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(1, (await EraseAsync(fixture)).Letters);
        Assert.Equal("Slettet", (await LetterAsync(fixture)).Recipient.Name);
    }

    // Registers a letter that was corrected once and failed, with an owner and a note.
    private static async Task FailedLetterAsync(IngestionFixture fixture)
    {
        var letter = LettersFixture.Letter(uuid: Uuid) with { Documents = [new LetterDocument("Åse Lejer.pdf", null)] };
        await RegisterAsync(fixture, letter);
        await RegisterAsync(fixture, letter with { Title = "Afgørelse om husleje, rettet" });
        await fixture.ReceiveAsync(Stories.Envelopes.With(
            KnownHandlinger.Fejlet,
            $"<MessageUUID>{Uuid}</MessageUUID><TransaktionsDatoTid>2024-03-04T11:00:00Z</TransaktionsDatoTid>").Bytes);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        var worklist = fixture.Services.GetRequiredService<IWorklistService>();
        var row = (await worklist.ReadAsync(LettersFixture.Caseworker(), new WorkQuery(), null, 10, default)).Items.Single();
        foreach (var text in (string[])["Talte med Åse", "Åse vil have brevet som fysisk post"])
        {
            await worklist.ActAsync(LettersFixture.Caseworker(), new WorkAction(WorkActionKind.Noted) { Text = text },
                [new WorkTarget(row.Id, row.Work.Revision)], default);
        }
    }

    private static ICaseReader Cases(IngestionFixture fixture) => fixture.Services.GetRequiredService<ICaseReader>();

    private static async Task<LetterView> LetterAsync(IngestionFixture fixture) =>
        (await Cases(fixture).FindAsync(LettersFixture.Caseworker(), Number, default))!.Letters.Single();

    private static Task<ErasedCounts> EraseAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<Eraser>().EraseAsync(default);

    private static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IngestionFixture fixture, LetterRegistration letter) =>
        fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(LettersFixture.Caseworker(), [letter], default);

    private static Task<IngestionDbContext> DbAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
}

public sealed class SqliteLetterRetentionTests : LetterRetentionTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresLetterRetentionTests(PostgresServer server) : LetterRetentionTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
