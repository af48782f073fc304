using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;

namespace Portal.Tests.Ingestion.Log;

/// <summary>The message side, composed as the programs compose it, over a separate database.</summary>
internal sealed class IngestionFixture : IAsyncDisposable
{
    public const string Own = "55133018";
    private static readonly PreparedFolder Prepared = new(async folder => await (await OpenAsync(folder)).DisposeAsync());
    private readonly string _folder;
    private readonly bool _keep;
    private readonly ServiceProvider _services;

    private IngestionFixture(string? folder, int maxBytes, Action<IServiceCollection>? more, string? server, bool create)
    {
        (_folder, _keep) = (folder ?? Directory.CreateTempSubdirectory("ingestion").FullName, folder is not null);
        Settings = new PortalSettings
        {
            KeyFolder = _folder, CreateIfMissing = create, MaxMessageBytes = maxBytes,
            Provider = server is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
            ConnectionString = server ?? $"Data Source={Path.Combine(_folder, "portal.db")};Default Timeout=5",
        };
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddIngestion(Settings);
        more?.Invoke(services);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));
    public PortalSettings Settings { get; }
    public string Folder => _folder;
    public IReceiver Receiver => _services.GetRequiredService<IReceiver>();
    public DeliveryReader Reader => _services.GetRequiredService<DeliveryReader>();
    public MessageStore Store => _services.GetRequiredService<MessageStore>();
    public IMessageReader Messages => _services.GetRequiredService<IMessageReader>();
    public IQuarantineReader Quarantine => _services.GetRequiredService<IQuarantineReader>();
    public IServiceProvider Services => _services;

    public static Viewer Administrator(string cvr = Own) => new("adm", "Anders", (ViewerRights)int.MaxValue, [cvr], TypeScope.Everything);

    /// <param name="folder">The database's folder, which is kept; null: a temporary one that begins as a copy of a prepared one.</param>
    /// <param name="server">Connection string of a PostgreSQL database; null: SQLite.</param>
    /// <param name="create"><c>Database:CreateIfMissing</c>.</param>
    /// <param name="prepared">With a server: the files to copy into the folder first.</param>
    public static async Task<IngestionFixture> OpenAsync(string? folder = null, int maxBytes = 1 << 20,
        Action<IServiceCollection>? more = null, string? server = null, PreparedFolder? prepared = null, bool create = true)
    {
        var fixture = new IngestionFixture(folder, maxBytes, more, server, create);
        if (server is null && folder is null) prepared ??= Prepared;
        if (prepared is not null) await prepared.CopyToAsync(fixture.Folder);
        try
        {
            await fixture._services.GetRequiredService<IngestionDatabase>().PrepareAsync(default);
            return fixture;
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    /// <summary>An envelope with a status in plain XML.</summary>
    public static byte[] Envelope(string id, string type = KnownBeskedtyper.PostStatus, string? to = Own, string status = "Klar",
        string? responsible = null, string extra = "", string? sensitivity = null) => Encoding.UTF8.GetBytes(
            $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype><s:UUIDIdentifikator>{type}</s:UUIDIdentifikator></k:Beskedtype>
          {(to is null ? "" : $"<k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{to}</s:URNIdentifikator></k:TilladtModtager>")}
          {(responsible is null ? "" : "<k:ObjektRegistrering><k:ObjektAnsvarligMyndighed>"
            + $"<s:URNIdentifikator>urn:oio:cvr:{responsible}</s:URNIdentifikator></k:ObjektAnsvarligMyndighed></k:ObjektRegistrering>")}
          {extra}</k:Filtreringsdata>
          <k:Leveranceinformation>
          {(sensitivity is null ? "" : $"<k:Sikkerhedsklassificering><s:UUIDIdentifikator>{sensitivity}</s:UUIDIdentifikator>"
            + "</k:Sikkerhedsklassificering>")}</k:Leveranceinformation></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
          <p:TransaktionsStatusKode>{status}</p:TransaktionsStatusKode></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    public Task<DeliveryOutcome> ReceiveAsync(byte[] bytes) =>
        Receiver.ReceiveAsync(new Delivery(bytes, "push", Time.GetUtcNow()), default);

    public Task<DeliveryOutcome> ReceiveAsync(string text) => ReceiveAsync(Encoding.UTF8.GetBytes(text));

    public async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection(Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Settings.Provider == DatabaseProvider.Sqlite) SqlitePool.Clear(Settings.ConnectionString);
        if (!_keep) Directory.Delete(_folder, recursive: true);
    }
}
