using Npgsql;
using NpgsqlTypes;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// Copies new messages straight into their tables with binary COPY. A staging table would only write them twice: the holder of the log's
/// lock is the only writer, so no conflict can occur.
/// </summary>
internal sealed class PostgresCopy(NpgsqlConnection connection, AppendProbe probe)
{
    /// <summary>Writes messages within the connection's transaction.</summary>
    public async Task WriteAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.InsertMessage);
        await WriteAsync("""COPY "BeskedIds" ("Id", "Sequence") FROM STDIN (FORMAT BINARY)""", messages, WriteId, cancellationToken);
        await WriteAsync(
            """COPY "Messages" ("Sequence", "BeskedId", "Kind", "ReceivedAt", "CreatedAt", "RegisteredAt", "StatusAt", "Deliveries","""
                + """ "Identifiers", "Statuses", "ErrorText", "Sha256", "Bytes") FROM STDIN (FORMAT BINARY)""",
            messages, WriteRow, cancellationToken);
        probe.At(AppendCall.InsertContent);
        await WriteAsync("""COPY "MessageContent" ("Sequence", "Encoding", "Content") FROM STDIN (FORMAT BINARY)""", messages, WriteContent,
            cancellationToken);
    }

    // Rows are written synchronously to a buffer, which is sent when it is full.
    private async Task WriteAsync(string copy, IReadOnlyList<NewMessage> messages, Action<NpgsqlBinaryImporter, NewMessage> write,
        CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        foreach (var message in messages)
        {
            rows.StartRow();
            write(rows, message);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static void WriteId(NpgsqlBinaryImporter rows, NewMessage message)
    {
        rows.Write(BeskedIdBytes.Of(message.Row.BeskedId), NpgsqlDbType.Bytea);
        rows.Write(message.Row.Sequence, NpgsqlDbType.Bigint);
    }

    private static void WriteRow(NpgsqlBinaryImporter rows, NewMessage message)
    {
        var row = message.Row;
        rows.Write(row.Sequence, NpgsqlDbType.Bigint);
        rows.Write(BeskedIdBytes.Of(row.BeskedId), NpgsqlDbType.Bytea);
        rows.Write(row.Kind, NpgsqlDbType.Integer);
        rows.Write(row.ReceivedAt.UtcTicks, NpgsqlDbType.Bigint);
        WriteMoment(rows, row.CreatedAt);
        WriteMoment(rows, row.RegisteredAt);
        WriteMoment(rows, row.StatusAt);
        rows.Write(row.Deliveries, NpgsqlDbType.Integer);
        WriteOrNull(rows, row.Identifiers, NpgsqlDbType.Bytea);
        WriteOrNull(rows, StorableText.Clean(row.Statuses), NpgsqlDbType.Text);
        WriteOrNull(rows, StorableText.Clean(row.ErrorText), NpgsqlDbType.Text);
        rows.Write(row.Sha256, NpgsqlDbType.Bytea);
        rows.Write(row.Bytes, NpgsqlDbType.Integer);
    }

    private static void WriteContent(NpgsqlBinaryImporter rows, NewMessage message)
    {
        rows.Write(message.Row.Sequence, NpgsqlDbType.Bigint);
        rows.Write(message.Encoding, NpgsqlDbType.Integer);
        rows.Write(message.Content, NpgsqlDbType.Bytea);
    }

    private static void WriteMoment(NpgsqlBinaryImporter rows, DateTimeOffset? at)
    {
        if (at is { } moment) rows.Write(moment.UtcTicks, NpgsqlDbType.Bigint);
        else rows.WriteNull();
    }

    private static void WriteOrNull<T>(NpgsqlBinaryImporter rows, T? value, NpgsqlDbType type)
        where T : class
    {
        if (value is null) rows.WriteNull();
        else rows.Write(value, type);
    }
}
