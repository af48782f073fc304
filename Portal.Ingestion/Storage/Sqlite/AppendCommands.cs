using Microsoft.Data.Sqlite;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>The prepared commands of the hot path over one connection that stays open: a message costs two inserts and nothing else.</summary>
internal sealed class AppendCommands : IDisposable
{
    private static readonly string[] MessageColumns =
    [
        "Sequence", "BeskedId", "Beskedtype", "Transport", "ReceivedAt", "CreatedAt", "RegisteredAt", "Deliveries", "Authority", "OtherAuthorities",
        "ResponsibleAuthority", "Action", "ActionName", "Sensitivity", "Classified", "ObjectsJson", "IsPostStatus", "TransmissionId", "MessageUuid", "MessageId",
        "AfsendelseIdentifikator", "ForsendelseIdentifikator", "CorrelationId", "EnvelopeObjectId", "Channel", "StatusText", "StatusAt", "EventCodes",
        "ErrorCode", "ErrorText", "PayloadTrouble", "Sha256", "Bytes",
    ];

    private readonly SqliteCommand _message;
    private readonly SqliteCommand _content;
    private readonly SqliteCommand _beskedtype;
    private readonly SqliteCommand _known;
    private readonly SqliteCommand _repeat;
    private readonly SqliteCommand _last;
    private readonly SqliteCommand[] _all;

    public AppendCommands(SqliteConnection connection)
    {
        Connection = connection;
        _message = Prepare($"INSERT INTO \"Messages\" ({string.Join(", ", MessageColumns.Select(c => $"\"{c}\""))}) VALUES ({Places(MessageColumns.Length)}) ON CONFLICT (\"BeskedId\") DO NOTHING", MessageColumns.Length);
        _content = Prepare("""INSERT INTO "MessageContent" ("Sequence", "Encoding", "Content") VALUES (@p0, @p1, @p2)""", 3);
        _beskedtype = Prepare("""INSERT INTO "Beskedtyper" ("Beskedtype", "Name", "Tells", "Known", "Confidential", "FirstSeenAt") VALUES (@p0, @p1, '', 0, 1, @p2) ON CONFLICT DO NOTHING""", 3);
        _known = Prepare("""SELECT m."Sequence", m."Deliveries", m."Sha256", c."Encoding", c."Content" FROM "Messages" m LEFT JOIN "MessageContent" c ON c."Sequence" = m."Sequence" WHERE m."BeskedId" = @p0""", 1);
        _repeat = Prepare("""UPDATE "Messages" SET "Deliveries" = "Deliveries" + 1 WHERE "Sequence" = @p0""", 1);
        _last = Prepare("""SELECT COALESCE(MAX("Sequence"), 0) FROM "Messages" """, 0);
        _all = [_message, _content, _beskedtype, _known, _repeat, _last];
    }

    public SqliteConnection Connection { get; }

    public SqliteTransaction? Transaction
    {
        set
        {
            foreach (var command in _all) command.Transaction = value;
        }
    }

    public long LastSequence() => (long)_last.ExecuteScalar()!;

    /// <summary>False when the BeskedId is known: nothing was written.</summary>
    public bool InsertMessage(StoredMessage m) => Run(
        _message,
        m.Sequence, m.BeskedId, m.Beskedtype, m.Transport, m.ReceivedAt.UtcTicks, m.CreatedAt?.UtcTicks, m.RegisteredAt?.UtcTicks, m.Deliveries, m.Authority, m.OtherAuthorities,
        m.ResponsibleAuthority, m.Action, m.ActionName, m.Sensitivity, m.Classified, m.ObjectsJson, m.IsPostStatus, m.TransmissionId, m.MessageUuid, m.MessageId,
        m.AfsendelseIdentifikator, m.ForsendelseIdentifikator, m.CorrelationId, m.EnvelopeObjectId, m.Channel, m.StatusText, m.StatusAt?.UtcTicks, m.EventCodes,
        m.ErrorCode, m.ErrorText, m.PayloadTrouble, m.Sha256, m.Bytes) == 1;

    public void InsertContent(long sequence, int encoding, byte[] content) => Run(_content, sequence, encoding, content);

    public void InsertBeskedtype(string beskedtype, string name, DateTimeOffset firstSeenAt) => Run(_beskedtype, beskedtype, name, firstSeenAt.UtcTicks);

    public void CountRepeat(long sequence) => Run(_repeat, sequence);

    /// <summary>The message of a known BeskedId; its content is null when erased.</summary>
    public (long Sequence, int Deliveries, byte[] Sha256, int Encoding, byte[]? Content) FindKnown(string beskedId)
    {
        _known.Parameters[0].Value = beskedId;
        using var row = _known.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? 0 : row.GetInt32(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4));
    }

    public void Dispose()
    {
        foreach (var command in _all) command.Dispose();
        Connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var n = 0; n < parameters; n++) command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{n}" });
        return command;
    }

    private static string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(n => $"@p{n}"));

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = values[n] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }
}
