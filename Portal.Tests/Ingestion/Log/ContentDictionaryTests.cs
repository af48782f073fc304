using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Content is written with the dictionary that is checked in, and each stored content names it.</summary>
public sealed class ContentDictionaryTests
{
    // SHA-256 of content.zdict.
    private const string Hash = "526f876cc7ed0abcce11b73bfd74f6072194e70106fac6bb126a8c03849c602d";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_resource_is_the_file_that_was_checked_in_byte_for_byte() =>
        Assert.Equal(Hash, Convert.ToHexStringLower(SHA256.HashData(ContentDictionary.Read())));

    [Fact]
    public async Task A_stored_content_names_the_dictionary_of_the_resource_and_is_read_with_it_by_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("dictionary").FullName;
        var bytes = IngestionFixture.Envelope("00000000-0000-4000-8000-000000000001");
        for (var start = 0; start < 2; start++)
        {
            await using var fixture = await IngestionFixture.OpenAsync(folder);
            if (start == 0) await fixture.ReceiveAsync(bytes);
            await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
                .CreateDbContextAsync(Stop);
            var content = await db.MessageContent.SingleAsync(Stop);
            var dictionary = await db.Dictionaries.SingleAsync(Stop);
            Assert.Equal(dictionary.Id, content.Encoding);
            Assert.Equal(Hash, Convert.ToHexStringLower(SHA256.HashData(dictionary.Content)));
            using var alone = new ContentCodec();
            alone.Learn(content.Encoding, ContentDictionary.Read(), write: false);
            Assert.Equal(bytes, alone.Decompress(content.Encoding, content.Content));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Content_of_an_earlier_dictionary_is_read_though_new_content_is_written_with_another()
    {
        var folder = Directory.CreateTempSubdirectory("earlier").FullName;
        var (earlier, later) = (IngestionFixture.Envelope("00000000-0000-4000-8000-000000000001"),
            IngestionFixture.Envelope("00000000-0000-4000-8000-000000000002"));
        var other = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<Haendelsesbesked>", 100)));
        await using (var fixture = await IngestionFixture.OpenAsync(folder))
        {
            // As if a version with another dictionary file had written it.
            await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
                .CreateDbContextAsync(Stop);
            await db.Dictionaries.ExecuteUpdateAsync(d => d.SetProperty(x => x.Content, other), Stop);
            var id = (await db.Dictionaries.AsNoTracking().SingleAsync(Stop)).Id;
            await fixture.ReceiveAsync(earlier);
            using var codec = new ContentCodec();
            codec.Learn(id, other, write: true);
            var content = codec.Compress(earlier).Content;
            await db.MessageContent.ExecuteUpdateAsync(c => c.SetProperty(x => x.Content, content), Stop);
        }

        await using (var fixture = await IngestionFixture.OpenAsync(folder))
        {
            await fixture.ReceiveAsync(later);
            await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
                .CreateDbContextAsync(Stop);
            Assert.Equal(2, await db.MessageContent.Select(c => c.Encoding).Distinct().CountAsync(Stop));
            foreach (var bytes in new[] { earlier, later })
            {
                Assert.Equal(bytes, await fixture.Messages.ReadBytesAsync(
                    IngestionFixture.Administrator(), $"00000000-0000-4000-8000-00000000000{(bytes == earlier ? 1 : 2)}", Stop));
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
