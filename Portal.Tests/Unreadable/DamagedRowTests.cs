using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Verification;
using Portal.Ingestion.Verification.Checkpoints;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Unreadable;

/// <summary>
/// One row is damaged, and every reader reads: none throws, none stops, the messages around it are shown as usual, and the damaged one is
/// shown as unreadable. Seven messages: five statuses of letters L-1 to L-5 with error texts, two of no letter, one of a muted sender.
/// </summary>
public abstract class DamagedRowTests
{
    private const int Count = 7;
    private const int Damaged = 3;
    private static readonly Viewer Administrator = IngestionFixture.Administrator();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A message side whose database was filled by <see cref="FillAsync"/>.</summary>
    private protected abstract Task<IngestionFixture> OpenFilledAsync();

    private protected static string IdOf(int n) => $"00000000-0000-4000-8000-{n:D12}";

    private static string UuidOf(int n) => $"aaaaaaaa-0000-4000-8000-{n:D12}";

    private static string ActionOf(int n) => KnownHandlinger.Names.OrderBy(h => h.Key, StringComparer.Ordinal).ElementAt(n).Key;

    private static byte[] Envelope(int n) => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{IdOf(n)}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>
          <s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{IngestionFixture.Own}</s:URNIdentifikator></k:TilladtModtager>
          <k:RelateretObjekt><k:ObjektId><s:UUIDIdentifikator>bbbbbbbb-0000-4000-8000-{n:D12}</s:UUIDIdentifikator></k:ObjektId>
          <k:ObjektType><s:UUIDIdentifikator>91aa31b3-c4b3-499e-8689-93b1ef89f319</s:UUIDIdentifikator></k:ObjektType></k:RelateretObjekt>
          <k:ObjektRegistrering><k:Registreringstidspunkt>
          <s:TidsstempelDatoTid>2026-03-04T09:00:00Z</s:TidsstempelDatoTid></k:Registreringstidspunkt><k:ObjektHandling>
          <s:UUIDIdentifikator>{ActionOf(n)}</s:UUIDIdentifikator></k:ObjektHandling></k:ObjektRegistrering>
          </k:Filtreringsdata><k:Leveranceinformation><k:Dannelsestidspunkt>
          <s:TidsstempelDatoTid>2026-03-04T09:00:01Z</s:TidsstempelDatoTid></k:Dannelsestidspunkt></k:Leveranceinformation></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
          <p:MessageUUID>{UuidOf(n)}</p:MessageUUID><p:TransmissionId>forsendelse {n}</p:TransmissionId>
          <p:KanalKode>Digital Post</p:KanalKode><p:TransaktionsDatoTid>2026-03-04T10:00:0{n}+01:00</p:TransaktionsDatoTid>
          <p:TransaktionsStatusKode>Fejlet {n}</p:TransaktionsStatusKode><p:FejlDetaljer><p:FejlKode>kode.{n}</p:FejlKode>
          <p:FejlTekst>Kvabsovervrangel nummer{n} i postkassen</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    /// <summary>
    /// Makes one of everything that refers to messages: matches, work items, mutes, notes, quarantine rows, a checkpoint.
    /// </summary>
    private protected static async Task FillAsync(IngestionFixture fixture)
    {
        var letters = Enumerable.Range(1, 5).Select(n => new LetterRegistration
        {
            CaseNumber = "26-0412", CaseType = "huslejenaevn", LetterId = $"L-{n}", Title = $"Afgørelse {n}",
            Recipient = new LetterRecipient("Åse", "0101011234", "CPR"),
            SentAt = fixture.Time.GetUtcNow(), Identifiers = new LetterIdentifiers { MessageUuid = UuidOf(n) },
        });
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(Administrator, [.. letters], default);
        for (var n = 1; n <= Count; n++) await fixture.ReceiveAsync(Envelope(n));
        await fixture.ReceiveAsync("<ikke en besked>");
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        await fixture.Services.GetRequiredService<ICaseNotes>().NoteIncidentAsync(
            Administrator, new IncidentDraft(fixture.Time.GetUtcNow(), null, LetterChannel.DigitalPost, "Nede"), default);
        fixture.Time.Advance(TimeSpan.FromHours(2));
        var worklist = fixture.Services.GetRequiredService<IWorklistService>();
        var rows = await worklist.ReadAsync(Administrator, new WorkQuery(), null, 100, default);
        await worklist.ActAsync(
            Administrator, new WorkAction(WorkActionKind.Noted, "set"), [.. rows.Items.Select(r => new WorkTarget(r.Id, 0))], default);
        var waiting = rows.Items.First(r => r.BeskedId == IdOf(Count));
        Assert.True(await fixture.Services.GetRequiredService<ISenderMutes>().MuteAsync(Administrator, waiting.Id, "ikke vores", default));
        await fixture.Services.GetRequiredService<LetterCountingService>().CatchUpAsync(default);
        await fixture.Services.GetRequiredService<CheckpointMaker>().MakeAsync(default);
    }

    /// <summary>Makes every reader read with <paramref name="damage"/>, before and after the statuses are matched again.</summary>
    private protected async Task ReadEverythingAsync(Damage damage)
    {
        await using var fixture = await OpenFilledAsync();
        await SqlAsync(fixture, damage.Sql);
        await ReadMessagesAsync(fixture, damage);
        await ReadLettersAsync(fixture);
        await ReadQuarantineAsync(fixture, damage);
        await VerifyAsync(fixture, damage);

        // Matcher, mutes and figures start from the beginning, as after an upgrade that makes them read everything again.
        await SqlAsync(fixture, """DELETE FROM "StatusMatches"; DELETE FROM "MessageIdentifiers"; """
            + """UPDATE "ReaderPositions" SET "Sequence" = 0; UPDATE "MutedSenders" SET "Through" = 0""");
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        Assert.Equal(Count, await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().AskAsync(
            db => db.ReaderPositions.Where(p => p.Reader == LetterMatcher.Reader).Select(p => p.Sequence).SingleAsync(Stop)));
        await fixture.Services.GetRequiredService<SenderMutes>().CatchUpAsync(Stop);
        await ReadMessagesAsync(fixture, damage);
        await ReadLettersAsync(fixture);
        await EraseAsync(fixture, damage);
    }

    private static async Task ReadMessagesAsync(IngestionFixture fixture, Damage damage)
    {
        var reader = fixture.Messages;
        var listed = (await reader.ListAsync(Administrator, MessageFilter.Everything, null, 100, Stop)).Items;
        Assert.Equal(Enumerable.Range(1, Count).Select(n => (long)n).Reverse(), listed.Select(m => m.Sequence));
        var followed = new List<MessageView>();
        for (var slice = await reader.ReadAfterAsync(Administrator, MessageFilter.Everything, 0, 2, Stop); ; slice =
            await reader.ReadAfterAsync(Administrator, MessageFilter.Everything, slice.Position, 2, Stop))
        {
            followed.AddRange(slice.Items);
            if (slice.Items.Count < 2) break;
        }

        Assert.Equal(Enumerable.Range(1, Count).Select(n => (long)n), followed.Select(m => m.Sequence));
        foreach (var message in followed.Concat(listed).Where(m => m.Sequence != Damaged))
        {
            Assert.Null(message.Unreadable);
            Assert.Equal($"Fejlet {message.Sequence}", message.PostStatus?.Status);
            Assert.Equal(UuidOf((int)message.Sequence), message.PostStatus?.MessageUuid);
            Assert.NotEmpty(message.Objects);
        }

        foreach (var message in followed.Concat(listed).Where(m => m.Sequence == Damaged))
        {
            if (damage.Reason == "any") Assert.NotNull(message.Unreadable);
            else Assert.Equal(damage.Reason, message.Unreadable?.ToWire());
            Assert.Equal(IdOf(Damaged), message.BeskedId);
        }

        for (var n = 1; n <= Count; n++)
        {
            var detail = await reader.FindDetailAsync(Administrator, IdOf(n), Stop);
            Assert.Equal(n, detail!.Message.Sequence);
            if (n != Damaged) Assert.Contains($"Fejlet {n}", detail.MaskedXml, StringComparison.Ordinal);
            Assert.Equal(detail.Message, await reader.FindAsync(Administrator, IdOf(n), Stop));
            await ReadBytesAsync(reader, n, detail.Message);
        }

        Assert.InRange((await reader.CountAsync(Administrator, MessageFilter.Everything, Stop)).Value, Count - 1, Count);
        Assert.Equal(24, (await reader.VolumeAsync(
            Administrator, MessageFilter.Everything, fixture.Time.GetUtcNow().AddDays(-1), TimeSpan.FromHours(1), 24, Stop)).Count);
        foreach (var text in new[] { UuidOf(2), UuidOf(Damaged), "forsendelse", "Kvabsovervrangel", "nummer2", "L-3", "26-0412",
            "kode.2", IdOf(2) })
        {
            await reader.ListAsync(Administrator, new MessageFilter { Text = text }, null, 100, Stop);
            await reader.CountAsync(Administrator, new MessageFilter { Text = text }, Stop);
        }

        Assert.Single((await reader.ListAsync(Administrator, new MessageFilter { Text = "nummer2" }, null, 100, Stop)).Items);
        Assert.NotEmpty(await fixture.Services.GetRequiredService<ICatalogue>().ListAsync(Administrator, Stop));
    }

    private static async Task ReadBytesAsync(IMessageReader reader, int n, MessageView message)
    {
        try
        {
            Assert.Equal(n == Damaged && message.ErasedAt is not null
                ? await reader.ReadBytesAsync(Administrator, IdOf(n), Stop)
                : Envelope(n), await reader.ReadBytesAsync(Administrator, IdOf(n), Stop));
        }
        catch (UnreadableContentException unreadable)
        {
            Assert.Equal(Damaged, n);
            Assert.NotNull(message.Unreadable);
            Assert.NotEmpty(unreadable.Reason.ToWire());
        }
    }

    private static async Task ReadLettersAsync(IngestionFixture fixture)
    {
        var cases = fixture.Services.GetRequiredService<ICaseReader>();
        var found = await cases.FindAsync(Administrator, "26-0412", Stop);
        Assert.Equal(["L-1", "L-2", "L-3", "L-4", "L-5"], found!.Letters.Select(l => l.LetterId).Order(StringComparer.Ordinal));
        await cases.SearchAsync(Administrator, "Afgørelse", null, 100, Stop);
        await cases.SearchAsync(Administrator, null, null, 100, Stop);
        await cases.FollowUpAsync(Administrator, null, false, null, 100, Stop);
        await cases.AttentionCountAsync(Administrator, Stop);
        await cases.CountAsync(Administrator, fixture.Time.GetUtcNow().AddYears(-1), Stop);
        var worklist = fixture.Services.GetRequiredService<IWorklistService>();
        foreach (var row in (await worklist.ReadAsync(Administrator, new WorkQuery(), null, 100, Stop)).Items)
            await worklist.HistoryAsync(Administrator, row.Id, Stop);
        await worklist.EndedAsync(Administrator, 100, Stop);
        var mutes = fixture.Services.GetRequiredService<SenderMutes>();
        await mutes.CatchUpAsync(Stop);
        await mutes.ListAsync(Administrator, Stop);
        for (var n = 1; n <= Count; n++) await mutes.SenderOfAsync(Administrator, $"s-{n}", Stop);
        await fixture.Services.GetRequiredService<ICaseNotes>().IncidentsAsync(Administrator, Stop);
        await fixture.Services.GetRequiredService<LetterCountingService>().CatchUpAsync(Stop);
        var (first, last) = (Month.Of(fixture.Time.GetUtcNow()) + -2, Month.Of(fixture.Time.GetUtcNow()));
        var figures = fixture.Services.GetRequiredService<IFigureReader>();
        await figures.LettersAsync(Administrator, null, first, last, Stop);
        Assert.InRange(await figures.MessagesAsync(Administrator, first, last, Stop), Count - 1, Count);
        var bytes = await fixture.Services.GetRequiredService<IEvidenceSource>().BytesAsync(Administrator, "26-0412", Stop);
        foreach (var (sequence, reading) in bytes.Where(b => b.Key != Damaged)) Assert.Equal(Envelope((int)sequence), reading.Bytes);

        // Registering a letter again moves its statuses, whatever the damaged row says.
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(Administrator, [new LetterRegistration
        {
            CaseNumber = "26-9", LetterId = "L-9", Title = "Ny", Recipient = new LetterRecipient("Bo", null, null),
            SentAt = fixture.Time.GetUtcNow(),
            Identifiers = new LetterIdentifiers { MessageUuid = Guid.NewGuid().ToString(), TransmissionId = "forsendelse 3" },
        }], Stop);
    }

    private static async Task ReadQuarantineAsync(IngestionFixture fixture, Damage damage)
    {
        var row = Assert.Single((await fixture.Quarantine.ListAsync(Administrator, null, null, 100, Stop)).Items);
        try
        {
            Assert.Equal(
                "<ikke en besked>", Encoding.UTF8.GetString((await fixture.Quarantine.ReadBytesAsync(Administrator, row.Id, Stop))!));
        }
        catch (UnreadableContentException unreadable)
        {
            Assert.NotEmpty(unreadable.Reason.ToWire());
        }

        // The row is not a valid message, so a retry leaves it in quarantine. A log whose Merkle tree is damaged accepts nothing more and
        // says so.
        try
        {
            Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.Quarantine.RetryAsync(Administrator, row.Id, Stop));
        }
        catch (StorageUnavailableException refused) when (damage.Sql.Contains("\"Ledger", StringComparison.Ordinal))
        {
            Assert.Contains("verify", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, await fixture.Quarantine.CountAsync(Administrator, Stop));
    }

    private static async Task VerifyAsync(IngestionFixture fixture, Damage damage)
    {
        var ledger = fixture.Services.GetRequiredService<ILedgerReader>();
        for (var n = 1; n <= Count; n++)
        {
            Assert.Single(await ledger.CheckAsync(Administrator, [IdOf(n)], Stop));
            await ledger.ProofAsync(Administrator, IdOf(n), Stop);
        }

        var verdict = (await fixture.Services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(fixture.Services.GetRequiredService<LedgerKey>().Verifier, [], null, 0, Stop))!;
        Assert.Equal(Count, verdict.Size);
        if (damage.Reason is not null and not "unknown-kind" and not "number") Assert.Equal(Damaged, verdict.First?.Sequence);
    }

    private static async Task EraseAsync(IngestionFixture fixture, Damage damage)
    {
        fixture.Time.Advance(TimeSpan.FromDays(365 * 6));
        await fixture.Services.GetRequiredService<Eraser>().EraseAsync(Stop);

        // The other messages are erased by the retention rules, and nothing of them is left in the index of words.
        foreach (var n in Enumerable.Range(1, Count)
            .Where(n => n != Damaged && damage.Sql.Contains("\"Messages\"", StringComparison.Ordinal)))
        {
            Assert.NotNull((await fixture.Messages.FindAsync(Administrator, IdOf(n), Stop))?.ErasedAt);
            Assert.Empty(
                (await fixture.Messages.ListAsync(Administrator, new MessageFilter { Text = $"nummer{n}" }, null, 100, Stop)).Items);
        }
    }

    private protected static async Task SqlAsync(IngestionFixture fixture, string sql)
    {
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(Stop);
        await db.Database.OpenConnectionAsync(Stop);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}

internal static class Asking
{
    public static async Task<T> AskAsync<T>(this IDbContextFactory<IngestionDbContext> contexts, Func<IngestionDbContext, Task<T>> ask)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await ask(db);
    }
}
