using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>SQLite's index of error texts forgets a message by what it was given, whatever the mask of today would make of it.</summary>
public sealed class ErrorWordsErasureTests
{
    private static byte[] Failed(string id, string error) => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype><s:UUIDIdentifikator>{Portal.Ingestion.Envelopes.KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{IngestionHouse.Own}</s:URNIdentifikator></k:TilladtModtager></k:Filtreringsdata></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types"><p:TransaktionsStatusKode>Fejlet</p:TransaktionsStatusKode>
          <p:FejlDetaljer><p:FejlKode>x</p:FejlKode><p:FejlTekst>{error}</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static async Task<int> HitsAsync(IngestionHouse house, string word) =>
        (await house.Messages.ListAsync(IngestionHouse.Administrator(), new MessageFilter { Text = word }, null, 10, default)).Items.Count;

    // Fails when the index and its text do not agree.
    private static Task CheckAsync(IngestionHouse house) => house.SqlAsync("""INSERT INTO "ErrorSearch" ("ErrorSearch", "rank") VALUES ('integrity-check', 1)""");

    [Theory]
    [InlineData("""UPDATE "ErrorSearch" SET "Words" = 'gammelkvabs blev maskeret på en anden måde' WHERE "rowid" = 1""")]
    [InlineData("""UPDATE "ErrorSearch" SET "Words" = 'gammelkvabs'; UPDATE "MessageContent" SET "Content" = zeroblob(9) WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Messages" SET "ErrorText" = NULL WHERE "Sequence" = 1""")]
    public async Task A_message_is_erased_from_the_index_whatever_its_text_was_masked_to_then_and_is_now(string before)
    {
        await using var house = await IngestionHouse.OpenAsync();
        await house.ReceiveAsync(Failed("a", "Gammelkvabs 0101011234 i postkassen"));
        await house.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        await house.SqlAsync(before);
        house.Time.Advance(TimeSpan.FromDays(91));
        await house.ReceiveAsync(Failed("b", "Nyvrangel i postkassen"));
        Assert.Equal(1, await HitsAsync(house, "gammelkvabs"));

        Assert.Equal(1, (await house.Services.GetRequiredService<Eraser>().EraseAsync(default)).OtherMessages);

        await CheckAsync(house);
        Assert.Equal((0, 1), (await HitsAsync(house, "gammelkvabs"), await HitsAsync(house, "nyvrangel")));
        await using var connection = new SqliteConnection(house.Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "ErrorSearch_content" WHERE "id" = 1""";
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
