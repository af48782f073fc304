namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The partitions of the message log: one a month of receipt, UTC, made when its first message comes. It is made next to the log and then
/// attached, which shuts nobody out; to create it in place would wait for every reader, and make all others wait behind it.
/// </summary>
internal sealed class PostgresMonths
{
    private readonly HashSet<(int Year, int Month)> _known = [];

    /// <summary>Makes the month's partition when it is missing. The log is locked.</summary>
    public async Task PrepareAsync(LogConnection log, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var utc = at.UtcDateTime;
        if (_known.Contains((utc.Year, utc.Month))) return;
        var first = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var name = FormattableString.Invariant($"Messages_{first:yyyy_MM}");
        if (await log.FindAsync("SELECT to_regclass(@p0) IS NOT NULL", cancellationToken, $"\"{name}\"") is not true)
        {
            await log.RunAsync(
                FormattableString.Invariant($"""
                SET LOCAL lock_timeout = '5s';
                CREATE TABLE "{name}" (LIKE "Messages" INCLUDING ALL);
                ALTER TABLE "Messages" ATTACH PARTITION "{name}" FOR VALUES FROM ({first.UtcTicks}) TO ({first.AddMonths(1).UtcTicks});
                SET LOCAL lock_timeout = DEFAULT
                """),
                cancellationToken);
        }

        _known.Add((utc.Year, utc.Month));
    }

    /// <summary>What was thought to be made may not have been committed.</summary>
    public void Forget() => _known.Clear();
}
