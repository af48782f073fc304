using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class CprHashTests
{
    [Fact]
    public void Programs_that_start_together_share_one_key_that_its_owner_alone_reads()
    {
        var folder = Directory.CreateTempSubdirectory("cprhash").FullName;
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        var hashes = new string[16];
        Parallel.For(0, hashes.Length,
            n => hashes[n] = Convert.ToHexString(CprHash.Hash(CprHash.ReadOrMake(Path.Combine(folder, "search.key")), cpr)));

        Assert.Single(hashes.Distinct());
        var key = Assert.Single(Directory.GetFiles(folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Directory.Delete(folder, recursive: true);
    }
}
