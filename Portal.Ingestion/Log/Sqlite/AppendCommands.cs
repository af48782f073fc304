using Microsoft.Data.Sqlite;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.Sqlite;

/// <summary>
/// The prepared commands of the hot path over one connection that stays open: a message costs two inserts and nothing else.
/// </summary>
internal sealed class AppendCommands : IMessageKindRows, IDisposable
{
    private readonly SqliteCommand _message;
    private readonly SqliteCommand _content;
    private readonly SqliteCommand _errorWords;
    private readonly SqliteCommand _beskedtype;
    private readonly SqliteCommand _known;
    private readonly SqliteCommand _knownContent;
    private readonly SqliteCommand _repeat;
    private readonly SqliteCommand _last;
    private readonly SqliteCommand _findKind;
    private readonly SqliteCommand _lastKind;
    private readonly SqliteCommand _insertKind;
    private readonly SqliteCommand _allKinds;
    private readonly SqliteCommand _types;
    private readonly SqliteCommand _dictionary;
    private readonly SqliteCommand _volume;
    private readonly SqliteCommand _forgetVolumes;
    private readonly SqliteCommand[] _all;
    private readonly AppendProbe _probe;

    public AppendCommands(SqliteConnection connection, AppendProbe probe)
    {
        (Connection, _probe) = (connection, probe);
        _message = Prepare("""INSERT INTO "Messages" ("Sequence", "BeskedId", "Kind", "ReceivedAt", "CreatedAt", "RegisteredAt","""
            + """ "StatusAt", "Deliveries", "Identifiers", "ErrorText", "Sha256", "Bytes") VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, 1, """
            + """@p7, @p8, @p9, @p10) ON CONFLICT ("BeskedId") DO NOTHING""", 11);
        _content = Prepare("""INSERT INTO "MessageContent" ("Sequence", "Encoding", "Content") VALUES (@p0, @p1, @p2)""", 3);
        _errorWords = Prepare("""INSERT INTO "ErrorSearch" ("rowid", "Words") VALUES (@p0, @p1)""", 2);
        _beskedtype = Prepare("""INSERT INTO "Beskedtyper" ("Beskedtype", "Name", "Tells", "Known", "Confidential", "FirstSeenAt") """
            + """VALUES (@p0, @p1, '', 0, 1, @p2) ON CONFLICT DO NOTHING""", 3);
        _known = Prepare("""SELECT "Sequence", "Deliveries", "Sha256" FROM "Messages" WHERE "BeskedId" = @p0""", 1);
        _knownContent = Prepare("""SELECT "Encoding", "Content" FROM "MessageContent" WHERE "Sequence" = @p0""", 1);
        _allKinds = Prepare("""SELECT "Id", "Hash" FROM "MessageKinds" """, 0);
        _types = Prepare("""SELECT "Beskedtype", "Known" FROM "Beskedtyper" """, 0);
        _dictionary = Prepare("""SELECT "Content" FROM "Dictionaries" WHERE "Id" = @p0""", 1);
        _repeat = Prepare("""UPDATE "Messages" SET "Deliveries" = "Deliveries" + 1 WHERE "Sequence" = @p0""", 1);
        _last = Prepare("""SELECT COALESCE(MAX("Sequence"), 0) FROM "Messages" """, 0);
        _findKind = Prepare("""SELECT "Id" FROM "MessageKinds" WHERE "Hash" = @p0""", 1);
        _lastKind = Prepare("""SELECT COALESCE(MAX("Id"), 0) FROM "MessageKinds" """, 0);
        _insertKind = Prepare("""INSERT INTO "MessageKinds" ("Transport", "Authority", "OtherAuthorities", "Beskedtype","""
            + """ "ResponsibleAuthority", "Action", "ActionName", "Sensitivity", "Classified", "IsPostStatus", "Channel", "StatusText","""
            + """ "EventCodes", "ErrorCode", "PayloadTrouble", "Abridged", "Hash", "Reader") VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, """
            + """@p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17) RETURNING "Id" """, 18);
        _volume = Prepare("""INSERT INTO "Volumes" ("Span", "Bucket", "Kind", "Count") VALUES (@p0, @p1, @p2, """
            + """@p3) ON CONFLICT ("Span", "Bucket", "Kind") DO UPDATE SET "Count" = "Count" + @p3""", 4);
        _forgetVolumes = Prepare("""DELETE FROM "Volumes" WHERE "Span" = @p0 AND "Bucket" < @p1""", 2);
        _all = [_message, _content, _errorWords, _beskedtype, _known, _knownContent, _allKinds, _types, _dictionary, _repeat, _last,
            _findKind, _lastKind, _insertKind, _volume, _forgetVolumes];
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
    public bool InsertMessage(StoredMessage m)
    {
        _probe.At(AppendCall.InsertMessage);
        return Run(
            _message,
            m.Sequence, BeskedIdBytes.Of(m.BeskedId), m.Kind, m.ReceivedAt.UtcTicks, m.CreatedAt?.UtcTicks, m.RegisteredAt?.UtcTicks,
                m.StatusAt?.UtcTicks, m.Identifiers,
            m.ErrorText, m.Sha256, m.Bytes) == 1;
    }

    public void InsertContent(long sequence, int encoding, byte[] content)
    {
        _probe.At(AppendCall.InsertContent);
        Run(_content, sequence, encoding, content);
    }

    public void InsertErrorWords(long sequence, string words)
    {
        _probe.At(AppendCall.InsertErrorWords);
        Run(_errorWords, sequence, words);
    }

    public void CountRepeat(long sequence)
    {
        _probe.At(AppendCall.CountRepeat);
        Run(_repeat, sequence);
    }

    public void AddVolume(int span, long bucket, int kind, long count) => Run(_volume, span, bucket, kind, count);

    public void ForgetVolumes(int span, long before) => Run(_forgetVolumes, span, before);

    /// <inheritdoc />
    public ValueTask<int?> FindKindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        _probe.At(AppendCall.FindKind);
        _findKind.Parameters[0].Value = hash;

        // A number that does not fit is no kind's that a message could carry: what needs it waits in quarantine.
        return new ValueTask<int?>(checked((int?)(long?)_findKind.ExecuteScalar()));
    }

    /// <inheritdoc />
    public ValueTask<int> LastKindAsync(CancellationToken cancellationToken) => new(StoredNumber.Of((long)_lastKind.ExecuteScalar()!));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<(int Id, byte[] Hash)>> AllKindsAsync(CancellationToken cancellationToken) =>
        new([.. Read(_allKinds, row => (row.GetNumber(0), row.GetFieldValue<byte[]>(1))).Where(k => !StoredNumber.IsUnreadable(k.Item1))]);

    /// <inheritdoc />
    public ValueTask<int> InsertKindAsync(StoredMessageKind kind, byte[] hash, CancellationToken cancellationToken)
    {
        _probe.At(AppendCall.InsertKind);
        _insertKind.Bind(
            kind.Transport, kind.Authority, kind.OtherAuthorities, kind.Beskedtype, kind.ResponsibleAuthority, kind.Action, kind.ActionName,
            kind.Sensitivity, kind.Classified, kind.IsPostStatus,
            kind.Channel, kind.StatusText, kind.EventCodes, kind.ErrorCode, kind.PayloadTrouble, kind.Abridged, hash, kind.Reader);
        return new ValueTask<int>(checked((int)(long)_insertKind.ExecuteScalar()!));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<(string Beskedtype, bool Known)>> TypesAsync(CancellationToken cancellationToken) =>
        new(Read(_types, row => (row.GetString(0), row.GetBoolean(1))));

    /// <inheritdoc />
    public ValueTask InsertTypeAsync(string beskedtype, string name, DateTimeOffset firstSeenAt, CancellationToken cancellationToken)
    {
        Run(_beskedtype, beskedtype, name, firstSeenAt.UtcTicks);
        return ValueTask.CompletedTask;
    }

    /// <summary>The message of a known BeskedId.</summary>
    public (long Sequence, int Deliveries, byte[] Sha256) FindKnown(string beskedId)
    {
        _probe.At(AppendCall.FindKnown);
        _known.Parameters[0].Value = BeskedIdBytes.Of(beskedId);
        using var row = _known.ExecuteReader();
        return row.Read()
            ? (row.GetInt64(0), row.GetNumber(1), row.GetFieldValue<byte[]>(2))
            : throw new InvalidOperationException("The index knows a BeskedId that the table does not hold.");
    }

    /// <summary>The bytes of a stored message. A row on a damaged page is reported as unreadable: it must not stop others.</summary>
    public KnownContent ReadContent(long sequence)
    {
        try
        {
            _probe.At(AppendCall.ReadKnownContent);
            _knownContent.Parameters[0].Value = sequence;
            using var row = _knownContent.ExecuteReader();
            return row.Read() ? new KnownContent(row.GetNumber(0), row.GetFieldValue<byte[]>(1)) : new KnownContent(0, null);
        }
        catch (SqliteException damaged) when (StorageErrors.IsDamagedRow(damaged))
        {
            return new KnownContent(0, null, Unreadable: true);
        }
    }

    /// <summary>Writes what is at the head of the file once more, so that a commit has something to bring to the disk.</summary>
    public void Touch()
    {
        using var read = Connection.CreateCommand();
        (read.CommandText, read.Transaction) = ("PRAGMA user_version", _last.Transaction);
        using var write = Connection.CreateCommand();
#pragma warning disable CA2100 // A number of the database's own; a pragma takes no parameters.
        (write.CommandText, write.Transaction) = ($"PRAGMA user_version = {(long)read.ExecuteScalar()!}", _last.Transaction);
#pragma warning restore CA2100
        write.ExecuteNonQuery();
    }

    /// <summary>A dictionary of the database's, or null.</summary>
    public byte[]? ReadDictionary(int id)
    {
        _dictionary.Parameters[0].Value = id;
        return _dictionary.ExecuteScalar() as byte[];
    }

    public void Dispose()
    {
        foreach (var command in _all) command.Dispose();
        Connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, int parameters) => (SqliteCommand)Connection.NewCommand(sql, parameters);

    private static List<T> Read<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        var rows = new List<T>();
        using var row = command.ExecuteReader();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        command.Bind(values);
        return command.ExecuteNonQuery();
    }
}
