using System.Globalization;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>
/// The rows of kinds and types, in SQL common to all databases. Statements are not prepared: they run only for the first message of a kind.
/// </summary>
internal sealed class MessageKindRows(LogConnection log) : IMessageKindRows
{
    private const string Insert = """
        INSERT INTO "MessageKinds" ("Transport", "Authority", "OtherAuthorities", "Beskedtype", "ResponsibleAuthority", "Action",
        "ActionName", "Sensitivity", "Classified", "IsPostStatus", "Channel", "StatusText", "EventCodes", "ErrorCode", "PayloadTrouble",
        "Abridged", "Hash", "Reader", "Kle")
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18) RETURNING "Id"
        """;

    /// <inheritdoc />
    public async ValueTask<int?> FindKindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        log.Probe.At(AppendCall.FindKind);
        return NumberOf(await log.FindAsync("""SELECT "Id" FROM "MessageKinds" WHERE "Hash" = @p0""", cancellationToken, hash));
    }

    /// <inheritdoc />
    public async ValueTask<int> LastKindAsync(CancellationToken cancellationToken) => StoredNumber.Of(Convert.ToInt64(
        await log.FindAsync("""SELECT COALESCE(MAX("Id"), 0) FROM "MessageKinds" """, cancellationToken), CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<(int Id, byte[] Hash)>> AllKindsAsync(CancellationToken cancellationToken)
    {
        var kinds = new List<(int Id, byte[])>();
        await using var find = log.Command("""SELECT "Id", "Hash" FROM "MessageKinds" """);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetNumber(0) is var id && !StoredNumber.IsUnreadable(id)) kinds.Add((id, rows.GetFieldValue<byte[]>(1)));
        }

        return kinds;
    }

    /// <inheritdoc />
    public async ValueTask<int> InsertKindAsync(StoredMessageKind kind, byte[] hash, CancellationToken cancellationToken)
    {
        log.Probe.At(AppendCall.InsertKind);
        var made = await log.FindAsync(
            Insert, cancellationToken,
            kind.Transport, kind.Authority, kind.OtherAuthorities, kind.Beskedtype, kind.ResponsibleAuthority, kind.Action, kind.ActionName,
            kind.Sensitivity, kind.Classified, kind.IsPostStatus, kind.Channel, kind.StatusText, kind.EventCodes, kind.ErrorCode,
            kind.PayloadTrouble, kind.Abridged, hash, kind.Reader, kind.Kle);
        return NumberOf(made) ?? throw new InvalidOperationException("The database gave a new kind no number.");
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<(string Beskedtype, bool Known)>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = new List<(string, bool)>();
        await using var find = log.Command("""SELECT "Beskedtype", "Known" FROM "Beskedtyper" """);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) types.Add((rows.GetString(0), rows.GetBoolean(1)));
        return types;
    }

    /// <inheritdoc />
    public async ValueTask InsertTypeAsync(
        string beskedtype, string name, DateTimeOffset firstSeenAt, CancellationToken cancellationToken) => await log.RunAsync(
        """
        INSERT INTO "Beskedtyper" ("Beskedtype", "Name", "Tells", "Known", "Confidential", "FirstSeenAt")
        VALUES (@p0, @p1, '', FALSE, TRUE, @p2) ON CONFLICT DO NOTHING
        """,
        cancellationToken, beskedtype, name, firstSeenAt.UtcTicks);

    // A number that does not fit an int cannot be stored on a message: the overflow sends the message to quarantine.
    private static int? NumberOf(object? found) =>
        found is null ? null : checked((int)Convert.ToInt64(found, CultureInfo.InvariantCulture));
}
