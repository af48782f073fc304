using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Ingestion.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Start : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Beskedtyper",
                columns: table => new
                {
                    Beskedtype = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Tells = table.Column<string>(type: "TEXT", nullable: false),
                    Known = table.Column<bool>(type: "INTEGER", nullable: false),
                    Confidential = table.Column<bool>(type: "INTEGER", nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Beskedtyper", x => x.Beskedtype);
                });

            migrationBuilder.CreateTable(
                name: "LetterIdentifiers",
                columns: table => new
                {
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", nullable: false),
                    LetterKey = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterIdentifiers", x => new { x.Authority, x.Kind, x.Value, x.LetterKey });
                });

            migrationBuilder.CreateTable(
                name: "Letters",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    CaseNumber = table.Column<string>(type: "TEXT", nullable: false),
                    CaseType = table.Column<string>(type: "TEXT", nullable: true),
                    LetterId = table.Column<string>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    RecipientName = table.Column<string>(type: "TEXT", nullable: false),
                    RecipientId = table.Column<string>(type: "TEXT", nullable: true),
                    RecipientIdType = table.Column<string>(type: "TEXT", nullable: true),
                    RecipientHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Channel = table.Column<string>(type: "TEXT", nullable: false),
                    Decision = table.Column<bool>(type: "INTEGER", nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RegistrationJson = table.Column<string>(type: "TEXT", nullable: false),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RegisteredBy = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", nullable: false),
                    VerdictAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EvidenceDeadline = table.Column<long>(type: "INTEGER", nullable: true),
                    Contradiction = table.Column<bool>(type: "INTEGER", nullable: false),
                    ContradictionAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Letters", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "LetterVersions",
                columns: table => new
                {
                    LetterKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    RegistrationJson = table.Column<string>(type: "TEXT", nullable: false),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RegisteredBy = table.Column<string>(type: "TEXT", nullable: false),
                    ReplacedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReplacedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterVersions", x => new { x.LetterKey, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "MessageContent",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Encoding = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageContent", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    BeskedId = table.Column<string>(type: "TEXT", nullable: false),
                    Beskedtype = table.Column<string>(type: "TEXT", nullable: false),
                    Transport = table.Column<string>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Deliveries = table.Column<int>(type: "INTEGER", nullable: false),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    OtherAuthorities = table.Column<string>(type: "TEXT", nullable: true),
                    ResponsibleAuthority = table.Column<string>(type: "TEXT", nullable: true),
                    Action = table.Column<string>(type: "TEXT", nullable: true),
                    ActionName = table.Column<string>(type: "TEXT", nullable: true),
                    Sensitivity = table.Column<string>(type: "TEXT", nullable: true),
                    Classified = table.Column<bool>(type: "INTEGER", nullable: false),
                    ObjectsJson = table.Column<string>(type: "TEXT", nullable: true),
                    IsPostStatus = table.Column<bool>(type: "INTEGER", nullable: false),
                    TransmissionId = table.Column<string>(type: "TEXT", nullable: true),
                    MessageUuid = table.Column<string>(type: "TEXT", nullable: true),
                    MessageId = table.Column<string>(type: "TEXT", nullable: true),
                    AfsendelseIdentifikator = table.Column<string>(type: "TEXT", nullable: true),
                    ForsendelseIdentifikator = table.Column<string>(type: "TEXT", nullable: true),
                    CorrelationId = table.Column<string>(type: "TEXT", nullable: true),
                    EnvelopeObjectId = table.Column<string>(type: "TEXT", nullable: true),
                    Channel = table.Column<string>(type: "TEXT", nullable: true),
                    StatusText = table.Column<string>(type: "TEXT", nullable: true),
                    StatusAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EventCodes = table.Column<string>(type: "TEXT", nullable: true),
                    ErrorCode = table.Column<string>(type: "TEXT", nullable: true),
                    ErrorText = table.Column<string>(type: "TEXT", nullable: true),
                    PayloadTrouble = table.Column<string>(type: "TEXT", nullable: true),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Bytes = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Quarantine",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    Transport = table.Column<string>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    BeskedId = table.Column<string>(type: "TEXT", nullable: true),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    Deliveries = table.Column<int>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Encoding = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ResolvedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Quarantine", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReaderPositions",
                columns: table => new
                {
                    Reader = table.Column<string>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReaderPositions", x => x.Reader);
                });

            migrationBuilder.CreateTable(
                name: "StatusIdentifiers",
                columns: table => new
                {
                    Hash = table.Column<long>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusIdentifiers", x => new { x.Hash, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "StatusMatches",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Authority = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    LetterKey = table.Column<long>(type: "INTEGER", nullable: true),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusMatches", x => x.Sequence);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LetterIdentifiers_LetterKey",
                table: "LetterIdentifiers",
                column: "LetterKey");

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_CaseNumber",
                table: "Letters",
                columns: new[] { "Authority", "CaseNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_Letters_Authority_LetterId",
                table: "Letters",
                columns: new[] { "Authority", "LetterId" },
                unique: true);

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
                name: "IX_Messages_BeskedId",
                table: "Messages",
                column: "BeskedId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Beskedtype_Sequence",
                table: "Messages",
                columns: new[] { "Beskedtype", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ReceivedAt",
                table: "Messages",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Quarantine_Sha256",
                table: "Quarantine",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_StatusMatches_LetterKey",
                table: "StatusMatches",
                column: "LetterKey");

            migrationBuilder.CreateIndex(
                name: "IX_StatusMatches_State_Since",
                table: "StatusMatches",
                columns: new[] { "State", "Since" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Beskedtyper");

            migrationBuilder.DropTable(
                name: "LetterIdentifiers");

            migrationBuilder.DropTable(
                name: "Letters");

            migrationBuilder.DropTable(
                name: "LetterVersions");

            migrationBuilder.DropTable(
                name: "MessageContent");

            migrationBuilder.DropTable(
                name: "Messages");

            migrationBuilder.DropTable(
                name: "Quarantine");

            migrationBuilder.DropTable(
                name: "ReaderPositions");

            migrationBuilder.DropTable(
                name: "StatusIdentifiers");

            migrationBuilder.DropTable(
                name: "StatusMatches");
        }
    }
}
