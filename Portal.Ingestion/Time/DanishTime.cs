namespace Portal.Ingestion.Time;

/// <summary>Danish local time (placeholder).</summary>
public static class DanishTime
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");

    public static DateTimeOffset FromLocal(DateTime local)
    {
        var l = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var o = Zone.IsAmbiguousTime(l) ? Zone.GetAmbiguousTimeOffsets(l).Max() : Zone.GetUtcOffset(l);
        return new DateTimeOffset(l, o).ToUniversalTime();
    }

    public static DateTimeOffset ToLocal(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(ToLocal(at).DateTime);

    public static DateTimeOffset EndOf(DateOnly day) => FromLocal(day.AddDays(1).ToDateTime(TimeOnly.MinValue));
}
