using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Retention;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Retention;

/// <summary>
/// SQLite's full-text index of error texts can only delete an entry by the text it was given, which the present masking might write
/// differently.
/// </summary>
public sealed class ErrorWordsErasureTests
{
    private static byte[] Failed(string id, string error) => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>
          <s:UUIDIdentifikator>{Portal.Ingestion.Envelopes.KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          <k:TilladtModtager>
          <s:URNIdentifikator>urn:oio:cvr-nr:{IngestionFixture.Own}</s:URNIdentifikator></k:TilladtModtager></k:Filtreringsdata>
          </k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
          <p:TransaktionsStatusKode>Fejlet</p:TransaktionsStatusKode>
          <p:FejlDetaljer><p:FejlKode>x</p:FejlKode><p:FejlTekst>{error}</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static async Task<int> HitsAsync(IngestionFixture fixture, string word) =>
        (await fixture.Messages.ListAsync(IngestionFixture.Administrator(), new MessageFilter { Text = word }, null, 10, default))
            .Items.Count;

    // Fails when the index does not agree with its texts.
    private static Task CheckAsync(IngestionFixture fixture) =>
        fixture.SqlAsync("""INSERT INTO "ErrorSearch" ("ErrorSearch", "rank") VALUES ('integrity-check', 1)""");

    [Theory]
    [InlineData("""UPDATE "ErrorSearch" SET "Words" = 'gammelkvabs blev maskeret på en anden måde' WHERE "rowid" = 1""")]
    [InlineData(
        """UPDATE "ErrorSearch" SET "Words" = 'gammelkvabs'; UPDATE "MessageContent" SET "Content" = zeroblob(9) WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Messages" SET "ErrorText" = NULL WHERE "Sequence" = 1""")]
    public async Task A_message_is_erased_from_the_index_whatever_its_text_was_masked_to_then_and_is_now(string before)
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await fixture.ReceiveAsync(Failed("a", "Gammelkvabs 0101011234 i postkassen"));
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        await fixture.SqlAsync(before);
        fixture.Time.Advance(TimeSpan.FromDays(91));
        await fixture.ReceiveAsync(Failed("b", "Nyvrangel i postkassen"));
        Assert.Equal(1, await HitsAsync(fixture, "gammelkvabs"));

        Assert.Equal(1, (await fixture.Services.GetRequiredService<Eraser>().EraseAsync(default)).OtherMessages);

        await CheckAsync(fixture);
        Assert.Equal((0, 1), (await HitsAsync(fixture, "gammelkvabs"), await HitsAsync(fixture, "nyvrangel")));
        await using var connection = new SqliteConnection(fixture.Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "ErrorSearch_content" WHERE "id" = 1""";
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
