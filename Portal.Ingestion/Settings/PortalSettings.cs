using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Settings;

/// <summary>The configuration keys of the message side, validated at start (see README). Paths are absolute.</summary>
public sealed record PortalSettings
{
    /// <summary>
    /// <c>Municipality:Cvr</c>: CVR numbers of the own authorities, eight digits each; a message that names no authority belongs to the
    /// first.
    /// </summary>
    public IReadOnlyList<string> Cvr { get; init; } = ["55133018"];

    /// <summary><c>Database:Provider</c>.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary><c>Database:ConnectionString</c>; for SQLite with an absolute path.</summary>
    public string ConnectionString { get; init; } = "Data Source=data/portal.db";

    /// <summary><c>Database:CreateIfMissing</c>: whether a missing database is created.</summary>
    public bool CreateIfMissing { get; init; } = true;

    /// <summary>
    /// The largest value of <c>Ingestion:MaxMessageBytes</c>: a message that every transport can hand over and both databases can store in
    /// one row even if it does not compress.
    /// </summary>
    public const int MostMessageBytes = 500_000_000;

    /// <summary><c>Ingestion:MaxMessageBytes</c>.</summary>
    public int MaxMessageBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>
    /// Not configurable (tests lower it): when this many message types have been added automatically, further ones share one row of the
    /// catalogue.
    /// </summary>
    internal int MostTypes { get; init; } = Portal.Ingestion.Log.MessageKinds.MessageKindCache.MaxTypes;

    /// <summary>
    /// <c>Ingestion:MinimumFreeMegabytes</c>: with less free space on the disk of a SQLite database, the transports pause. 0 = never.
    /// </summary>
    public int MinimumFreeMegabytes { get; init; } = 500;

    /// <summary><c>Ingestion:RunInPortal</c>.</summary>
    public bool RunInPortal { get; init; } = true;

    /// <summary><c>Ingestion:Push:Enabled</c>.</summary>
    public bool PushEnabled { get; init; } = true;

    /// <summary>
    /// <c>Ingestion:Push:RefusalHttpStatus</c>: the HTTP status of a push that is to be sent again, 200 or 503; null: 200 to a caller known
    /// by certificate, 503 to all others.
    /// </summary>
    public int? PushRefusalHttpStatus { get; init; }

    /// <summary><c>Ingestion:Push:ClientCertificateThumbprints</c>: SHA-256, upper-case hex.</summary>
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

    /// <summary><c>Evidence:PresumedArrival</c>.</summary>
    public PresumedArrival PresumedArrival { get; init; } = PresumedArrival.Standard;

    /// <summary><c>Evidence:ExtraClosedDays</c>: case type → days on which its deadlines do not end either.</summary>
    public IReadOnlyDictionary<string, ClosedDays> ExtraClosedDays { get; init; } =
        new Dictionary<string, ClosedDays>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The days on which deadlines of a case type do not end.</summary>
    public ClosedDays ClosedDaysOf(string caseType) => ExtraClosedDays.GetValueOrDefault(caseType) ?? ClosedDays.None;

    /// <summary>
    /// <c>Evidence:PostEventCodes</c>: ForsendelseHaendelseTypeKode → <c>return</c>, <c>new-address</c>, <c>receipt</c>, <c>tracking</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> PostEventCodes { get; init; } =
        new Dictionary<string, string> { ["1"] = "return", ["2"] = "new-address", ["3"] = "receipt", ["4"] = "tracking" };

    /// <summary><c>Retention:*</c>.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary><c>Ledger:Origin</c>: the log's name in its checkpoints; it can never change.</summary>
    public string LedgerOrigin { get; init; } = "portal.local/beskeder";

    /// <summary><c>Ledger:KeyPath</c>; when not set, <c>ledger.key</c> in <see cref="KeyFolder"/>.</summary>
    public string LedgerKeyPath { get => field ?? Path.GetFullPath(Path.Combine(KeyFolder, "ledger.key")); init; }

    /// <summary><c>Ledger:CheckpointPath</c>: the folder that checkpoints are copied to; null when not set.</summary>
    public string? LedgerCheckpointPath { get; init; }

    /// <summary><c>Ledger:TimestampUri</c>: an RFC 3161 service; null when not set.</summary>
    public Uri? LedgerTimestampUri { get; init; }

    /// <summary>Folder of the sign-in keys (<c>Portal:DataProtectionKeyPath</c>), absolute.</summary>
    public string SignInKeyFolder { get; init; } = "";

    /// <summary>The file with the key for hashing CPR numbers: <c>search.key</c> in <see cref="KeyFolder"/>.</summary>
    public string SearchKeyPath => Path.GetFullPath(Path.Combine(KeyFolder, "search.key"));

    /// <summary>The folder for key files created at the first start: that of <c>Ledger:KeyPath</c>.</summary>
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
