using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Ingestion.Storage;

/// <summary>
/// Times stored as UTC ticks. A damaged number that is no valid time must not fail the whole query, so it is read as
/// <see cref="Unreadable"/>.
/// </summary>
public static class StoredTime
{
    /// <summary>What an invalid number of ticks is read as: 3 January of year 1, so that it can be converted to every time zone.</summary>
    public static readonly DateTimeOffset Unreadable = new DateTimeOffset(1, 1, 3, 0, 0, 0, TimeSpan.Zero).AddTicks(7);

    /// <summary>The time of a number of ticks, UTC.</summary>
    public static DateTimeOffset Of(long ticks) =>
        ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? Unreadable : new DateTimeOffset(ticks, TimeSpan.Zero);

    /// <summary>True for a time that could not be read.</summary>
    public static bool IsUnreadable(DateTimeOffset? time) => time == Unreadable;
}

/// <summary>Stores a time as its UTC ticks. A named type, because a compiled model cannot refer to a lambda.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => StoredTime.Of(ticks));
