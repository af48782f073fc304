using System.Collections;
using System.Data;
using System.Data.Common;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>
/// Wraps a data reader so that one damaged value does not fail the whole query: an integer that is too large for its type is read as the
/// nearest that fits, an unreadable decimal as <see cref="StoredNumber.UnreadableDecimal"/>, an unreadable date as 1 January of year 1.
/// </summary>
internal sealed class NumberReader(DbDataReader rows) : DbDataReader
{
    public override int Depth => rows.Depth;

    public override int FieldCount => rows.FieldCount;

    public override int VisibleFieldCount => rows.VisibleFieldCount;

    public override bool HasRows => rows.HasRows;

    public override bool IsClosed => rows.IsClosed;

    public override int RecordsAffected => rows.RecordsAffected;

    public override object this[int ordinal] => rows[ordinal];

    public override object this[string name] => rows[name];

    public override int GetInt32(int ordinal) => StoredNumber.Of(rows.GetInt64(ordinal));

    public override short GetInt16(int ordinal) => (short)Math.Clamp(rows.GetInt64(ordinal), short.MinValue, short.MaxValue);

    public override byte GetByte(int ordinal) => (byte)Math.Clamp(rows.GetInt64(ordinal), byte.MinValue, byte.MaxValue);

    public override long GetInt64(int ordinal) => rows.GetInt64(ordinal);

    public override bool GetBoolean(int ordinal) => rows.GetBoolean(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        rows.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => rows.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        rows.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override string GetDataTypeName(int ordinal) => rows.GetDataTypeName(ordinal);

    public override DateTime GetDateTime(int ordinal) => rows.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal)
    {
        try
        {
            return rows.GetDecimal(ordinal);
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            return StoredNumber.UnreadableDecimal;
        }
    }

    public override double GetDouble(int ordinal) => rows.GetDouble(ordinal);

    public override float GetFloat(int ordinal) => rows.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => rows.GetGuid(ordinal);

    public override string GetString(int ordinal) => rows.GetString(ordinal);

    public override Stream GetStream(int ordinal) => rows.GetStream(ordinal);

    public override TextReader GetTextReader(int ordinal) => rows.GetTextReader(ordinal);

    public override T GetFieldValue<T>(int ordinal)
    {
        try
        {
            return rows.GetFieldValue<T>(ordinal);
        }
        catch (Exception damaged) when (typeof(T) == typeof(DateOnly) && IsDamage(damaged))
        {
            return default!;
        }
    }

    public override Task<T> GetFieldValueAsync<T>(int ordinal, CancellationToken cancellationToken) =>
        rows.GetFieldValueAsync<T>(ordinal, cancellationToken);

    public override Type GetFieldType(int ordinal) => rows.GetFieldType(ordinal);

    public override string GetName(int ordinal) => rows.GetName(ordinal);

    public override int GetOrdinal(string name) => rows.GetOrdinal(name);

    public override object GetValue(int ordinal) => rows.GetValue(ordinal);

    public override int GetValues(object[] values) => rows.GetValues(values);

    public override bool IsDBNull(int ordinal) => rows.IsDBNull(ordinal);

    public override Task<bool> IsDBNullAsync(int ordinal, CancellationToken cancellationToken) =>
        rows.IsDBNullAsync(ordinal, cancellationToken);

    public override DataTable? GetSchemaTable() => rows.GetSchemaTable();

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    public override bool Read() => rows.Read();

    public override Task<bool> ReadAsync(CancellationToken cancellationToken) => rows.ReadAsync(cancellationToken);

    public override bool NextResult() => rows.NextResult();

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) => rows.NextResultAsync(cancellationToken);

    public override void Close() => rows.Close();

    public override Task CloseAsync() => rows.CloseAsync();

    public override async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await base.DisposeAsync();
    }

    private static bool IsDamage(Exception problem) =>
        problem is FormatException or OverflowException or InvalidCastException or ArgumentException;

    protected override void Dispose(bool disposing)
    {
        if (disposing) rows.Dispose();
        base.Dispose(disposing);
    }
}
