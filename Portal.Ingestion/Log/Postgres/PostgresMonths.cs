namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The partitions of the message log, one for each month of receipt (UTC), made when its first message comes. A partition is created as a
/// separate table and then attached, which blocks nobody; CREATE TABLE … PARTITION OF would wait for every reader and block all others
/// meanwhile.
/// </summary>
internal sealed class PostgresMonths
{
    private readonly HashSet<(int Year, int Month)> _known = [];

    /// <summary>Makes the month's partition when it is missing. The caller holds the log's lock.</summary>
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

    /// <summary>Called when a partition may not have been committed.</summary>
    public void Forget() => _known.Clear();
}
