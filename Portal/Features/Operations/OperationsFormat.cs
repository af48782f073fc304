using Portal.Platform.Text;

namespace Portal.Features.Operations;

/// <summary>Formats sizes and durations for Drift.</summary>
public static class OperationsFormat
{
    private static readonly string[] Units = ["byte", "kB", "MB", "GB", "TB"];

    /// <summary>1.024 byte, 4,2 MB; a kilobyte is 1024 bytes.</summary>
    public static string Bytes(double bytes)
    {
        var (value, unit) = (Math.Abs(bytes), 0);
        for (; value >= 1024 && unit < Units.Length - 1; unit++) value /= 1024;
        return (bytes < 0 ? "−" : "") + DanishFormat.Number(value, unit == 0 || value >= 100 ? 0 : 1) + " " + Units[unit];
    }

    /// <summary>35 ms, 4,2 s, 12 min, 3 t, 2 dage.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => DanishFormat.Number((long)Math.Max(0, duration.TotalMilliseconds)) + " ms",
        { TotalSeconds: < 10 } => DanishFormat.Number(duration.TotalSeconds, 1) + " s",
        { TotalMinutes: < 1 } => DanishFormat.Number((long)duration.TotalSeconds) + " s",
        _ => DanishFormat.Age(duration),
    };
}
