using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Portal.Tests.Postgres;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary><c>backup</c> and <c>restore</c> as an operator runs them, while a portal receives.</summary>
[Collection(PostgresTests.Name)]
public sealed class BackupVerbTests(PostgresServer server) : IDisposable
{
    private readonly string _folder = MakeFolders();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File_ => Path.Combine(_folder, "kopi.zip");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task What_was_received_before_a_backup_is_in_its_restored_copy_which_verifies_and_goes_on(string provider)
    {
        var (from, to) = (Place(provider, "fra"), Place(provider, "til"));
        List<string> before;
        Programs.Ended saved;
        await using (var portal = await HostedPortal.StartAsync(Folder("fra"), settings: from))
        {
            await PushAsync(portal, 30);
            before = await IdsAsync(portal);
            Assert.Equal(30, before.Count);

            // Receives on while the backup is made.
            var more = PushAsync(portal, 200);
            saved = await Programs.IngestionAsync(["backup", "--to", File_, .. from]);
            await more;
        }

        Assert.Equal((0, ""), (saved.Status, saved.Error));
        Assert.Contains("Filen holder personoplysninger og nøgler", saved.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File_));
        Assert.Equal([Path.GetFileName(File_)], Directory.EnumerateFiles(_folder).Select(Path.GetFileName));

        var restored = await Programs.IngestionAsync(["restore", "--from", File_, .. to]);
        Assert.Equal((0, ""), (restored.Status, restored.Error));
        Assert.Contains("UBRUDT (intact): ", restored.Output, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllBytesAsync($"{Folder("fra")}/ledger.key", Stop),
                await File.ReadAllBytesAsync($"{Folder("til")}/ledger.key", Stop));

        await using var copy = await HostedPortal.StartAsync(Folder("til"), settings: to);
        Assert.Subset((await IdsAsync(copy)).ToHashSet(), before.ToHashSet());
        await PushAsync(copy, 5);
        Assert.True((bool)(await copy.GetAsync("/api/bevis/verificer"))["intact"]!);
    }

    [Fact]
    public async Task A_restored_copy_lets_nobody_in_by_a_session_of_before()
    {
        var from = Place("Sqlite", "fra");
        await using (var portal = await HostedPortal.StartAsync(Folder("fra"), settings: from))
        {
            await SignInAsync(portal);
            await Programs.IngestionAsync(["backup", "--to", File_, .. from]);
        }

        Assert.Equal(1L, await CountAsync("fra", "Sessions"));
        Assert.Equal(0, (await Programs.IngestionAsync(["restore", "--from", File_, .. Place("Sqlite", "til")])).Status);
        Assert.Equal(0L, await CountAsync("til", "Sessions"));
    }

    [Fact]
    public async Task A_backup_that_was_cut_off_or_changed_is_refused_and_nothing_is_written()
    {
        await MadeAsync();
        var whole = await File.ReadAllBytesAsync(File_, Stop);
        foreach (var bad in (byte[][])[[], [.. whole.Take(whole.Length / 2)], Changed(whole), "ikke en kopi"u8.ToArray()])
        {
            await File.WriteAllBytesAsync(File_, bad, Stop);
            var ended = await Programs.IngestionAsync(["restore", "--from", File_, .. Place("Sqlite", "til")]);
            Assert.Equal(1, ended.Status);
            Assert.Contains("er ikke en hel sikkerhedskopi", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(Folder("til")));
        }
    }

    [Fact]
    public async Task Nothing_that_is_there_is_overwritten_neither_a_file_a_database_nor_a_key()
    {
        var from = await MadeAsync();
        var bytes = await File.ReadAllBytesAsync(File_, Stop);
        await RefusedAsync(["backup", "--to", File_, .. from], "findes allerede og er ikke ændret");
        await RefusedAsync(["backup", "--to", Path.Combine(_folder, "ingen", "kopi.zip"), .. from], "Mappen til");
        await RefusedAsync(["restore", "--from", File_, .. from], "findes allerede, og intet er ændret");
        await RefusedAsync(["restore", "--from", Path.Combine(_folder, "nej"), .. from], "findes ikke");
        await RefusedAsync(
            ["restore", "--from", File_, "--Database:Provider=PostgreSql", $"--Database:ConnectionString={server.ConnectionString("tom")}"],
            "er fra Sqlite, men her er valgt PostgreSql");
        await RefusedAsync(["backup", "--to", Path.Combine(_folder, "b.zip"), .. Place("Sqlite", "tom")], "der er intet at gemme");

        await File.WriteAllTextAsync($"{Folder("til")}/ledger.key", "en anden", Stop);
        await RefusedAsync(["restore", "--from", File_, .. Place("Sqlite", "til")], "er en anden nøgle end den i sikkerhedskopien");
        Assert.Equal(["ledger.key"], Directory.EnumerateFiles(Folder("til")).Select(Path.GetFileName));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(File_, Stop));
    }

    [Fact]
    public async Task A_PostgreSQL_database_with_tables_is_left_as_it_is()
    {
        var from = Place("PostgreSql", "fra");
        await using (await HostedPortal.StartAsync(Folder("fra"), settings: from)) { }
        Assert.Equal(0, (await Programs.IngestionAsync(["backup", "--to", File_, .. from])).Status);
        await RefusedAsync(["restore", "--from", File_, .. from], "har allerede tabeller, og intet er ændret");
    }

    [Fact]
    public async Task Files_that_a_backup_names_outside_the_key_folder_are_never_written()
    {
        var from = await MadeAsync();
        await using (var archive = await ZipFile.OpenAsync(File_, ZipArchiveMode.Update, Stop))
        {
            const string Evil = "keys/sign-in/../../ude.key";
            await using (var entry = await archive.CreateEntry(Evil).OpenAsync(Stop)) await entry.WriteAsync("x"u8.ToArray(), Stop);
            var manifest = archive.GetEntry("manifest.json")!;
            JsonNode json;
            await using (var text = await manifest.OpenAsync(Stop)) json = (await JsonNode.ParseAsync(text, cancellationToken: Stop))!;
            json["entries"]!.AsArray().Add(new JsonObject
            {
                ["name"] = Evil, ["bytes"] = 1, ["sha256"] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
            });
            manifest.Delete();
            await using var written = await archive.CreateEntry("manifest.json").OpenAsync(Stop);
            await written.WriteAsync(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), Stop);
        }

        Assert.NotEmpty(from);
        Assert.Equal(0, (await Programs.IngestionAsync(["restore", "--from", File_, .. Place("Sqlite", "til")])).Status);
        Assert.Empty(Directory.EnumerateFiles(_folder, "ude.key", SearchOption.AllDirectories));
    }

    private static string MakeFolders()
    {
        var folder = Directory.CreateTempSubdirectory("backup").FullName;
        foreach (var place in (string[])["fra", "til", "tom"]) Directory.CreateDirectory(Path.Combine(folder, place));
        return folder;
    }

    private static byte[] Changed(byte[] bytes)
    {
        // One bit may be told in another way and mean the same: runs of zeros are packed as copies of each other.
        var changed = bytes.ToArray();
        for (var n = 0; n < 64; n++) changed[(bytes.Length / 3) + n] ^= 0xFF;
        return changed;
    }

    private static async Task RefusedAsync(string[] arguments, string why)
    {
        var ended = await Programs.IngestionAsync(arguments);
        Assert.Equal((1, ""), (ended.Status, ended.Output));
        Assert.Contains(why, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task SignInAsync(HostedPortal portal)
    {
        using var browser = new HttpClient { BaseAddress = portal.Address };
        var page = await browser.GetStringAsync(new Uri("/login", UriKind.Relative), Stop);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["persona"] = "administrator",
            ["__RequestVerificationToken"] = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value,
        });
        using var answer = await browser.PostAsync(new Uri("/login/persona", UriKind.Relative), form, Stop);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PushAsync(HostedPortal portal, int count)
    {
        for (var n = 0; n < count; n++)
        {
            using var body = new ByteArrayContent(Envelopes.Status(
                Guid.NewGuid().ToString(), Portal.Ingestion.Envelopes.KnownHandlinger.Klar, "2026-02-13T12:00:00Z").Bytes);
            body.Headers.ContentType = new("application/xml");
            using var answer = await portal.Http.PostAsync(new Uri("/beskedfordeler/modtag", UriKind.Relative), body, Stop);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<List<string>> IdsAsync(HostedPortal portal) =>
        [.. (await portal.GetAsync("/api/beskeder?limit=1000"))["items"]!.AsArray().Select(m => (string)m!["beskedId"]!)];

    private async Task<string[]> MadeAsync()
    {
        var from = Place("Sqlite", "fra");
        await using (await HostedPortal.StartAsync(Folder("fra"), settings: from)) { }
        Assert.Equal(0, (await Programs.IngestionAsync(["backup", "--to", File_, .. from])).Status);
        return from;
    }

    private async Task<object?> CountAsync(string place, string table)
    {
        await using var connection = new SqliteConnection($"Data Source={Folder(place)}/portal.db;Pooling=False");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM \"{table}\"";
        return await command.ExecuteScalarAsync(Stop);
    }

    private string Folder(string place) => Path.Combine(_folder, place);

    private string[] Place(string provider, string place) =>
    [
        $"--Database:Provider={provider}", provider == "Sqlite"
            ? $"--Database:ConnectionString=Data Source={Folder(place)}/portal.db"
            : $"--Database:ConnectionString={server.ConnectionString($"{Path.GetFileName(_folder).ToLowerInvariant()}_{place}",
                "Pooling=false;")}",
        $"--Ledger:KeyPath={Folder(place)}/ledger.key", $"--Portal:DataProtectionKeyPath={Folder(place)}/keys",
    ];
}
