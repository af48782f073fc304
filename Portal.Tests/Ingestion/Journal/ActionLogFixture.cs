using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Journal;

/// <summary>A message side in which people have done everything that the log of actions tells of.</summary>
internal static class ActionLogFixture
{
    public const string Note = "Ringede til lejeren";
    public static readonly Viewer Anna = LettersFixture.Caseworker();

    /// <summary>
    /// Two letters, the first corrected; a status put to the second by hand, taken away and put to it again; a note, an owner; a hold set,
    /// lifted and set; an incident, another withdrawn; a muted sender.
    /// </summary>
    public static async Task ActAsync(IngestionFixture fixture)
    {
        await RegisterAsync(fixture, 1);
        await RegisterAsync(fixture, 2);
        await RegisterAsync(fixture, 1, "Afgørelse om husleje, rettet");
        await StatusAsync(fixture, "bbbbbbbb-0000-0000-0000-000000000009");
        var hands = fixture.Services.GetRequiredService<IHandMatching>();
        Assert.Equal(HandOutcome.Done, await hands.AssignAsync(Anna, "s-1", "brev-2", "Se mail af 4. marts", default));
        var beskedId = await fixture.DbAsync(db => db.Messages.Select(m => m.BeskedId).FirstAsync());
        Assert.True(await hands.UndoAsync(Anna, beskedId, default));
        Assert.Equal(HandOutcome.Done, await hands.AssignAsync(Anna, "s-1", "brev-2", "Alligevel", default));
        await StatusAsync(fixture, "bbbbbbbb-0000-0000-0000-000000000010");
        var work = fixture.Services.GetRequiredService<IWorklistService>();
        await work.ActAsync(Anna, new WorkAction(WorkActionKind.Noted, Note), [new WorkTarget("l-2", 0)], default);
        await work.ActAsync(
            Anna, new WorkAction(WorkActionKind.Assigned, OwnerId: "bo", OwnerName: "Bo"), [new WorkTarget("s-2", 0)], default);
        var notes = fixture.Services.GetRequiredService<ICaseNotes>();
        foreach (var on in (bool[])[true, false, true]) Assert.True(await notes.HoldAsync(Anna, "24-0117", on, "Klagesag", default));
        foreach (var text in (string[])["Nedbrud", "Fejl"])
            await notes.NoteIncidentAsync(Anna, new IncidentDraft(fixture.Time.GetUtcNow(), null, null, text), default);
        Assert.True(await notes.WithdrawIncidentAsync(Anna, 2, default));
        Assert.True(await fixture.Services.GetRequiredService<ISenderMutes>().MuteAsync(Anna, "s-2", "Ikke vores", default));
    }

    public static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        IngestionFixture fixture, int n, string title = "Afgørelse om husleje for 010101-1234", string caseNumber = "24-0117") =>
        fixture.Services.GetRequiredService<ILetterRegistry>()
        .RegisterAsync(
            Anna, [LettersFixture.Letter($"brev-{n}", Uuid(n)) with { Title = title, CaseNumber = caseNumber }], default);

    public static string Uuid(int n) => $"aaaaaaaa-0000-0000-0000-{n:D12}";

    public static async Task StatusAsync(IngestionFixture fixture, string uuid)
    {
        await fixture.ReceiveAsync(Stories.Envelopes.With(KnownHandlinger.Fejlet,
            $"<MessageUUID>{uuid}</MessageUUID><KanalKode>Digital Post</KanalKode>"
                + "<TransaktionsDatoTid>2026-03-04T11:00:00Z</TransaktionsDatoTid>").Bytes);
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
    }

    public static async Task<LedgerVerdict> VerdictAsync(this IngestionFixture fixture, params GivenCheckpoint[] given) =>
        (await fixture.Services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(fixture.Services.GetRequiredService<LedgerKey>().Verifier, given, null, 0, default))!;

    public static Task<List<StoredJournalEntry>> EntriesAsync(this IngestionFixture fixture) =>
        fixture.DbAsync(db => db.Set<StoredJournalEntry>().AsNoTracking().OrderBy(e => e.Index).ToListAsync());

    public static Task CheckpointActionsAsync(this IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<JournalCheckpoints>().MakeAsync(JournalLog.Actions, default);

    public static ActionTakeIn TakeIn(this IngestionFixture fixture) => new(
        fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>(), fixture.Services.GetRequiredService<ActionLog>(),
        fixture.Services.GetRequiredService<CprHash>(), fixture.Services.GetRequiredService<WriteGate>(), fixture.Time,
        NullLogger<ActionTakeIn>.Instance);

    public static Task<int> DoAsync(this IngestionFixture fixture, string sql) => fixture.DbAsync(async db =>
    {
        // Not ExecuteSqlRaw: EF takes the braces in the SQL for placeholders.
        await using var command = db.Database.GetDbConnection().CreateCommand();
        await db.Database.OpenConnectionAsync();
#pragma warning disable CA2100 // Constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    });
}
