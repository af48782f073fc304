using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Ingestion.Storage;

/// <summary>
/// Times as the database keeps them: UTC ticks. A damaged number that is no time must not fail the query of all rows that are around it, so
/// it is read as <see cref="Unreadable"/>, which no message is ever received at.
/// </summary>
public static class StoredTime
{
    /// <summary>Stands for a number that is no time. Two days from the beginning of time, so that it can be shown in every zone.</summary>
    public static readonly DateTimeOffset Unreadable = new DateTimeOffset(1, 1, 3, 0, 0, 0, TimeSpan.Zero).AddTicks(7);

    /// <summary>The time of a number of ticks, UTC.</summary>
    public static DateTimeOffset Of(long ticks) =>
        ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks ? Unreadable : new DateTimeOffset(ticks, TimeSpan.Zero);

    /// <summary>True for a number of the database that was no time.</summary>
    public static bool IsUnreadable(DateTimeOffset? time) => time == Unreadable;
}

/// <summary>Keeps a time of the model as its UTC ticks. A type by its own name, so that the compiled models can name it.</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => StoredTime.Of(ticks));
