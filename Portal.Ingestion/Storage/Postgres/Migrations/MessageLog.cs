namespace Portal.Ingestion.Storage.Postgres.Migrations;

/// <summary>
/// What the start makes by hand, since the model cannot say it: the message log. No key is unique across partitions, so BeskedIds stand in a
/// narrow table of their own, unique for ever, and only the rows that lists read are partitioned, by month of receipt
/// (<c>PostgresMonths</c>). Times are UTC ticks. A later change of <c>StoredMessage</c> needs a migration by hand here, beside
/// the tool's own for everything else.
/// </summary>
internal static class MessageLog
{
    public const string Create = """
        CREATE TABLE "BeskedIds" ("Id" bytea NOT NULL CONSTRAINT "PK_BeskedIds" PRIMARY KEY, "Sequence" bigint NOT NULL);
        CREATE TABLE "Messages" (
            "Sequence" bigint NOT NULL,
            "BeskedId" bytea NOT NULL,
            "Kind" integer NOT NULL,
            "ReceivedAt" bigint NOT NULL,
            "CreatedAt" bigint NULL,
            "RegisteredAt" bigint NULL,
            "StatusAt" bigint NULL,
            "Deliveries" integer NOT NULL,
            "Identifiers" bytea NULL,
            "ErrorText" text NULL,
            "Sha256" bytea NOT NULL,
            "Bytes" integer NOT NULL,
            "ErasedAt" bigint NULL,
            CONSTRAINT "PK_Messages" PRIMARY KEY ("Sequence", "ReceivedAt")
        ) PARTITION BY RANGE ("ReceivedAt");
        CREATE INDEX "IX_Messages_Kind_Sequence" ON "Messages" ("Kind", "Sequence");
        CREATE INDEX "IX_Messages_ReceivedAt" ON "Messages" ("ReceivedAt");
        CREATE TABLE "ErrorSearch" ("Sequence" bigint NOT NULL CONSTRAINT "PK_ErrorSearch" PRIMARY KEY, "Words" tsvector NOT NULL);
        CREATE INDEX "IX_ErrorSearch_Words" ON "ErrorSearch" USING gin ("Words");
        """;

    public const string Drop = """DROP TABLE "Messages", "BeskedIds", "ErrorSearch";""";
}
