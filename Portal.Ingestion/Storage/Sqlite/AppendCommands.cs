using Microsoft.Data.Sqlite;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>The prepared commands of the hot path over one connection that stays open: a message costs two inserts and nothing else.</summary>
internal sealed class AppendCommands : IDisposable
{
    private readonly SqliteCommand _message;
    private readonly SqliteCommand _content;
    private readonly SqliteCommand _errorWords;
    private readonly SqliteCommand _beskedtype;
    private readonly SqliteCommand _known;
    private readonly SqliteCommand _repeat;
    private readonly SqliteCommand _last;
    private readonly SqliteCommand _findKind;
    private readonly SqliteCommand _lastKind;
    private readonly SqliteCommand _insertKind;
    private readonly SqliteCommand _volume;
    private readonly SqliteCommand _forgetVolumes;
    private readonly SqliteCommand[] _all;

    public AppendCommands(SqliteConnection connection)
    {
        Connection = connection;
        _message = Prepare("""INSERT INTO "Messages" ("Sequence", "BeskedId", "Kind", "ReceivedAt", "CreatedAt", "RegisteredAt", "StatusAt", "Deliveries", "Identifiers", "ErrorText", "Sha256", "Bytes") VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, 1, @p7, @p8, @p9, @p10) ON CONFLICT ("BeskedId") DO NOTHING""", 11);
        _content = Prepare("""INSERT INTO "MessageContent" ("Sequence", "Encoding", "Content") VALUES (@p0, @p1, @p2)""", 3);
        _errorWords = Prepare("""INSERT INTO "ErrorSearch" ("rowid", "Words") VALUES (@p0, @p1)""", 2);
        _beskedtype = Prepare("""INSERT INTO "Beskedtyper" ("Beskedtype", "Name", "Tells", "Known", "Confidential", "FirstSeenAt") VALUES (@p0, @p1, '', 0, 1, @p2) ON CONFLICT DO NOTHING""", 3);
        _known = Prepare("""SELECT m."Sequence", m."Deliveries", m."Sha256", c."Encoding", c."Content" FROM "Messages" m LEFT JOIN "MessageContent" c ON c."Sequence" = m."Sequence" WHERE m."BeskedId" = @p0""", 1);
        _repeat = Prepare("""UPDATE "Messages" SET "Deliveries" = "Deliveries" + 1 WHERE "Sequence" = @p0""", 1);
        _last = Prepare("""SELECT COALESCE(MAX("Sequence"), 0) FROM "Messages" """, 0);
        _findKind = Prepare("""SELECT "Id" FROM "MessageKinds" WHERE "Hash" = @p0""", 1);
        _lastKind = Prepare("""SELECT COALESCE(MAX("Id"), 0) FROM "MessageKinds" """, 0);
        _insertKind = Prepare("""INSERT INTO "MessageKinds" ("Transport", "Authority", "OtherAuthorities", "Beskedtype", "ResponsibleAuthority", "Action", "ActionName", "Sensitivity", "Classified", "IsPostStatus", "Channel", "StatusText", "EventCodes", "ErrorCode", "PayloadTrouble", "Abridged", "Hash", "Reader") VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17) RETURNING "Id" """, 18);
        _volume = Prepare("""INSERT INTO "Volumes" ("Span", "Bucket", "Kind", "Count") VALUES (@p0, @p1, @p2, @p3) ON CONFLICT ("Span", "Bucket", "Kind") DO UPDATE SET "Count" = "Count" + @p3""", 4);
        _forgetVolumes = Prepare("""DELETE FROM "Volumes" WHERE "Span" = @p0 AND "Bucket" < @p1""", 2);
        _all = [_message, _content, _errorWords, _beskedtype, _known, _repeat, _last, _findKind, _lastKind, _insertKind, _volume, _forgetVolumes];
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
        m.Sequence, BeskedIdBytes.Of(m.BeskedId), m.Kind, m.ReceivedAt.UtcTicks, m.CreatedAt?.UtcTicks, m.RegisteredAt?.UtcTicks, m.StatusAt?.UtcTicks, m.Identifiers, m.ErrorText, m.Sha256, m.Bytes) == 1;

    public void InsertContent(long sequence, int encoding, byte[] content) => Run(_content, sequence, encoding, content);

    public void InsertErrorWords(long sequence, string words) => Run(_errorWords, sequence, words);

    public void InsertBeskedtype(string beskedtype, string name, DateTimeOffset firstSeenAt) => Run(_beskedtype, beskedtype, name, firstSeenAt.UtcTicks);

    public void CountRepeat(long sequence) => Run(_repeat, sequence);

    public void AddVolume(int span, long bucket, int kind, long count) => Run(_volume, span, bucket, kind, count);

    public void ForgetVolumes(int span, long before) => Run(_forgetVolumes, span, before);

    /// <summary>The number of a stored kind, or null.</summary>
    public int? FindKind(byte[] hash)
    {
        _findKind.Parameters[0].Value = hash;
        return (int?)(long?)_findKind.ExecuteScalar();
    }

    /// <summary>The highest number of a kind.</summary>
    public long LastKind() => (long)_lastKind.ExecuteScalar()!;

    /// <summary>Stores a new kind; gives its number.</summary>
    public int InsertKind(StoredKind kind, byte[] hash)
    {
        Bind(
            _insertKind,
            kind.Transport, kind.Authority, kind.OtherAuthorities, kind.Beskedtype, kind.ResponsibleAuthority, kind.Action, kind.ActionName, kind.Sensitivity, kind.Classified, kind.IsPostStatus,
            kind.Channel, kind.StatusText, kind.EventCodes, kind.ErrorCode, kind.PayloadTrouble, kind.Abridged, hash, kind.Reader);
        return (int)(long)_insertKind.ExecuteScalar()!;
    }

    /// <summary>The message of a known BeskedId; its content is null when erased.</summary>
    public (long Sequence, int Deliveries, byte[] Sha256, int Encoding, byte[]? Content) FindKnown(string beskedId)
    {
        _known.Parameters[0].Value = BeskedIdBytes.Of(beskedId);
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

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = values[n] ?? DBNull.Value;
    }
}
