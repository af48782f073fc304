using System.Net;
using System.Net.Sockets;
using Portal.Hosting;
using Portal.Ingestion.Settings;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>A wrong setting stops the start with one clear line that names its key.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("start").FullName;

    private string[] Settings => ["--Urls=http://127.0.0.1:0", "--Database:ConnectionString=Data "
        + $"Source={_folder}/portal.db", $"--Ledger:KeyPath={_folder}/ledger.key",
        $"--Portal:DataProtectionKeyPath={_folder}/keys", "--Demo:Enabled=false"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Database:ConnectionString", "Data Sauce=x")]
    [InlineData("Municipality:Cvr", "123")]
    [InlineData("Ingestion:MaxMessageBytes", "many")]
    [InlineData("Ingestion:MaxMessageBytes", "500000001")]
    [InlineData("Ingestion:Folder:Path", "{folder}/a-file")]
    [InlineData("Ingestion:Folder:Path", "{folder}/no/such/folder")]
    [InlineData("Ingestion:Push:ClientCertificateThumbprints:0", "zz")]
    [InlineData("Ingestion:Push:ClientCertificateThumbprints:0", "0123456789ABCDEF0123456789ABCDEF01234567")]
    [InlineData("Ingestion:Push:RefusalHttpStatus", "404")]
    [InlineData("Portal:TrustedProxies:0", "0.0.0.0/0")]
    [InlineData("Portal:TrustedProxies:0", "proxy")]
    [InlineData("Portal:PublicUrl", "portal.kommune.dk")]
    [InlineData("Portal:PublicUrl", "https://portal.kommune.dk/sti")]
    [InlineData("Api:Keys:0:Hash", "abc")]
    [InlineData("Demo:MessagesPerSecond", "-1")]
    [InlineData("Auth:Mode", "Magic")]
    [InlineData("Evidence:AppealPeriods:huslejenaevn", "28 dage")]
    [InlineData("Evidence:PostEventCodes:1", "bogus")]
    [InlineData("Urls", "nonsense")]
    [InlineData("Urls", "")]
    [InlineData("Database:ConnectionString", "")]
    [InlineData("Smtp:From", "notanaddress")]
    [InlineData("Redis:ConnectionString", ",,,==")]
    [InlineData("Ingestion:Amqp:Enable", "true")]
    [InlineData("Ingestoin:RunInPortal", "true")]
    [InlineData("Auth:Session:IdleMinutes", "0")]
    [InlineData("Auth:Session:MaxHours", "en dag")]
    [InlineData("Portal:DataProtectionKeyPath", "")]
    public async Task A_wrong_key_is_found_before_anything_is_opened_and_named_in_one_line(string key, string value)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a-file"), "vm-1\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_folder, "a-file"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var problem = Assert.Throws<ConfigurationProblemException>(() => PortalHost.Build(["--environment=Development", .. Settings,
            $"--{key}={value.Replace("{folder}", _folder, StringComparison.Ordinal)}"], () => false));
        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    // Outside Development nothing else is demanded than these; each is asked for by name.
    [Theory]
    [InlineData("Auth:OpenIdConnect:Authority", "")]
    [InlineData("Auth:OpenIdConnect:ClientId", "")]
    [InlineData("Auth:OpenIdConnect:ClientSecret", "")]
    [InlineData("Auth:OpenIdConnect:Authority", "http://login.kommune.dk")]
    [InlineData("Auth:OpenIdConnect:Authority", "login.kommune.dk")]
    [InlineData("Auth:OpenIdConnect:ClientAuthentication", "mtls")]
    [InlineData("Auth:OpenIdConnect:ClientKeyPath", "", "--Auth:OpenIdConnect:ClientAuthentication=private_key_jwt")]
    [InlineData("Auth:OpenIdConnect:ClientKeyPath", "/no/such/key.pem")]
    [InlineData("Auth:OpenIdConnect:ClientKeyPath", "/etc/passwd")]
    [InlineData("Auth:RoleMap:http://kommune.dk/roles/x/1", "konge")]
    public void A_key_of_the_sign_in_that_is_missing_or_wrong_is_named_outside_Development(string key, string value, params string[] more)
    {
        string[] signIn = ["--Auth:OpenIdConnect:Authority=https://login.kommune.dk", "--Auth:OpenIdConnect:ClientId=portal",
            "--Auth:OpenIdConnect:ClientSecret=hemmelig"];
        var problem = Assert.Throws<ConfigurationProblemException>(
            () => PortalHost.Build(["--environment=Production", .. Settings, .. signIn, .. more, $"--{key}={value}"], () => false));
        Assert.Equal(key, problem.Key);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public async Task A_production_start_without_a_sign_in_stops_and_names_what_is_missing()
    {
        var ended = await Programs.PortalAsync("Production", Settings);
        Assert.Equal(1, ended.Status);
        var line = Assert.Single(ended.ErrorLines);
        foreach (var key in (string[])["Authority", "ClientId", "ClientSecret"])
            Assert.Contains($"Auth:OpenIdConnect:{key}", line, StringComparison.Ordinal);
    }

    // One setting that is wrong when read, and those that are found wrong only when used.
    [Theory]
    [InlineData("Municipality:Cvr", "123")]
    [InlineData("Ledger:KeyPath", "{folder}/a-file/ledger.key")]
    [InlineData("Ledger:KeyPath", "/etc/passwd")]
    [InlineData("Portal:DataProtectionKeyPath", "{folder}/a-file/keys")]
    [InlineData("Urls", "{taken}")]
    [InlineData("Kestrel:Endpoints:One:Url", "{taken}")]
    public async Task A_wrong_key_stops_the_start_with_one_line_that_names_it(string key, string value)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await File.WriteAllTextAsync(Path.Combine(_folder, "a-file"), "", TestContext.Current.CancellationToken);
        value = value.Replace("{folder}", _folder, StringComparison.Ordinal)
            .Replace("{taken}", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", StringComparison.Ordinal);

        var ended = await Programs.PortalAsync("Development", [.. Settings, $"--{key}={value}"]);

        Assert.Equal(1, ended.Status);
        var named = key.StartsWith("Kestrel:", StringComparison.Ordinal) ? "Kestrel:Endpoints" : key;
        Assert.Contains(named, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("chmod", ended.Error, StringComparison.Ordinal);
        // The web server may log that its addresses come from two sources; nothing else is allowed.
        Assert.DoesNotContain("fail:", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read by others", "kan læses af andre end sin ejer; ret det med: chmod 600")]
    [InlineData("gone", "mangler, men databasen har en log")]
    [InlineData("another", "er ikke den, som databasens log er underskrevet med")]
    [InlineData("no key", "holder ingen Ed25519-nøgle")]
    public async Task A_key_of_the_ledger_that_cannot_be_trusted_stops_both_programs_with_one_line(string error, string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        await using (var fixture = await Portal.Tests.Ingestion.Log.IngestionFixture.OpenAsync(_folder))
            await fixture.ReceiveAsync(Portal.Tests.Ingestion.Log.IngestionFixture.Envelope("a"));
        var key = Path.Combine(_folder, "ledger.key");
        switch (error)
        {
            case "read by others" when !OperatingSystem.IsWindows():
                File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead); break;
            case "gone": File.Delete(key); break;
            case "another":
                File.Delete(key);
                await using (var other = await Portal.Tests.Ingestion.Log.IngestionFixture.OpenAsync())
                    File.Copy(Path.Combine(other.Folder, "ledger.key"), key);
                break;
            default: await File.WriteAllTextAsync(key, "hemmeligt", TestContext.Current.CancellationToken); break;
        }

        string[] settings = [$"--Database:ConnectionString=Data Source={_folder}/portal.db", $"--Ledger:KeyPath={key}"];
        foreach (var ended in (Programs.Ended[])[await Programs.PortalAsync("Development",
            ["--Urls=http://127.0.0.1:0", "--Demo:Enabled=false", .. settings]), await Programs.IngestionAsync(["run", .. settings])])
        {
            Assert.NotEqual(0, ended.Status);
            var line = Assert.Single(ended.ErrorLines);
            Assert.Contains("Ledger:KeyPath", line, StringComparison.Ordinal);
            Assert.Contains(text, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_personas_never_start_outside_development()
    {
        var ended = await Programs.PortalProcessAsync(_folder, "Production", $"--Database:ConnectionString=Data Source={_folder}/portal.db",
            $"--Ledger:KeyPath={_folder}/ledger.key", "--Auth:Mode=Development");
        Assert.Equal(1, ended.Status);
        Assert.Contains("Auth:Mode", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", 0, "--settings FIL")]
    [InlineData("--version", 0, "1.0.0")]
    [InlineData("start", 1, "Argumentet start kendes ikke")]
    public async Task Asked_about_itself_or_told_nonsense_the_portal_makes_nothing(string argument, int status, string text)
    {
        var ended = await Programs.PortalAsync("Production", [argument, .. Settings]);
        Assert.Equal(status, ended.Status);
        Assert.Contains(text, ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task The_start_says_which_database_it_uses_and_when_it_has_made_one()
    {
        await using (var first = await HostedPortal.StartAsync(_folder))
        {
            Assert.Contains(
                $"Database: SQLite {_folder}/portal.db. It was not there and has been MADE NEW", first.Output, StringComparison.Ordinal);
        }
        await using var second =
            await HostedPortal.StartAsync(_folder, settings: ["--Database:CreateIfMissing=false", "--Events:Exchange=x"]);
        Assert.Contains($"Database: SQLite {_folder}/portal.db", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MADE NEW", second.Output, StringComparison.Ordinal);
        Assert.Contains("without effect in this version: Events:Exchange", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_made_next_to_one_that_is()
    {
        var drop = Path.Combine(_folder, "drop");
        await using var portal = await HostedPortal.StartAsync(_folder, settings: [$"--Ingestion:Folder:Path={drop}"]);
        Assert.True(Directory.Exists(drop));
    }
}
