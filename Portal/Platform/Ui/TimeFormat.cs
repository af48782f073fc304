namespace Portal.Platform.Ui;

/// <summary>How <see cref="LocalTime"/> writes a moment.</summary>
public enum TimeFormat
{
    /// <summary>23.11.2026 14:01:48</summary>
    DateTime,

    /// <summary>14:01:48; the date is in the tooltip.</summary>
    Clock,

    /// <summary>23.11.2026</summary>
    Date,

    /// <summary>mandag 23. november 2026</summary>
    LongDate,

    /// <summary>The last moment of a deadline; the last day alone when it ends at midnight, as 07.12.2026.</summary>
    Deadline,
}
