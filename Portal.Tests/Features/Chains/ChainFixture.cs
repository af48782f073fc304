using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Sqlite;
using Portal.Platform.Storage;
using Portal.Platform.Storage.Postgres;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Features.Chains;

/// <summary>Chains over a separate, migrated database. Each <see cref="Node"/> is a portal node with nothing in memory.</summary>
internal sealed class ChainFixture : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    public const string Own = "55133018";

    /// <summary>The portal side's empty tables, in <c>portal.db</c>.</summary>
    public static readonly PreparedFolder Prepared = new(async folder =>
    {
        await using (var db = new PortalDbContext(Sqlite(folder).Options)) await db.Database.MigrateAsync();
        SqlitePool.Clear(DatabaseIn(folder));
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("chains").FullName;
    private readonly WriteGate _gate = new();
    private readonly List<ChainSessions> _nodes = [];
    private readonly string? _server;
    private readonly CommandCounter _watch = new();

    private ChainFixture(string? server)
    {
        _server = server;
        Log = new ChainLog(this, _gate);
        Store = new ChainStore(this, Log, _gate, Time);
        Codes = new WorkshopCodes(this, Store, _gate, Time);
        Versions = new ChainVersions(this, Store, _gate, Time);
        Dismissals = new HintDismissals(this, Store, _gate, Time);
    }

    /// <summary>True: every read and write of the database fails.</summary>
    public bool IsAway
    {
        get => _watch.IsAway;
        set => _watch.IsAway = value;
    }

    /// <summary>More interceptors between EF and the database.</summary>
    public List<IInterceptor> Interceptors { get; } = [];

    /// <summary>Commands sent to the database so far.</summary>
    public int Commands => _watch.Commands;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));
    public ChainLog Log { get; }
    public ChainStore Store { get; }
    public WorkshopCodes Codes { get; }
    public ChainVersions Versions { get; }
    public HintDismissals Dismissals { get; }

    public static Viewer Facilitator(string cvr = Own) =>
        new("freja", "Freja", ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits, [cvr], TypeScope.None);

    public static Viewer Manager { get; } = new("mette", "Mette", ViewerRights.Chains | ViewerRights.Counts, [Own], TypeScope.None);

    public static ChainEditor Editor(string name) => new(name, name, "", true, true) { Authority = Own };

    public static IStringLocalizer<T> Texts<T>() => new StringLocalizer<T>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    /// <param name="server">Connection string of a PostgreSQL database; null: SQLite.</param>
    public static async Task<ChainFixture> OpenAsync(string? server = null)
    {
        var fixture = new ChainFixture(server);
        if (server is null)
        {
            await Prepared.CopyToAsync(fixture._folder);
            return fixture;
        }

        await using var db = fixture.CreateDbContext();
        await db.Database.MigrateAsync();
        return fixture;
    }

    /// <summary>A node that has just started.</summary>
    public ChainSessions Node()
    {
        var node = new ChainSessions(Store, Log, Codes, Time, NullLogger<ChainSessions>.Instance);
        _nodes.Add(node);
        return node;
    }

    public async Task<string> MakeAsync(ChainDocument? document = null, string? id = null) =>
        (await Store.CreateAsync(Facilitator(), id, document ?? ChainDocument.Empty with { Title = "Kæde" }, default)).Id;

    public async Task<ChainSession> SessionAsync(string id, ChainSessions? node = null) =>
        (await (node ?? Node()).OpenAsync(Facilitator(), id, default))!;

    public PortalDbContext CreateDbContext() => _server is not null
        ? new PostgresPortalDbContext(new DbContextOptionsBuilder<PostgresPortalDbContext>().UseNpgsql(
            _server, o => o.MigrationsHistoryTable(PortalDbContext.HistoryTable)).AddInterceptors([_watch, .. Interceptors]).Options)
        : new PortalDbContext(Sqlite(_folder).AddInterceptors([NumbersThatFit.Instance, _watch, .. Interceptors]).Options);

    public ValueTask DisposeAsync()
    {
        if (_server is null) SqlitePool.Clear(DatabaseIn(_folder));
        foreach (var node in _nodes) node.Dispose();
        _gate.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string DatabaseIn(string folder) => $"Data Source={Path.Combine(folder, "portal.db")}";

    private static DbContextOptionsBuilder<PortalDbContext> Sqlite(string folder) => new DbContextOptionsBuilder<PortalDbContext>()
        .UseSqlite(DatabaseIn(folder), o => o.MigrationsHistoryTable(PortalDbContext.HistoryTable));
}
