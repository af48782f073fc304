namespace Portal.Ingestion.Settings;

/// <summary>The configuration keys of the message side, validated at start (see README). Paths are absolute.</summary>
public sealed record PortalSettings
{
    /// <summary><c>Municipality:Cvr</c>: own authorities, eight digits each; the first owns what names none.</summary>
    public IReadOnlyList<string> Cvr { get; init; } = ["55133018"];

    /// <summary><c>Database:Provider</c>.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary><c>Database:ConnectionString</c>; that of a SQLite database with an absolute path.</summary>
    public string ConnectionString { get; init; } = "Data Source=data/portal.db";

    /// <summary><c>Database:CreateIfMissing</c>: whether a database that is not there is made.</summary>
    public bool CreateIfMissing { get; init; } = true;

    /// <summary>
    /// The largest <c>Ingestion:MaxMessageBytes</c>: what every transport hands over and both databases take in one row, however badly it
    /// is compressed.
    /// </summary>
    public const int MostMessageBytes = 500_000_000;

    /// <summary><c>Ingestion:MaxMessageBytes</c>.</summary>
    public int MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>No key: more types than these that appear by themselves share one row of the catalogue. Tests lower it.</summary>
    internal int MostTypes { get; init; } = Portal.Ingestion.Log.MessageKinds.MessageKindCache.MaxTypes;

    /// <summary>
    /// <c>Ingestion:MinimumFreeMegabytes</c>: with less free on the disk of a SQLite database, the transports stop taking. 0 = never.
    /// </summary>
    public int MinimumFreeMegabytes { get; init; } = 500;

    /// <summary><c>Ingestion:RunInPortal</c>.</summary>
    public bool RunInPortal { get; init; } = true;

    /// <summary><c>Ingestion:Push:Enabled</c>.</summary>
    public bool PushEnabled { get; init; } = true;

    /// <summary><c>Ingestion:Push:ClientCertificateThumbprints</c>, upper-case hex.</summary>
    public IReadOnlyList<string> PushThumbprints { get; init; } = [];

    /// <summary><c>Ingestion:Push:ForwardedCertificateHeader</c>.</summary>
    public string? PushForwardedCertificateHeader { get; init; }

    /// <summary><c>Ingestion:Folder:Path</c>; null when not set.</summary>
    public string? FolderPath { get; init; }

    /// <summary><c>Ingestion:Amqp:*</c> and <c>Ingestion:Token:*</c>; null when <c>Ingestion:Amqp:Enabled</c> is false.</summary>
    public AmqpSettings? Amqp { get; init; }

    /// <summary><c>Evidence:DigitalDeadlineHours</c>.</summary>
    public int DigitalDeadlineHours { get; init; } = 24;

    /// <summary><c>Evidence:PhysicalDeadlineDays</c>, working days.</summary>
    public int PhysicalDeadlineDays { get; init; } = 5;

    /// <summary><c>Evidence:AppealPeriods</c>: case type → ISO 8601 period of days, weeks, months or years.</summary>
    public IReadOnlyDictionary<string, string> AppealPeriods { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["huslejenaevn"] = "P28D" };

    /// <summary>
    /// <c>Evidence:PostEventCodes</c>: ForsendelseHaendelseTypeKode → <c>return</c>, <c>new-address</c>, <c>receipt</c>, <c>tracking</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> PostEventCodes { get; init; } =
        new Dictionary<string, string> { ["1"] = "return", ["2"] = "new-address", ["3"] = "receipt", ["4"] = "tracking" };

    /// <summary><c>Retention:*</c>.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary><c>Ledger:Origin</c>: the log's name, forever.</summary>
    public string LedgerOrigin { get; init; } = "portal.local/beskeder";

    /// <summary><c>Ledger:KeyPath</c>, absolute; else <c>ledger.key</c> in <see cref="KeyFolder"/>.</summary>
    public string LedgerKeyPath { get => field ?? Path.GetFullPath(Path.Combine(KeyFolder, "ledger.key")); init; }

    /// <summary><c>Ledger:CheckpointPath</c>: the folder that checkpoints are copied to; null when not set.</summary>
    public string? LedgerCheckpointPath { get; init; }

    /// <summary><c>Ledger:TimestampUri</c>: an RFC 3161 service; null when not set.</summary>
    public Uri? LedgerTimestampUri { get; init; }

    /// <summary>The file of the key that person numbers are hashed with: <c>search.key</c> next to the ledger's.</summary>
    public string SearchKeyPath => Path.GetFullPath(Path.Combine(KeyFolder, "search.key"));

    /// <summary>The folder for key files made at first start: that of <c>Ledger:KeyPath</c>.</summary>
    public string KeyFolder { get; init; } = "data";
}

/// <summary>The database provider.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite: a file, for one machine.</summary>
    Sqlite,

    /// <summary>PostgreSQL: a server, for several workers and portal nodes.</summary>
    PostgreSql,
}
