using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Portal.Ingestion.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Start : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MessageLog.Create);

            migrationBuilder.CreateTable(
                name: "Beskedtyper",
                columns: table => new
                {
                    Beskedtype = table.Column<string>(type: "text", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Tells = table.Column<string>(type: "text", nullable: false),
                    Known = table.Column<bool>(type: "boolean", nullable: false),
                    Confidential = table.Column<bool>(type: "boolean", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Beskedtyper", x => x.Beskedtype);
                });

            migrationBuilder.CreateTable(
                name: "CaseHoldEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    CaseNumber = table.Column<string>(type: "text", nullable: false),
                    On = table.Column<bool>(type: "boolean", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<string>(type: "text", nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseHoldEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CaseHolds",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "text", nullable: false),
                    CaseNumber = table.Column<string>(type: "text", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseHolds", x => new { x.Authority, x.CaseNumber });
                });

            migrationBuilder.CreateTable(
                name: "DatabaseFacts",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Value = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DatabaseFacts", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "DatabaseSamples",
                columns: table => new
                {
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Messages = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DatabaseSamples", x => x.Day);
                });

            migrationBuilder.CreateTable(
                name: "Dictionaries",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Dictionaries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TransportChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Node = table.Column<string>(type: "text", nullable: false),
                    Transport = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TransportChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Transports",
                columns: table => new
                {
                    Node = table.Column<string>(type: "text", nullable: false),
                    Transport = table.Column<string>(type: "text", nullable: false),
                    Program = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    Why = table.Column<string>(type: "text", nullable: true),
                    Remedy = table.Column<string>(type: "text", nullable: true),
                    Heartbeat = table.Column<long>(type: "bigint", nullable: false),
                    LastMessageAt = table.Column<long>(type: "bigint", nullable: true),
                    Messages = table.Column<int>(type: "integer", nullable: false),
                    Repeats = table.Column<int>(type: "integer", nullable: false),
                    Quarantined = table.Column<int>(type: "integer", nullable: false),
                    LagHalfMilliseconds = table.Column<double>(type: "double precision", nullable: true),
                    LagMostMilliseconds = table.Column<double>(type: "double precision", nullable: true),
                    Waiting = table.Column<long>(type: "bigint", nullable: true),
                    OldestWaiting = table.Column<long>(type: "bigint", nullable: true),
                    Commits = table.Column<int>(type: "integer", nullable: false),
                    CommitSize = table.Column<double>(type: "double precision", nullable: false),
                    CommitMilliseconds = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Transports", x => new { x.Node, x.Transport });
                });

            migrationBuilder.CreateTable(
                name: "Erasures",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    ErasedAt = table.Column<long>(type: "bigint", nullable: false),
                    Rule = table.Column<string>(type: "text", nullable: false),
                    Signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Erasures", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "HandMatches",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    LetterKey = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<string>(type: "text", nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HandMatches", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Incidents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    To = table.Column<long>(type: "bigint", nullable: true),
                    Channel = table.Column<string>(type: "text", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false),
                    NotedAt = table.Column<long>(type: "bigint", nullable: false),
                    NotedBy = table.Column<string>(type: "text", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    WithdrawnBy = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Incidents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Leases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "text", nullable: false),
                    Holder = table.Column<string>(type: "text", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "LedgerCheckpoints",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    Note = table.Column<string>(type: "text", nullable: false),
                    TimestampToken = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerCheckpoints", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "LedgerDuties",
                columns: table => new
                {
                    Duty = table.Column<string>(type: "text", nullable: false),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Trouble = table.Column<string>(type: "text", nullable: true),
                    TroubleSince = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerDuties", x => x.Duty);
                });

            migrationBuilder.CreateTable(
                name: "LedgerHead",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Origin = table.Column<string>(type: "text", nullable: false),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Root = table.Column<byte[]>(type: "bytea", nullable: false),
                    Signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    Checkpoints = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerHead", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LedgerTiles",
                columns: table => new
                {
                    Level = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Hashes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerTiles", x => new { x.Level, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "LedgerVerification",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    VerifiedAt = table.Column<long>(type: "bigint", nullable: false),
                    Milliseconds = table.Column<long>(type: "bigint", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Root = table.Column<byte[]>(type: "bytea", nullable: false),
                    Checkpoints = table.Column<int>(type: "integer", nullable: false),
                    Erased = table.Column<long>(type: "bigint", nullable: false),
                    Earlier = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    FirstBroken = table.Column<long>(type: "bigint", nullable: true),
                    Problem = table.Column<string>(type: "text", nullable: true),
                    Why = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerVerification", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LetterChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    LetterKey = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LetterErasures",
                columns: table => new
                {
                    LetterKey = table.Column<long>(type: "bigint", nullable: false),
                    ErasedAt = table.Column<long>(type: "bigint", nullable: false),
                    Rule = table.Column<string>(type: "text", nullable: false),
                    Signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterErasures", x => x.LetterKey);
                });

            migrationBuilder.CreateTable(
                name: "LetterFigures",
                columns: table => new
                {
                    LetterKey = table.Column<long>(type: "bigint", nullable: false),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    CaseType = table.Column<string>(type: "text", nullable: false),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    Verdict = table.Column<string>(type: "text", nullable: false),
                    Span = table.Column<int>(type: "integer", nullable: false),
                    Deadline = table.Column<long>(type: "bigint", nullable: true),
                    OpenSince = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterFigures", x => x.LetterKey);
                });

            migrationBuilder.CreateTable(
                name: "LetterIdentifiers",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Value = table.Column<string>(type: "text", nullable: false),
                    LetterKey = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterIdentifiers", x => new { x.Authority, x.Kind, x.Value, x.LetterKey });
                });

            migrationBuilder.CreateTable(
                name: "LetterReplacements",
                columns: table => new
                {
                    LetterKey = table.Column<long>(type: "bigint", nullable: false),
                    ByKey = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterReplacements", x => x.LetterKey);
                });

            migrationBuilder.CreateTable(
                name: "Letters",
                columns: table => new
                {
                    Key = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    CaseNumber = table.Column<string>(type: "text", nullable: false),
                    CaseNumberKey = table.Column<string>(type: "text", nullable: false, defaultValue: ""),
                    CaseType = table.Column<string>(type: "text", nullable: true),
                    LetterId = table.Column<string>(type: "text", nullable: false),
                    LetterIdKey = table.Column<string>(type: "text", nullable: false, defaultValue: ""),
                    Title = table.Column<string>(type: "text", nullable: false),
                    RecipientName = table.Column<string>(type: "text", nullable: false),
                    RecipientId = table.Column<string>(type: "text", nullable: true),
                    RecipientIdType = table.Column<string>(type: "text", nullable: true),
                    RecipientHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    Channel = table.Column<string>(type: "text", nullable: false),
                    Decision = table.Column<bool>(type: "boolean", nullable: false),
                    SentAt = table.Column<long>(type: "bigint", nullable: false),
                    RegistrationJson = table.Column<string>(type: "text", nullable: false),
                    RegisteredAt = table.Column<long>(type: "bigint", nullable: false),
                    RegisteredBy = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Matcher = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    Verdict = table.Column<string>(type: "text", nullable: false),
                    VerdictAt = table.Column<long>(type: "bigint", nullable: true),
                    EvidenceDeadline = table.Column<long>(type: "bigint", nullable: true),
                    Contradiction = table.Column<bool>(type: "boolean", nullable: false),
                    ContradictionAt = table.Column<long>(type: "bigint", nullable: true),
                    StatusesErasedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Letters", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "LetterTallies",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "text", nullable: false),
                    CaseType = table.Column<string>(type: "text", nullable: false),
                    Month = table.Column<int>(type: "integer", nullable: false),
                    What = table.Column<string>(type: "text", nullable: false),
                    Span = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterTallies", x => new { x.Authority, x.Month, x.CaseType, x.What, x.Span });
                });

            migrationBuilder.CreateTable(
                name: "LetterVersions",
                columns: table => new
                {
                    LetterKey = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    RegistrationJson = table.Column<string>(type: "text", nullable: false),
                    RegisteredAt = table.Column<long>(type: "bigint", nullable: false),
                    RegisteredBy = table.Column<string>(type: "text", nullable: false),
                    ReplacedAt = table.Column<long>(type: "bigint", nullable: false),
                    ReplacedBy = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterVersions", x => new { x.LetterKey, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "LetterWords",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Code = table.Column<long>(type: "bigint", nullable: false),
                    SentAt = table.Column<long>(type: "bigint", nullable: false),
                    LetterKey = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterWords", x => new { x.Authority, x.Code, x.SentAt, x.LetterKey });
                });

            migrationBuilder.CreateTable(
                name: "MessageContent",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Encoding = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageContent", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "MessageIdentifiers",
                columns: table => new
                {
                    Bucket = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<long>(type: "bigint", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageIdentifiers", x => new { x.Bucket, x.Key, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "MessageKinds",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Reader = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    Transport = table.Column<string>(type: "text", nullable: false),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    OtherAuthorities = table.Column<string>(type: "text", nullable: true),
                    Beskedtype = table.Column<string>(type: "text", nullable: false),
                    ResponsibleAuthority = table.Column<string>(type: "text", nullable: true),
                    Action = table.Column<string>(type: "text", nullable: true),
                    ActionName = table.Column<string>(type: "text", nullable: true),
                    Sensitivity = table.Column<string>(type: "text", nullable: true),
                    Classified = table.Column<bool>(type: "boolean", nullable: false),
                    IsPostStatus = table.Column<bool>(type: "boolean", nullable: false),
                    Channel = table.Column<string>(type: "text", nullable: true),
                    StatusText = table.Column<string>(type: "text", nullable: true),
                    EventCodes = table.Column<string>(type: "text", nullable: true),
                    ErrorCode = table.Column<string>(type: "text", nullable: true),
                    PayloadTrouble = table.Column<string>(type: "text", nullable: true),
                    Abridged = table.Column<bool>(type: "boolean", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageKinds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MutedSenders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Sender = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    MutedAt = table.Column<long>(type: "bigint", nullable: false),
                    MutedBy = table.Column<string>(type: "text", nullable: false),
                    LiftedAt = table.Column<long>(type: "bigint", nullable: true),
                    LiftedBy = table.Column<string>(type: "text", nullable: true),
                    Through = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    Target = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MutedSenders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Quarantine",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Detail = table.Column<string>(type: "text", nullable: false),
                    Transport = table.Column<string>(type: "text", nullable: false),
                    ReceivedAt = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    BeskedId = table.Column<string>(type: "text", nullable: true),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Deliveries = table.Column<int>(type: "integer", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    Encoding = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false),
                    ResolvedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Quarantine", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "QuarantineRetries",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    StartedBy = table.Column<string>(type: "text", nullable: false),
                    StartedByName = table.Column<string>(type: "text", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    StoppedByName = table.Column<string>(type: "text", nullable: true),
                    FinishedAt = table.Column<long>(type: "bigint", nullable: true),
                    WaitsFor = table.Column<string>(type: "text", nullable: true),
                    Runner = table.Column<string>(type: "text", nullable: true),
                    RunnerAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantineRetries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "QuarantineRetryItems",
                columns: table => new
                {
                    RetryId = table.Column<string>(type: "text", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    QuarantineId = table.Column<long>(type: "bigint", nullable: false),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Outcome = table.Column<string>(type: "text", nullable: true),
                    Detail = table.Column<string>(type: "text", nullable: true),
                    BeskedId = table.Column<string>(type: "text", nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantineRetryItems", x => new { x.RetryId, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "ReaderPositions",
                columns: table => new
                {
                    Reader = table.Column<string>(type: "text", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReaderPositions", x => x.Reader);
                });

            migrationBuilder.CreateTable(
                name: "ServiceFaults",
                columns: table => new
                {
                    Node = table.Column<string>(type: "text", nullable: false),
                    Service = table.Column<string>(type: "text", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Why = table.Column<string>(type: "text", nullable: false),
                    Heartbeat = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceFaults", x => new { x.Node, x.Service });
                });

            migrationBuilder.CreateTable(
                name: "SkippedRows",
                columns: table => new
                {
                    Reader = table.Column<string>(type: "text", nullable: false),
                    Key = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SkippedRows", x => new { x.Reader, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "StatusMatches",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Matcher = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    Mute = table.Column<long>(type: "bigint", nullable: true),
                    LetterKey = table.Column<long>(type: "bigint", nullable: true),
                    Since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusMatches", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Volumes",
                columns: table => new
                {
                    Span = table.Column<int>(type: "integer", nullable: false),
                    Bucket = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Volumes", x => new { x.Span, x.Bucket, x.Kind });
                });

            migrationBuilder.CreateTable(
                name: "WorkEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Rank = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<long>(type: "bigint", nullable: false),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    Action = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<string>(type: "text", nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: true),
                    Other = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkItems",
                columns: table => new
                {
                    Rank = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<long>(type: "bigint", nullable: false),
                    Authority = table.Column<string>(type: "text", nullable: false),
                    OwnerId = table.Column<string>(type: "text", nullable: true),
                    OwnerName = table.Column<string>(type: "text", nullable: true),
                    SolvedAt = table.Column<long>(type: "bigint", nullable: true),
                    SolvedThrough = table.Column<long>(type: "bigint", nullable: false),
                    AwaitsReplacement = table.Column<bool>(type: "boolean", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkItems", x => new { x.Rank, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "QuarantineClosings",
                columns: table => new
                {
                    QuarantineId = table.Column<long>(type: "bigint", nullable: false),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: false),
                    ClosedBy = table.Column<string>(type: "text", nullable: false),
                    ClosedByName = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Deliveries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuarantineClosings", x => x.QuarantineId);
                    table.ForeignKey(
                        name: "FK_QuarantineClosings_Quarantine_QuarantineId",
                        column: x => x.QuarantineId,
                        principalTable: "Quarantine",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CaseHoldEntries_Authority_CaseNumber_Id",
                table: "CaseHoldEntries",
                columns: new[] { "Authority", "CaseNumber", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_TransportChanges_At",
                table: "TransportChanges",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_Authority_From",
                table: "Incidents",
                columns: new[] { "Authority", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_LetterFigures_Deadline",
                table: "LetterFigures",
                column: "Deadline",
                filter: "\"Deadline\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_LetterIdentifiers_LetterKey",
                table: "LetterIdentifiers",
                column: "LetterKey");

            migrationBuilder.CreateIndex(
                name: "IX_LetterReplacements_ByKey",
                table: "LetterReplacements",
                column: "ByKey");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_CaseNumberKey",
                table: "Letters",
                columns: new[] { "Authority", "CaseNumberKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_LetterId",
                table: "Letters",
                columns: new[] { "Authority", "LetterId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_LetterIdKey",
                table: "Letters",
                columns: new[] { "Authority", "LetterIdKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_SentAt_Key",
                table: "Letters",
                columns: new[] { "Authority", "SentAt", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_RecipientHash",
                table: "Letters",
                column: "RecipientHash");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_SentAt",
                table: "Letters",
                column: "SentAt");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Verdict_EvidenceDeadline",
                table: "Letters",
                columns: new[] { "Verdict", "EvidenceDeadline" });

            migrationBuilder.CreateIndex(
                name: "IX_MessageKinds_Hash",
                table: "MessageKinds",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MutedSenders_Authority",
                table: "MutedSenders",
                column: "Authority");

            migrationBuilder.CreateIndex(
                name: "IX_Quarantine_Sha256",
                table: "Quarantine",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_QuarantineRetries_StartedAt",
                table: "QuarantineRetries",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_StatusMatches_LetterKey",
                table: "StatusMatches",
                column: "LetterKey",
                filter: "\"LetterKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_StatusMatches_Mute_Sequence",
                table: "StatusMatches",
                columns: new[] { "Mute", "Sequence" },
                filter: "\"Mute\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_StatusMatches_State_Since",
                table: "StatusMatches",
                columns: new[] { "State", "Since" },
                filter: "\"State\" <> 1");

            migrationBuilder.CreateIndex(
                name: "IX_WorkEntries_Authority_Action_Id",
                table: "WorkEntries",
                columns: new[] { "Authority", "Action", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkEntries_Rank_Key_Id",
                table: "WorkEntries",
                columns: new[] { "Rank", "Key", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MessageLog.Drop);

            migrationBuilder.DropTable(
                name: "Beskedtyper");

            migrationBuilder.DropTable(
                name: "CaseHoldEntries");

            migrationBuilder.DropTable(
                name: "CaseHolds");

            migrationBuilder.DropTable(
                name: "DatabaseFacts");

            migrationBuilder.DropTable(
                name: "DatabaseSamples");

            migrationBuilder.DropTable(
                name: "Dictionaries");

            migrationBuilder.DropTable(
                name: "TransportChanges");

            migrationBuilder.DropTable(
                name: "Transports");

            migrationBuilder.DropTable(
                name: "Erasures");

            migrationBuilder.DropTable(
                name: "HandMatches");

            migrationBuilder.DropTable(
                name: "Incidents");

            migrationBuilder.DropTable(
                name: "Leases");

            migrationBuilder.DropTable(
                name: "LedgerCheckpoints");

            migrationBuilder.DropTable(
                name: "LedgerDuties");

            migrationBuilder.DropTable(
                name: "LedgerHead");

            migrationBuilder.DropTable(
                name: "LedgerTiles");

            migrationBuilder.DropTable(
                name: "LedgerVerification");

            migrationBuilder.DropTable(
                name: "LetterChanges");

            migrationBuilder.DropTable(
                name: "LetterErasures");

            migrationBuilder.DropTable(
                name: "LetterFigures");

            migrationBuilder.DropTable(
                name: "LetterIdentifiers");

            migrationBuilder.DropTable(
                name: "LetterReplacements");

            migrationBuilder.DropTable(
                name: "Letters");

            migrationBuilder.DropTable(
                name: "LetterTallies");

            migrationBuilder.DropTable(
                name: "LetterVersions");

            migrationBuilder.DropTable(
                name: "LetterWords");

            migrationBuilder.DropTable(
                name: "MessageContent");

            migrationBuilder.DropTable(
                name: "MessageIdentifiers");

            migrationBuilder.DropTable(
                name: "MessageKinds");

            migrationBuilder.DropTable(
                name: "MutedSenders");

            migrationBuilder.DropTable(
                name: "QuarantineClosings");

            migrationBuilder.DropTable(
                name: "QuarantineRetries");

            migrationBuilder.DropTable(
                name: "QuarantineRetryItems");

            migrationBuilder.DropTable(
                name: "ReaderPositions");

            migrationBuilder.DropTable(
                name: "ServiceFaults");

            migrationBuilder.DropTable(
                name: "SkippedRows");

            migrationBuilder.DropTable(
                name: "StatusMatches");

            migrationBuilder.DropTable(
                name: "Volumes");

            migrationBuilder.DropTable(
                name: "WorkEntries");

            migrationBuilder.DropTable(
                name: "WorkItems");

            migrationBuilder.DropTable(
                name: "Quarantine");
        }
    }
}
