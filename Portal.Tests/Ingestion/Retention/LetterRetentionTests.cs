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
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>What is left of a letter that has served its time: the verdict and the counts, and no person.</summary>
public abstract class LetterRetentionTests
{
    private const string Uuid = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Number = "24-0117";

    /// <summary>A message side over a database of its own.</summary>
    private protected abstract Task<IngestionHouse> OpenAsync();

    [Fact]
    public async Task Recipient_title_documents_corrections_and_notes_go_and_the_verdict_and_the_counts_stay()
    {
        await using var house = await OpenAsync();
        await FailedLetterAsync(house);
        var (before, cases) = (await LetterAsync(house), Cases(house));
        Assert.Equal((Verdict.Failed, 1, 2), (before.Verdict, before.Corrections.Count, before.Work.Count));
        Assert.Single((await cases.SearchAsync(LettersHouse.Caseworker(), "Åse Lejer", null, 10, default)).Items);

        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(new ErasureCounts(1, 1, 0, 0, 0), await house.Services.GetRequiredService<IRetentionForecast>().CountAsync(IngestionHouse.Administrator(), house.Time.GetUtcNow(), default));
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(house));
        Assert.Equal(0, (await EraseAsync(house)).Total);

        var after = await LetterAsync(house);
        Assert.Equal((Verdict.Failed, before.VerdictAt, house.Time.GetUtcNow(), house.Time.GetUtcNow()), (after.Verdict, after.VerdictAt, after.StatusesErasedAt!.Value, after.RegistrationErasedAt!.Value));
        Assert.Equal(("Slettet", new LetterRecipient("Slettet", null, null), new LetterIdentifiers()), (after.Title, after.Recipient, after.Identifiers));
        Assert.Equal((0, 0, 0, 0), (after.Documents.Count, after.Corrections.Count, after.Work.Count, after.Events.Count));
        Assert.Equal(1, (await cases.CountAsync(LettersHouse.Caseworker(), DateTimeOffset.MinValue, default)).Failed);

        // Found by its case, by nothing that told of anyone; and there is nothing left to do about it.
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        Assert.Empty(await cases.SearchByCprAsync(LettersHouse.Caseworker(), cpr, default));
        foreach (var text in (string[])["Åse", "Lejer", "husleje", "rettet"]) Assert.Empty((await cases.SearchAsync(LettersHouse.Caseworker(), text, null, 10, default)).Items);
        Assert.Single((await cases.SearchAsync(LettersHouse.Caseworker(), Number, null, 10, default)).Items);
        Assert.Equal(0, await cases.AttentionCountAsync(LettersHouse.Caseworker(), default));
        await using var db = await DbAsync(house);
        Assert.Equal(0, await db.LetterVersions.CountAsync() + await db.LetterIdentifiers.CountAsync() + await db.WorkEntries.CountAsync() + await db.WorkItems.CountAsync() + await db.CaseHoldEntries.CountAsync());
        Assert.DoesNotContain("0101011234", (await db.Letters.SingleAsync()).RegistrationJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_erasure_is_recorded_with_the_ledgers_key_and_the_log_still_verifies()
    {
        await using var house = await OpenAsync();
        await FailedLetterAsync(house);
        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        await EraseAsync(house);
        var key = house.Services.GetRequiredService<LedgerKey>().Verifier;
        await using var db = await DbAsync(house);
        var (erasure, letter) = (await db.LetterErasures.SingleAsync(), await db.Letters.SingleAsync());
        Assert.Equal(("Retention:EvidenceYears", house.Time.GetUtcNow()), (erasure.Rule, erasure.ErasedAt));
        Assert.True(ErasureLog.IsGenuine(erasure, letter, key));
        erasure.ErasedAt = erasure.ErasedAt.AddDays(-1);
        Assert.False(ErasureLog.IsGenuine(erasure, letter, key));
        var verdict = await house.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(key, [], null, 0, default);
        Assert.Equal((null, 1, 1), (verdict!.First, verdict.Size, verdict.Erased));
    }

    [Fact]
    public async Task A_letter_stands_while_its_case_is_on_hold_and_goes_when_the_hold_is_lifted()
    {
        await using var house = await OpenAsync();
        await FailedLetterAsync(house);
        var notes = house.Services.GetRequiredService<ICaseNotes>();
        await notes.HoldAsync(LettersHouse.Caseworker(), Number, true, "Sagen er i retten", default);
        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(0, (await EraseAsync(house)).Total);
        Assert.Equal("Åse Lejer", (await LetterAsync(house)).Recipient.Name);
        await notes.HoldAsync(LettersHouse.Caseworker(), Number, false, "Sagen er slut", default);
        Assert.Equal(new ErasedCounts(1, 1, 0, 0), await EraseAsync(house));
        Assert.Equal("Slettet", (await LetterAsync(house)).Recipient.Name);
    }

    [Fact]
    public async Task A_letter_without_any_status_goes_too_and_one_that_is_registered_again_is_whole_for_its_years()
    {
        await using var house = await OpenAsync();
        await RegisterAsync(house, LettersHouse.Letter(uuid: Uuid));
        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(new ErasedCounts(1, 0, 0, 0), await EraseAsync(house));
        Assert.Equal(Verdict.EvidenceMissing, (await LetterAsync(house)).Verdict);

        await RegisterAsync(house, LettersHouse.Letter(uuid: Uuid));
        Assert.Equal(0, (await EraseAsync(house)).Total);
        Assert.Equal(("Åse Lejer", null), ((await LetterAsync(house)).Recipient.Name, (await LetterAsync(house)).RegistrationErasedAt));
        house.Time.Advance(TimeSpan.FromDays(366 * 5));
        Assert.Equal(1, (await EraseAsync(house)).Letters);
        Assert.Equal("Slettet", (await LetterAsync(house)).Recipient.Name);
    }

    // Corrected once, failed, with an owner and a note.
    private static async Task FailedLetterAsync(IngestionHouse house)
    {
        var letter = LettersHouse.Letter(uuid: Uuid) with { Documents = [new LetterDocument("Åse Lejer.pdf", null)] };
        await RegisterAsync(house, letter);
        await RegisterAsync(house, letter with { Title = "Afgørelse om husleje, rettet" });
        await house.ReceiveAsync(Stories.Envelopes.With(
            KnownHandlinger.Fejlet, $"<MessageUUID>{Uuid}</MessageUUID><TransaktionsDatoTid>2024-03-04T11:00:00Z</TransaktionsDatoTid>").Bytes);
        await house.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        var desk = house.Services.GetRequiredService<IWorkDesk>();
        var row = (await desk.ReadAsync(LettersHouse.Caseworker(), new WorkQuery(), null, 10, default)).Items.Single();
        foreach (var text in (string[])["Talte med Åse", "Åse vil have brevet som fysisk post"]) await desk.ActAsync(LettersHouse.Caseworker(), new WorkAct(WorkDeed.Noted) { Text = text }, [new WorkTarget(row.Id, row.Work.Revision)], default);
    }

    private static ICaseReader Cases(IngestionHouse house) => house.Services.GetRequiredService<ICaseReader>();

    private static async Task<LetterView> LetterAsync(IngestionHouse house) => (await Cases(house).FindAsync(LettersHouse.Caseworker(), Number, default))!.Letters.Single();

    private static Task<ErasedCounts> EraseAsync(IngestionHouse house) => house.Services.GetRequiredService<Eraser>().EraseAsync(default);

    private static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(IngestionHouse house, LetterRegistration letter) =>
        house.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(LettersHouse.Caseworker(), [letter], default);

    private static Task<IngestionDbContext> DbAsync(IngestionHouse house) => house.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
}

public sealed class SqliteLetterRetentionTests : LetterRetentionTests
{
    private protected override Task<IngestionHouse> OpenAsync() => IngestionHouse.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresLetterRetentionTests(PostgresServer server) : LetterRetentionTests
{
    private protected override Task<IngestionHouse> OpenAsync() => server.OpenAsync();
}
