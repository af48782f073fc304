using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Hosting;

/// <summary>Files that the programs create are readable by their user only; files that everyone can read are reported.</summary>
public sealed class OpenFilesTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForAll = OwnersFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly string _folder = Directory.CreateTempSubdirectory("open").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_database_with_its_log_and_the_folder_that_is_made_for_it_are_the_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        var made = Path.Combine(_folder, "data");
        await using var fixture = await IngestionFixture.OpenAsync(made);
        await fixture.ReceiveAsync(IngestionFixture.Envelope("a"));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
        string[] files = [.. Directory.GetFiles(made, "portal.db*").Where(f => !f.EndsWith(".migrate", StringComparison.Ordinal))];
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var file in files) Assert.Equal(OwnersFile, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("""{ "Smtp": { "Password": "hemmelig" } }""", true)]
    [InlineData("""{ "Api": { "Keys": [ { "Name": "x", "Key": "hemmelig" } ] } }""", true)]
    [InlineData("""{ "Database": { "Provider": "PostgreSql", "ConnectionString": "Host=h;Database=d;Password=x" } }""", true)]
    [InlineData("""{ "Ingestion": { "Amqp": { "Uri": "amqp://vaert/" } } }""", false)]
    [InlineData("""{ "Municipality": { "Cvr": "55133018" } }""", false)]
    public async Task A_settings_file_with_a_secret_that_all_can_read_is_reported(string json, bool announced)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        if (OperatingSystem.IsWindows()) return;
        var file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_folder, OwnersFile | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(file, ForAll);
        Assert.Equal(announced ? [file] : [], Find(file));
        File.SetUnixFileMode(file, OwnersFile);
        Assert.Empty(Find(file));
    }

    [Fact]
    public void A_database_and_a_certificate_that_all_can_read_are_reported_unless_their_folder_is_closed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        if (OperatingSystem.IsWindows()) return;
        string[] files = [Path.Combine(_folder, "client.pem"), Path.Combine(_folder, "portal.db"), Path.Combine(_folder, "portal.db-wal")];
        foreach (var file in files)
        {
            File.WriteAllText(file, "");
            File.SetUnixFileMode(file, ForAll);
        }

        var settings = new PortalSettings { ConnectionString = $"Data Source={files[1]}",
            Amqp = new AmqpSettings { Uri = new Uri("amqps://h/"), Queue = "q", ClientCertificatePath = files[0] } };
        File.SetUnixFileMode(_folder, OwnersFile | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Assert.Equal(files, OpenFiles.Find(settings, new ConfigurationBuilder().Build(), []));
        File.SetUnixFileMode(_folder, OwnersFile | UnixFileMode.UserExecute);
        Assert.Empty(OpenFiles.Find(settings, new ConfigurationBuilder().Build(), []));
    }

    private static List<string> Find(string file)
    {
        var configuration = new ConfigurationManager();
        string[] args = [$"--settings={file}"];
        ConfigurationFile.AddTo(configuration, args);
        return [.. OpenFiles.Find(new PortalSettings { ConnectionString = "Data Source=/nowhere/portal.db" }, configuration, args)];
    }
}
