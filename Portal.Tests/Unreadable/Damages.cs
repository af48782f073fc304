namespace Portal.Tests.Unreadable;

/// <summary>A way to damage rows, as SQL for both databases unless <see cref="SqliteOnly"/>.</summary>
/// <param name="Name">The name shown for a failing test.</param>
/// <param name="Sql">Damages message 3, or what belongs to it.</param>
/// <param name="Reason">The message's reason for being unreadable, as the API writes it; null when it can still be read.</param>
public sealed record Damage(string Name, string Sql, string? Reason = null)
{
    /// <summary>Only for SQLite, whose columns accept any value.</summary>
    public bool SqliteOnly { get; init; }

    /// <summary>The name, which the test runner shows.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// Every column of a stored message and of the rows that refer to it, damaged in every way that a disk, a person or a later version could.
/// </summary>
internal static class Damages
{
    /// <summary>A literal of bytes in the database's SQL.</summary>
    private static string Bytes(string hex, bool postgres) => postgres ? $"'\\x{hex}'::bytea" : $"x'{hex}'";

    // Numbers beyond 32 bits, which SQLite's columns accept. Rows of kinds and letters are read with plain SQL as well as by EF.
    private static Damage[] Beyond()
    {
        const string Far = "1099511627776";
        const string KindColumns =
            """ "Transport", "Authority", "OtherAuthorities", "Beskedtype", "Classified", "IsPostStatus", "Abridged", "Reader" """;
        string Row(string column) => $"""UPDATE "Messages" SET "{column}" = {Far} WHERE "Sequence" = 3""";
        string Place(string column) => $"""UPDATE "StatusMatches" SET "{column}" = {Far} WHERE "Sequence" = 3""";
        string Letter(string column) => $"""UPDATE "Letters" SET "{column}" = {Far} WHERE "LetterId" = 'L-3'""";
        return
        [
            new("kind beyond its column", Row("Kind"), "unknown-kind") { SqliteOnly = true },
            new("size beyond its column", Row("Bytes"), "changed") { SqliteOnly = true },
            new("deliveries beyond their column", Row("Deliveries"), "number") { SqliteOnly = true },
            new("deliveries far below zero", """UPDATE "Messages" SET "Deliveries" = -1099511627776 WHERE "Sequence" = 3""",
                "number") { SqliteOnly = true },
            new("encoding beyond its column", $"""UPDATE "MessageContent" SET "Encoding" = {Far} WHERE "Sequence" = 3""",
                "unknown-encoding") { SqliteOnly = true },
            new("kind's number beyond its column", $"""UPDATE "MessageKinds" SET "Id" = {Far} WHERE "Id" = (SELECT "Kind" """
                + $"""FROM "Messages" WHERE "Sequence" = 3)""", "unknown-kind") { SqliteOnly = true },
            new("many kinds' numbers beyond their column",
                $"""INSERT INTO "MessageKinds" ({KindColumns}, "Hash") SELECT {KindColumns}, x'01' FROM "MessageKinds" LIMIT 1; """
                    + $"""UPDATE "MessageKinds" SET "Id" = "Id" + {Far} WHERE "Id" = (SELECT "Kind" FROM "Messages" WHERE "Sequence" = """
                    + $"""3) OR "Id" > (SELECT MAX("Kind") FROM "Messages")""", "unknown-kind") { SqliteOnly = true },
            new("kind's reader beyond its column", $"""UPDATE "MessageKinds" SET "Reader" = {Far} WHERE "Id" = (SELECT "Kind" """
                + $"""FROM "Messages" WHERE "Sequence" = 3)""") { SqliteOnly = true },
            new("place's state beyond its column", Place("State")) { SqliteOnly = true },
            new("place's kind beyond its column", Place("Kind")) { SqliteOnly = true },
            new("place's matcher beyond its column", Place("Matcher")) { SqliteOnly = true },
            new("letter's version beyond its column", Letter("Version")) { SqliteOnly = true },
            new("letter's matcher beyond its column", Letter("Matcher")) { SqliteOnly = true },
            new("work's revision beyond its column", $"""UPDATE "WorkItems" SET "Revision" = {Far}""") { SqliteOnly = true },
            new("quarantine's numbers beyond their columns",
                $"""UPDATE "Quarantine" SET "Bytes" = {Far}, "Deliveries" = {Far}, "Encoding" = {Far}""") { SqliteOnly = true },
        ];
    }

    public static IReadOnlyList<Damage> All(bool postgres)
    {
        string B(string hex) => Bytes(hex, postgres);
        var zeros = B(new string('0', 80));
        string Content(string value) => $"""UPDATE "MessageContent" SET "Content" = {value} WHERE "Sequence" = 3""";
        string Row(string column, string value) => $"""UPDATE "Messages" SET "{column}" = {value} WHERE "Sequence" = 3""";
        string Place(string column, string value) => $"""UPDATE "StatusMatches" SET "{column}" = {value} WHERE "Sequence" = 3""";
        string Letter(string column, string value) => $"""UPDATE "Letters" SET "{column}" = {value} WHERE "LetterId" = 'L-3'""";
        var flipped = postgres
            ? "set_byte(\"Content\", length(\"Content\") / 2, 255 - get_byte(\"Content\", length(\"Content\") / 2))"
            : "CAST(substr(\"Content\", 1, 40) || x'FF00FF' || substr(\"Content\", 44) AS BLOB)";
        var cut = postgres ? "substring(\"Content\" from 1 for 30)" : "CAST(substr(\"Content\", 1, 30) AS BLOB)";
        Damage[] damages =
        [
            new("content zeroed", Content(zeros), "damaged"),
            new("content empty", Content(B("")), "damaged"),
            new("content one byte", Content(B("28")), "damaged"),
            new("content cut", Content(cut), "damaged"),
            new("content flipped", Content(flipped), "any"),
            new("content claims gigabytes", Content(B("00000000000000000000" + "28b52ffde0ffffffffffff7f00")), "damaged"),
            new("content of another message", """UPDATE "MessageContent" SET "Content" = (SELECT c."Content" FROM "MessageContent" c """
                + """WHERE c."Sequence" = 2) WHERE "Sequence" = 3""", "changed"),
            new("content negative counts", Content(B("ffffff7fffffff7fffff" + new string('0', 40))), "damaged"),
            new("content gone", """DELETE FROM "MessageContent" WHERE "Sequence" = 3""", "missing"),
            new("encoding unknown", """UPDATE "MessageContent" SET "Encoding" = 99 WHERE "Sequence" = 3""", "unknown-encoding"),
            new("encoding negative", """UPDATE "MessageContent" SET "Encoding" = -1 WHERE "Sequence" = 3""", "unknown-encoding"),
            new("encoding of another way", """UPDATE "MessageContent" SET "Encoding" = 1 WHERE "Sequence" = 3""", "damaged"),
            new("kind too high", Row("Kind", "99999"), "unknown-kind"),
            new("kind zero", Row("Kind", "0"), "unknown-kind"),
            new("kind negative", Row("Kind", "-7"), "unknown-kind"),
            new("kind's row gone", """DELETE FROM "MessageKinds" WHERE "Id" = (SELECT "Kind" FROM "Messages" WHERE "Sequence" = 3)""",
                "unknown-kind"),
            new("kind's texts garbage", """UPDATE "MessageKinds" SET "EventCodes" = ';;;', "ActionName" = '', "StatusText" = 'ikke """
                + """kendt', "Channel" = '' WHERE "Id" = (SELECT "Kind" FROM "Messages" WHERE "Sequence" = 3)"""),
            new("identifiers one byte", Row("Identifiers", B("01")), "identifiers"),
            new("identifiers cut in a UUID", Row("Identifiers", B("010001020304")), "identifiers"),
            new("identifiers endless length", Row("Identifiers", B("01ffffffffffffffffff")), "identifiers"),
            new("identifiers huge length", Row("Identifiers", B("01ffffffff07aa")), "identifiers"),
            new("identifiers unknown role and no text", Row("Identifiers", B("000141")), null),
            new("identifiers no UTF-8", Row("Identifiers", B("0102fffe")), null),
            new("identifiers empty", Row("Identifiers", B("")), null),
            // Only SQLite: PostgreSQL has no partition for such a time of receipt.
            new("received before time", Row("ReceivedAt", "-1"), "time") { SqliteOnly = true },
            new("received after time", Row("ReceivedAt", "9223372036854775807"), "time") { SqliteOnly = true },
            new("created after time", Row("CreatedAt", "3155378976000000000"), "time"),
            new("registered before time", Row("RegisteredAt", "-9223372036854775807"), "time"),
            new("status after time", Row("StatusAt", "9223372036854775807"), "time"),
            new("erased without a record", Row("ErasedAt", "638000000000000000")),
            new("erased before time", Row("ErasedAt", "-5"), "time"),
            new("hash empty", Row("Sha256", B("")), "changed"),
            new("hash long", Row("Sha256", zeros), "changed"),
            new("size negative", Row("Bytes", "-1"), "changed"),
            new("size huge", Row("Bytes", "2147483647"), "changed"),
            new("error text of control characters", Row("ErrorText", "'\t\u0001\ufffd'")),
            new("error text empty", Row("ErrorText", "''")),
            new("deliveries negative", Row("Deliveries", "-4")),
            new("place of an unknown state", Place("State", "99")),
            new("place negative", Place("State", "-1")),
            new("place's kind unknown", Place("Kind", "99999")),
            new("place's letter gone", Place("LetterKey", "424242")),
            new("place's time", Place("Since", "-1")),
            new("place's mute gone", """UPDATE "StatusMatches" SET "State" = 3, "Mute" = 77, "LetterKey" = NULL WHERE "Sequence" = 3"""),
            new("place muted by nobody", """UPDATE "StatusMatches" SET "State" = 3, "LetterKey" = NULL WHERE "Sequence" = 3"""),
            new("place gone", """DELETE FROM "StatusMatches" WHERE "Sequence" = 3"""),
            new("letter's registration cut", Letter("RegistrationJson", "'{\"CaseNumber\": \"26'")),
            new("letter's registration empty", Letter("RegistrationJson", "''")),
            new("letter's registration null", Letter("RegistrationJson", "'null'")),
            new("letter's registration of other words", Letter("RegistrationJson", "'{\"Channel\":\"Brevdue\"}'")),
            new("letter's registration a list", Letter("RegistrationJson", "'[1,2]'")),
            new("letter's channel unknown", Letter("Channel", "'Brevdue'")),
            new("letter's channel a number", Letter("Channel", "'77'")),
            new("letter's verdict unknown", Letter("Verdict", "'svundet'")),
            new("letter's deadline", Letter("EvidenceDeadline", "-1")),
            new("letter's verdict time", Letter("VerdictAt", "9223372036854775807")),
            new("letter's sending", Letter("SentAt", "-1")),
            new("letter's identifiers gone",
                """DELETE FROM "LetterIdentifiers" WHERE "LetterKey" = (SELECT "Key" FROM "Letters" WHERE "LetterId" = 'L-3')"""),
            new("work of an unknown action", """UPDATE "WorkEntries" SET "Action" = 'Fløjet' """),
            new("work's time", """UPDATE "WorkEntries" SET "At" = -3"""),
            new("incident of an unknown channel", """UPDATE "Incidents" SET "Channel" = 'Brevdue' """),
            new("quarantine of an unknown reason", """UPDATE "Quarantine" SET "Reason" = 'sort hul' """),
            new("quarantine's content zeroed", $"""UPDATE "Quarantine" SET "Content" = {zeros}"""),
            new("quarantine's encoding unknown", """UPDATE "Quarantine" SET "Encoding" = 77"""),
            new("quarantine's time", """UPDATE "Quarantine" SET "ReceivedAt" = -1"""),
            new("head's root short", $"""UPDATE "LedgerHead" SET "Root" = {B("0102")}"""),
            new("head's signature short", $"""UPDATE "LedgerHead" SET "Signature" = {B("01")}"""),
            new("tile cut", $"""UPDATE "LedgerTiles" SET "Hashes" = {B("0102030405")} WHERE "Level" = 0"""),
            new("checkpoint no note", """UPDATE "LedgerCheckpoints" SET "Note" = 'x' """),
            new("checkpoint's stamp no stamp", $"""UPDATE "LedgerCheckpoints" SET "TimestampToken" = {B("3003020101")}"""),
            new("erasure's signature short",
                $"""INSERT INTO "Erasures" ("Sequence", "ErasedAt", "Rule", "Signature") VALUES (3, -9, 'x', {B("01")})"""),
            new("texts where numbers stand", """UPDATE "Messages" SET "Kind" = 'x', "Bytes" = 'y', "StatusAt" = 'z', "ReceivedAt" = 'nu' """
                + """WHERE "Sequence" = 3""", "unknown-kind") { SqliteOnly = true },
            new("blobs where texts stand", """UPDATE "Messages" SET "ErrorText" = x'ff00fe', "Identifiers" = 'tekst', "Sha256" = 'kort' """
                + """WHERE "Sequence" = 3""", "any") { SqliteOnly = true },
            .. Beyond(),
        ];
        return [.. damages.Where(d => !postgres || !d.SqliteOnly)];
    }
}
