namespace Portal.Ingestion.Storage.Postgres;

/// <summary>The advisory lock numbers and the NOTIFY channel; arbitrary numbers that nothing else in the database uses.</summary>
internal static class PostgresLocks
{
    /// <summary>The NOTIFY channel that tells readers to read again; it carries no data.</summary>
    public const string Channel = "portal_log";

    /// <summary>Held from the assignment of sequence numbers to the commit.</summary>
    public const long Log = 0x506F7274616C01;

    /// <summary>Held while migrating.</summary>
    public const long Migration = 0x506F7274616C02;

    /// <summary>Held from the append to a log next to the messages' (by its number) to the commit.</summary>
    public static long OfJournal(int log) => 0x506F7274616C10 + log;

    /// <summary>The advisory lock of a <c>WriteLock</c>.</summary>
    public static long Of(WriteLock writeLock) => writeLock switch
    {
        WriteLock.Letters => 0x506F7274616C03,
        WriteLock.Figures => 0x506F7274616C04,
        _ => throw new ArgumentOutOfRangeException(nameof(writeLock)),
    };
}
